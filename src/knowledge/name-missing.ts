import { findApi } from './apis.ts';
import type { MissingGrant } from './missing-grants.ts';
import { grantName } from './role-service.ts';
import { tellList } from './tell-list.ts';
import type { LeastGrant } from './workloads.ts';

/** Exchange roles that the policy writes, or that are computed for it, lower case. */
export type AskedRoles = ReadonlySet<string>;

/** The Exchange role, where the policy asks for that in the place of the permission. */
const roleOf = (grant: LeastGrant, asked: AskedRoles): string | null =>
  grant.plane === 'application' && grant.exchangeRole !== null && asked.has(grant.exchangeRole.toLowerCase())
    ? grant.exchangeRole
    : null;

/** What a missing grant is called: a permission, a role, the role on a site. */
export const missingSubject = (grant: LeastGrant, asked: AskedRoles): string => {
  if (grant.plane === 'application') return roleOf(grant, asked) ?? grant.permission;
  if (grant.plane === 'exchange') return grant.exchangeRole;
  return grant.plane === 'site' ? grant.siteRole : grantName(grant);
};

/** A permission is missing once, whichever scopes an Exchange role for it would have. */
export const missingScope = ({ need: { grant }, scope }: MissingGrant, asked: AskedRoles): string | null =>
  grant.plane === 'application' && roleOf(grant, asked) === null ? null : scope;

/** The API of a missing permission, `null` of anything else. */
export const missingApi = (grant: LeastGrant, asked: AskedRoles) =>
  grant.plane === 'application' && roleOf(grant, asked) === null ? grant.api : null;

/** Tells one missing grant from others. */
export const missingKey = (missing: MissingGrant, asked: AskedRoles): string => {
  const { grant } = missing.need;
  return JSON.stringify([
    missingSubject(grant, asked),
    missingApi(grant, asked),
    missingScope(missing, asked)?.toLowerCase() ?? null,
  ]);
};

/** `… is missing`, with its API or scope. */
export const nameMissing = (missing: MissingGrant, asked: AskedRoles): string => {
  const { grant } = missing.need;
  const name = `\`${missingSubject(grant, asked)}\``;
  const scope = missingScope(missing, asked);
  if (grant.plane === 'application' && roleOf(grant, asked) === null)
    return `${name} on ${findApi(grant.api)?.name ?? grant.api} is missing`;
  if (scope !== null) return `${name} on \`${scope}\` is missing`;
  return `at` in grant
    ? `${name} is missing, and the policy names no \`${grant.at}\` scope for it`
    : `${name} is missing`;
};

/** What to do about it, verb first. */
export const cureOfMissing = ({ need: { grant, scopes } }: MissingGrant): string => {
  const role = grant.plane === 'application' ? grant.exchangeRole : null;
  if (role !== null) return `assign the Exchange role \`${role}\` on ${tellList(scopes)}`;
  return 'at' in grant && scopes.length === 0 ? `name the \`${grant.at}\` scope and assign it there` : 'grant it';
};
