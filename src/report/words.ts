import type { Cause, Change } from '../core/change.ts';
import type { KindId } from '../core/fact.ts';
import type { Side } from '../core/finding.ts';
import type { Verdict } from '../core/report.ts';
import type { Severity } from '../core/rule.ts';
import type { GapReason } from '../core/snapshot.ts';

/** What people call one thing of a kind, and several. */
export const kindWords: Readonly<Record<KindId, { readonly one: string; readonly many: string }>> = {
  'service-principal': { one: 'identity', many: 'identity' },
  'app-role-assignment': { one: 'application permission', many: 'application permissions' },
  'delegated-grant': { one: 'delegated permission', many: 'delegated permissions' },
  'azure-role-assignment': { one: 'Azure role', many: 'Azure roles' },
  'directory-role-assignment': { one: 'directory role', many: 'directory roles' },
  credential: { one: 'credential', many: 'credentials' },
  'vault-identity': { one: 'vault identity', many: 'vault identities' },
  'azure-role-eligibility': { one: 'eligible Azure role', many: 'eligible Azure roles' },
  'exchange-role-assignment': { one: 'Exchange role', many: 'Exchange roles' },
  'site-grant': { one: 'site grant', many: 'site grants' },
  'key-vault-access': { one: 'key vault access', many: 'key vault access' },
  'group-membership': { one: 'group membership', many: 'group memberships' },
  'tenant-setting': { one: 'tenant setting', many: 'tenant settings' },
  'acs-app-principal': { one: 'SharePoint app principal', many: 'SharePoint app principals' },
  'app-presence': { one: 'presence of an app or user', many: 'presence of apps and users' },
  'federated-credential': { one: 'federated credential', many: 'federated credentials' },
  'application-access-policy': { one: 'application access policy', many: 'application access policies' },
  'sign-in-activity': { one: 'sign-in activity', many: 'sign-in activity' },
  'directory-audit': { one: 'entry of the audit log', many: 'audit log' },
  'vault-protection': { one: 'vault protection', many: 'vault protection' },
  'storage-protection': { one: 'storage protection', many: 'storage protection' },
  'app-management-policy': { one: 'app management policy', many: 'app management policies' },
  'conditional-access': { one: 'Conditional Access policy', many: 'Conditional Access policies' },
  administrator: { one: 'administrator', many: 'administrators' },
  'exchange-account': { one: 'Exchange account', many: 'Exchange accounts' },
};

/** Why something could not be read, as the end of "… could not be read:". */
export const gapWords: Readonly<Record<GapReason, string>> = {
  unauthenticated: 'the sign-in was refused',
  forbidden: 'the reader lacks a permission',
  'not-found': 'it was not found',
  throttled: 'the API asked to wait for longer than this run may',
  unreachable: 'no answer came',
  'server-error': 'the API failed',
  malformed: 'the answer made no sense',
  incomplete: 'the list broke off',
  'not-visible': 'it is hidden from the reader',
  'not-supported': 'this version cannot read it',
  'no-evidence': 'no evidence file tells it',
  'stale-evidence': 'its evidence is too old',
};

/** Why two sides differ. */
export const causeWords: Readonly<Record<Cause, string>> = {
  missing: 'missing: a policy asks for it, the tenant lacks it',
  undeclared: 'not declared: the tenant holds it, no policy asks for it',
  changed: 'changed: both have it, not alike',
};

/** What a step does. */
export const actionWords: Readonly<Record<Change['action'], string>> = {
  create: 'grant',
  update: 'change',
  delete: 'revoke',
};

/** Where the thing complained of stands. */
export const sideWords: Readonly<Record<Side, string>> = {
  policy: 'asked for by the policy',
  tenant: 'held in the tenant',
  both: 'asked for and held',
};

/** Verdicts of rules, in the order in which they are counted. */
export const verdictWords: Readonly<Record<Verdict['verdict'], string>> = {
  error: 'broke',
  unknown: 'unknown',
  fail: 'failed',
  excepted: 'excepted',
  pass: 'passed',
};

/** Worst first. */
export const severityRank: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3 };

const apiNames = new Map([
  ['00000003-0000-0000-c000-000000000000', 'Microsoft Graph'],
  ['00000002-0000-0000-c000-000000000000', 'Azure AD Graph'],
  ['00000002-0000-0ff1-ce00-000000000000', 'Exchange Online'],
  ['00000003-0000-0ff1-ce00-000000000000', 'SharePoint Online'],
  ['797f4846-ba00-4fd7-ba43-dac1f8f63013', 'Azure Service Management'],
]);

/** An API by the name that Microsoft's pages use, else by its app id. */
export const apiWord = (api: string): string => apiNames.get(api.toLowerCase()) ?? api;

/** `1 finding`, `4,950 findings`: plural with `s` unless given. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${String(number).replace(/\B(?=(\d{3})+$)/g, ',')} ${number === 1 ? one : many}`;
