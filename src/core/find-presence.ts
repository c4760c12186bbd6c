import { chunk } from './chunk.ts';
import type { AppPresenceFact } from './fact.ts';
import { type AppId, appId } from './ids.ts';
import { listRows, quoted } from './list-rows.ts';
import type { Answer, GraphPort } from './ports.ts';
import { ok } from './result.ts';
import { listOf, objectOf, optionalBooleanOf, optionalStringOf, stringOf, type WireObject } from './wire.ts';

/** An app or user that was found, under the name by which it was looked for. */
export type Presence = Pick<
  AppPresenceFact,
  'appId' | 'userPrincipalName' | 'displayName' | 'state' | 'enabled' | 'licences' | 'hasMailbox'
> & {
  /** Object id of the service principal, application or user. */
  readonly id: string;
  /** Can directory roles hang on it? */
  readonly isPrincipal: boolean;
};

/** Microsoft Graph takes at most 15 values in an `in` filter (source: advanced query capabilities, Microsoft Graph). */
const idsPerFilter = 15;

const parseApp =
  (state: Presence['state'], isPrincipal: boolean) =>
  (row: unknown): Presence => {
    const wire = objectOf(row, 'an app');
    return {
      id: stringOf(wire, 'id').toLowerCase(),
      appId: appId(stringOf(wire, 'appId')),
      userPrincipalName: null,
      displayName: optionalStringOf(wire, 'displayName'),
      state,
      // A registration alone can't sign in here.
      enabled: isPrincipal ? optionalBooleanOf(wire, 'accountEnabled') : false,
      licences: 0,
      hasMailbox: false,
      isPrincipal,
    };
  };

/** By its plan, or by an address of one who has a licence: the plan is what Microsoft keeps current. */
const hasMailbox = (wire: WireObject, licences: number): boolean => {
  const plans = listOf(wire, 'assignedPlans').map((plan) => objectOf(plan, 'a plan'));
  const isExchange = (plan: WireObject): boolean =>
    optionalStringOf(plan, 'service') === 'exchange' && optionalStringOf(plan, 'capabilityStatus') === 'Enabled';
  return plans.some(isExchange) || (plans.length === 0 && licences > 0 && optionalStringOf(wire, 'mail') !== null);
};

const parseUser =
  (state: Presence['state']) =>
  (row: unknown): Presence => {
    const wire = objectOf(row, 'a user');
    const licences = listOf(wire, 'assignedLicenses').length;
    return {
      id: stringOf(wire, 'id').toLowerCase(),
      appId: null,
      userPrincipalName: stringOf(wire, 'userPrincipalName'),
      displayName: optionalStringOf(wire, 'displayName'),
      state,
      enabled: optionalBooleanOf(wire, 'accountEnabled'),
      licences,
      hasMailbox: hasMailbox(wire, licences),
      isPrincipal: true,
    };
  };

const principalFields = 'id,appId,displayName,accountEnabled';
const appFields = 'id,appId,displayName';
const userFields = 'id,userPrincipalName,displayName,accountEnabled,assignedLicenses,assignedPlans,mail';
const deleted = '/directory/deletedItems/microsoft.graph.';

/** Apps by app id: service principals, registrations, and both in the deleted items. */
export const findApps = async (graph: GraphPort, ids: readonly AppId[]): Promise<Answer<readonly Presence[]>> => {
  const paths = (collection: string, fields: string) =>
    chunk(ids, idsPerFilter).map((some) => `${collection}?$filter=appId in (${quoted(some)})&$select=${fields}`);
  const parts = await Promise.all([
    listRows(graph, paths('/servicePrincipals', principalFields), parseApp('present', true)),
    listRows(graph, paths('/applications', appFields), parseApp('present', false)),
    listRows(graph, paths(`${deleted}servicePrincipal`, principalFields), parseApp('deleted', true)),
    listRows(graph, paths(`${deleted}application`, appFields), parseApp('deleted', false)),
  ]);
  return parts.find((part) => !part.ok) ?? ok(parts.flatMap((part) => (part.ok ? part.value : [])));
};

/** A deleted user's name has the user's object id in front, without dashes (source: deletedItems, Microsoft Graph). */
const withoutId = (name: string): string => name.replace(/^[0-9a-f]{32}(?=.+@)/i, '');

/** Users by name, also in the deleted items: those are listed whole, since a deleted user has another name. */
export const findUsers = async (graph: GraphPort, names: readonly string[]): Promise<Answer<readonly Presence[]>> => {
  if (names.length === 0) return ok([]);
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const paths = chunk(names, idsPerFilter).map(
    (some) => `/users?$filter=userPrincipalName in (${quoted(some)})&$select=${userFields}`,
  );
  const [users, gone] = await Promise.all([
    listRows(graph, paths, parseUser('present')),
    listRows(graph, [`${deleted}user?$select=${userFields}&$top=999`], parseUser('deleted')),
  ]);
  if (!users.ok || !gone.ok) return users.ok ? gone : users;
  const named = gone.value
    .map((user) => ({ ...user, userPrincipalName: withoutId(user.userPrincipalName ?? '') }))
    .filter(({ userPrincipalName }) => wanted.has(userPrincipalName.toLowerCase()));
  return ok([...users.value, ...named]);
};
