import type { Change } from '../core/change.ts';
import { changedFact } from '../core/change.ts';
import { type Fact, isOnlyThroughGroups } from '../core/fact.ts';
import type { Finding } from '../core/finding.ts';
import type { PolicySummary } from '../core/report.ts';
import { scopeLevel, scopeName, subscriptionOf } from '../core/scope.ts';
import { apiWord, kindWords } from './words.ts';

/** A scope as people say it: `resource group rg-erp-prod`, `subscription …`, `vaults/rsv-prod in rg-erp-prod`. */
const nameScope = (scope: string): string => {
  if (!scope.startsWith('/')) return scope;
  const segments = scope.split('/').filter(Boolean);
  const level = scopeLevel(scope);
  if (level === 'root') return 'the tenant root';
  if (level === 'managementGroup') return `management group ${scopeName(scope)}`;
  if (level === 'subscription') return `subscription ${subscriptionOf(scope)}`;
  if (level === 'resourceGroup') return `resource group ${scopeName(scope)}`;
  const group = segments[2]?.toLowerCase() === 'resourcegroups' ? segments[3] : undefined;
  return `${segments.slice(-2).join('/')}${group === undefined || segments.length < 6 ? '' : ` in ${group}`}`;
};

/** Who, without a name: a GUID whole, a resource by its last segments. */
export const nameId = (id: string): string => (id.startsWith('/') ? nameScope(id) : id);

/** The start of a GUID, enough to tell two things of one name apart; of what is none no half character. */
export const shortId = (id: string): string =>
  id.startsWith('/') ? nameScope(id) : id.slice(0, 8).replace(/[\ud800-\udbff]$/, '');

/** Names identities as the report's policies know them: `HubStor Backup App (6f1c…)`, or by id alone. */
export const identityNames = (
  policies: readonly PolicySummary[],
  shorten: (id: string) => string = nameId,
): ((id: string) => string) => {
  const names = new Map<string, string>();
  for (const { identities } of policies)
    for (const { id, displayName } of identities) if (displayName !== null) names.set(id.toLowerCase(), displayName);
  return (id) => {
    const name = names.get(id.toLowerCase());
    return name === undefined ? nameId(id) : `${name} (${shorten(id)})`;
  };
};

/** What the tenant calls an identity that no policy names, `null` of all others. */
export const strangerName = ({ policy, evidence }: Finding): string | null =>
  policy === '' && typeof evidence['name'] === 'string' ? evidence['name'] : null;

/** ` on Microsoft Graph`, ` on resource group rg-erp-prod`, or nothing. */
export const where = (api: string | null, scope: string | null): string =>
  `${api === null ? '' : ` on ${apiWord(api)}`}${scope === null ? '' : ` on ${nameScope(scope)}`}`;

/** A finding's message with its Azure scope by name: the whole id stands in the JSON. */
export const tellMessage = ({ message, scope }: Finding): string =>
  scope === null || !scope.startsWith('/') ? message : message.replaceAll(`\`${scope}\``, `\`${scopeName(scope)}\``);

/** App id of the API that a fact lies on, where it lies on one. */
export const apiOf = (fact: Fact): string | null =>
  fact.kind === 'app-role-assignment' || fact.kind === 'delegated-grant' ? fact.api : null;

/** Scope of a fact, where it has one: of a role its scope, of a grant its site, of a vault's identity the vault. */
export const scopeOf = (fact: Fact): string | null => {
  if (
    fact.kind === 'azure-role-assignment' ||
    fact.kind === 'azure-role-eligibility' ||
    fact.kind === 'directory-role-assignment'
  )
    return fact.scope;
  if (fact.kind === 'site-grant') return fact.site;
  return fact.kind === 'vault-identity' ? fact.vault : null;
};

/** Where a fact lies: its API or scope, or what a credential is kept on; empty: on the tenant itself. */
export const placeOf = (fact: Fact): string => {
  if (fact.kind === 'credential') return fact.on === 'application' ? 'the application' : 'the service principal';
  const everyone = fact.kind === 'delegated-grant' && fact.consents.some(({ type }) => type === 'AllPrincipals');
  return `${where(apiOf(fact), scopeOf(fact)).slice(' on '.length)}${everyone ? ', for all users' : ''}`;
};

/** Groups that it is held by alone, as ` through group 1c2d…`, or nothing. */
const through = (fact: Fact): string =>
  'through' in fact && isOnlyThroughGroups(fact) ? ` through group ${fact.through?.join(' and ')}`.trimEnd() : '';

/** One fact in words: `Azure role Contributor on resource group rg-erp-prod`. */
export const nameFact = (fact: Fact): string => {
  const place = placeOf(fact);
  const eligible = fact.kind === 'directory-role-assignment' && fact.eligible ? 'eligible ' : '';
  const at = place === '' ? '' : ` on ${place}`;
  return `${eligible}${kindWords[fact.kind].one} ${nameId(fact.subject)}${at}${through(fact)}`;
};

/** What an update changes, field by field: `condition: none → …`; what the policy doesn't ask for is no change. */
export const nameDifferences = (change: Change): readonly string[] => {
  if (change.action !== 'update') return [];
  const before: ReadonlyMap<string, unknown> = new Map(Object.entries(change.before));
  const say = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return 'none';
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
  return Object.entries(changedFact(change))
    .filter(([key]) => !unspoken.has(key))
    .map(([key, after]) => ({ key, from: say(before.get(key)), to: say(after) }))
    .filter(({ key, from, to }) => from !== to && (to !== 'none' || key === 'condition'))
    .map(({ key, from, to }) => `${key}: ${from} → ${to}`);
};

/** Fields that name a fact or come from one side only, so that their difference says nothing. */
const unspoken: ReadonlySet<string> = new Set([
  ...['key', 'kind', 'identity', 'subject', 'purpose', 'assignmentId', 'created', 'principal', 'displayName'],
  ...['apiName', 'permissions', 'roleType', 'consents', 'owners', 'hasApplication', 'start', 'byDefault'],
]);
