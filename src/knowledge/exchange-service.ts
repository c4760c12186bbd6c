import { isWholeMailbox } from './exchange-power.ts';
import { type ExchangeRole, findExchangeRole } from './exchange-roles.ts';
import { judgeService } from './judge-service.ts';
import { implies } from './lattice.ts';
import type { OperationNeed } from './needs.ts';
import type { Service, Use } from './service.ts';

interface Candidate extends Use {
  readonly role: ExchangeRole;
}

const candidatesIn = (operations: readonly OperationNeed[]): readonly Candidate[] =>
  operations.flatMap((operation) =>
    operation.ways.flatMap((way) =>
      way.needs.flatMap((need): Candidate[] => {
        const name = 'exchangeRole' in need.grant ? need.grant.exchangeRole : null;
        const role = name === null ? null : findExchangeRole(name);
        return role === null ? [] : [{ operation, need, role }];
      }),
    ),
  );

/** What a role stands for, once each: some permissions have a twin whose name says that it is for all. */
const permissionsOf = ({ permissions }: ExchangeRole): ExchangeRole['permissions'] =>
  permissions.filter(({ value }) => !permissions.some((other) => other.value === `${value}.All`));

/** Does one application role give all that another one does, by the same API? */
export const coversRole = (broad: ExchangeRole, narrow: ExchangeRole): boolean =>
  permissionsOf(narrow).every((one) =>
    broad.permissions.some(
      (other) => other.api === one.api && (other.value === one.value || implies(one.api, other.value, one.value)),
    ),
  );

/** Of several roles those that no other one covers, by name. */
const leastOf = (candidates: readonly Candidate[]): readonly string[] => {
  const always = candidates.filter(({ need }) => need.grant.when === null);
  const roles = [...new Map((always.length > 0 ? always : candidates).map(({ role }) => [role.name, role])).values()];
  return roles
    .filter((role) => !roles.some((other) => other !== role && coversRole(other, role) && !coversRole(role, other)))
    .map(({ name }) => name);
};

/** What a held application role of Exchange does for the protected workloads, wherever it lies; `null` of any other role. */
export const exchangeService = (name: string, operations: readonly OperationNeed[]): Service | null => {
  const held = findExchangeRole(name);
  if (held === null) return null;
  return judgeService(candidatesIn(operations), {
    isOwn: ({ role }) => role === held,
    // Everything in a mailbox, by Exchange Web Services: no list of permissions says that it holds the others.
    isWithin: ({ role }) => role !== held && (isWholeMailbox(held.name) || coversRole(held, role)),
    isAbove: ({ role }) => role !== held && coversRole(role, held),
    leastOf,
  });
};
