import type { ConditionalAccessFact } from './fact.ts';
import { listOf, MalformedAnswer, objectOf, optionalStringOf, stringOf, stringsOf, type WireObject } from './wire.ts';

/** A Conditional Access policy, as far as it can bear on backup; ids lower case. */
export interface AccessPolicy {
  readonly id: string;
  readonly displayName: string;
  readonly state: ConditionalAccessFact['state'];
  /** Does it let nobody in, rather than ask for more? */
  readonly blocks: boolean;
  readonly includedPrincipals: readonly string[];
  readonly excludedPrincipals: readonly string[];
  readonly includedUsers: readonly string[];
  readonly excludedUsers: readonly string[];
  /** Is it about signing in by a code that is typed in on another device? */
  readonly isOnDeviceCode: boolean;
}

const states: Readonly<Record<string, AccessPolicy['state']>> = {
  enabled: 'enabled',
  disabled: 'disabled',
  enabledForReportingButNotEnforced: 'reporting',
};

/** An object that the API leaves out where it says nothing. */
const partOf = (wire: WireObject, field: string): WireObject => {
  const part = wire[field];
  return part === undefined || part === null ? {} : objectOf(part, `\`${field}\``);
};

const lower = (wire: WireObject, field: string): readonly string[] =>
  stringsOf(wire, field).map((text) => text.toLowerCase());

/** Several transfer methods stand in one text, with commas. */
const methodsOf = (conditions: WireObject): readonly string[] =>
  (optionalStringOf(partOf(conditions, 'authenticationFlows'), 'transferMethods') ?? '')
    .split(',')
    .map((one) => one.trim());

/** One policy as Microsoft Graph lists it. Throws `MalformedAnswer` (source: conditionalAccessPolicy, v1.0). */
export const parseAccessPolicy = (row: unknown): AccessPolicy => {
  const wire = objectOf(row, 'a policy');
  const id = stringOf(wire, 'id').toLowerCase();
  const state = states[stringOf(wire, 'state')];
  if (state === undefined) throw new MalformedAnswer('`state` is of no known name');
  const conditions = partOf(wire, 'conditions');
  const [users, apps] = [partOf(conditions, 'users'), partOf(conditions, 'clientApplications')];
  return {
    id,
    displayName: optionalStringOf(wire, 'displayName') ?? id,
    state,
    blocks: listOf(partOf(wire, 'grantControls'), 'builtInControls').includes('block'),
    includedPrincipals: lower(apps, 'includeServicePrincipals'),
    excludedPrincipals: lower(apps, 'excludeServicePrincipals'),
    includedUsers: lower(users, 'includeUsers'),
    excludedUsers: lower(users, 'excludeUsers'),
    isOnDeviceCode: methodsOf(conditions).includes('deviceCodeFlow'),
  };
};

const ownPrincipals = 'serviceprincipalsinmytenant';

/** How a policy bears on one service principal; `null`: not at all. */
export const bearsOnPrincipal = (
  { includedPrincipals, excludedPrincipals }: AccessPolicy,
  objectId: string,
): ConditionalAccessFact['bears'] | null => {
  const id = objectId.toLowerCase();
  if (excludedPrincipals.includes(id)) return 'excludes';
  return includedPrincipals.includes(id) || includedPrincipals.includes(ownPrincipals) ? 'covers' : null;
};

/** Is it about everybody but for some? One that is about few people excludes nobody of note. */
export const excludesUser = ({ includedUsers, excludedUsers }: AccessPolicy, objectId: string): boolean =>
  includedUsers.includes('all') && excludedUsers.includes(objectId.toLowerCase());
