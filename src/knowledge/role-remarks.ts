import type { AzureRoleAssignmentFact } from '../core/fact.ts';
import type { Policy } from '../core/policy.ts';
import { excessPowers, isLeastThere } from './excess-powers.ts';
import { keyActionOf } from './key-actions.ts';

/** Is a role told of by what it can do: does it allow powers or hand out keys that no least role has there? */
export const isToldByPower = (fact: AzureRoleAssignmentFact, policy: Policy): boolean =>
  excessPowers(fact, policy).length > 0 ||
  (fact.permissions !== null && !isLeastThere(fact, policy) && keyActionOf(fact.permissions) !== null);

const write = /\/(write|delete|action|\*)$|^\*$/i;

/** Does a role only read? */
export const onlyReads = ({ permissions }: AzureRoleAssignmentFact): boolean =>
  permissions?.every(({ actions, dataActions }) => ![...actions, ...dataActions].some((one) => write.test(one))) ===
  true;
