import { chunk } from './chunk.ts';
import { listRows, quoted } from './list-rows.ts';
import type { Answer, GraphPort } from './ports.ts';
import { listOf, objectOf, optionalStringOf, stringOf, type WireObject } from './wire.ts';

/** A person of the tenant. */
export interface Person {
  /** Object id, lower case. */
  readonly id: string;
  readonly userPrincipalName: string | null;
  readonly displayName: string | null;
  readonly hasMailbox: boolean;
}

/** Microsoft Graph takes at most 15 values in an `in` filter (source: advanced query capabilities, Microsoft Graph). */
const atOnce = 15;
const fields = 'id,userPrincipalName,displayName,mail,assignedLicenses,assignedPlans';

/** By a plan of Exchange that is on; where no plan is told, by a licence and an address. */
const hasMailbox = (wire: WireObject): boolean => {
  const plans = listOf(wire, 'assignedPlans').map((plan) => objectOf(plan, 'a plan'));
  if (plans.length === 0) return listOf(wire, 'assignedLicenses').length > 0 && optionalStringOf(wire, 'mail') !== null;
  return plans.some(
    (plan) =>
      optionalStringOf(plan, 'service') === 'exchange' && optionalStringOf(plan, 'capabilityStatus') === 'Enabled',
  );
};

const parsePerson = (row: unknown): Person => {
  const wire = objectOf(row, 'a user');
  return {
    id: stringOf(wire, 'id').toLowerCase(),
    userPrincipalName: optionalStringOf(wire, 'userPrincipalName'),
    displayName: optionalStringOf(wire, 'displayName'),
    hasMailbox: hasMailbox(wire),
  };
};

/** Users by object id or by sign-in name, 15 a request; ids of groups and applications find nobody. */
export const findPeople = (
  graph: GraphPort,
  by: 'id' | 'userPrincipalName',
  values: readonly string[],
): Promise<Answer<readonly Person[]>> => {
  const paths = chunk([...new Set(values)].sort(), atOnce).map(
    (some) => `/users?$filter=${by} in (${quoted(some)})&$select=${fields}`,
  );
  return listRows(graph, paths, parsePerson);
};
