import { sha256 } from '../../src/adapters/hash.ts';
import { check } from '../../src/app/check.ts';
import { createNames } from '../../src/app/create-names.ts';
import { resolvePolicy } from '../../src/app/resolve-policy.ts';
import type { Fact } from '../../src/core/fact.ts';
import type { Finding } from '../../src/core/finding.ts';
import { appId, objectId } from '../../src/core/ids.ts';
import { lookedUpBy } from '../../src/core/kind.ts';
import { defaultConfig } from '../../src/core/parse-config.ts';
import { parsePolicy } from '../../src/core/parse-policy.ts';
import type { Policy, PolicyIdentity } from '../../src/core/policy.ts';
import type { KnownIdentity, NameBook, Snapshot } from '../../src/core/snapshot.ts';
import { guardSettingsOf } from '../../src/guard/guard-world.ts';
import { kinds } from '../../src/kinds/index.ts';
import { products } from '../../src/knowledge/products.ts';
import { rules } from '../../src/rules/index.ts';
import {
  azureAdGraph,
  backupApp,
  backupObject,
  exchange,
  forAllUsers,
  graph,
  otherApp,
  serviceManagement,
  servicePrincipal,
  sharePoint,
} from '../support/facts.ts';
import type { CorpusCase } from './corpus-case.ts';
import { policyText, type Wish } from './policy-text.ts';

const noRequests = { graph: 0, resourceManager: 0, token: 0 };
const usualDay = '2026-11-22';
const usualGrant = '2026-03-01T00:00:00Z';
/** A person who looks after the application. */
export const keeper = {
  id: objectId('ca000000-0000-4000-8000-00000000000a'),
  type: 'user',
  on: 'application',
} as const;

const apiNames: Readonly<Record<string, string>> = {
  [exchange]: 'Exchange',
  [sharePoint]: 'SharePoint',
  [azureAdGraph]: 'Azure AD Graph',
  [serviceManagement]: 'Azure',
};

const dayOf = ({ day }: CorpusCase): Date => new Date(`${day ?? usualDay}T00:00:00Z`);

/** The policy files of a case: paths with texts. */
export const policyFiles = ({ policy }: CorpusCase): readonly { readonly path: string; readonly text: string }[] => {
  const wishes: readonly Wish[] = Array.isArray(policy) ? policy : [policy as Wish];
  return wishes.map((wish, index) => ({
    path: `policies/p${index + 1}.yaml`,
    text: policyText(`p${index + 1}`, wish),
  }));
};

/** The policies of the files. Throws where one has a mistake. */
const parseFiles = (
  files: readonly { readonly path: string; readonly text: string }[],
  asOf: Date,
): readonly Policy[] =>
  files.map(({ path, text }) => {
    const context = { ruleIds: rules.map(({ id }) => id), productIds: products.map(({ id }) => id), asOf };
    const parsed = parsePolicy(path, text, context);
    if (!parsed.ok) throw new Error(parsed.error.map(({ message, place }) => `${place.line}: ${message}`).join('; '));
    return parsed.value;
  });

const isVault = ({ type }: PolicyIdentity): boolean => type === 'vault-system' || type === 'vault-user';

/** Who a well-kept identity is: single-tenant, enabled, with an owner where it is an app. */
const wellKept = (identity: PolicyIdentity): Fact =>
  identity.type === 'app'
    ? servicePrincipal({
        identity: identity.id,
        objectId: identity.objectId ?? backupObject,
        displayName: `backup ${identity.id.slice(-2)}`,
        owners: [keeper],
      })
    : servicePrincipal({
        identity: identity.id,
        type: 'ManagedIdentity',
        displayName: identity.id.split('/').at(-1) ?? '',
        hasApplication: false,
        audience: null,
        appId: appId('a8888888-0000-4000-8000-000000000000'),
      });

/** What a policy asks for, as a tenant shows it. */
const shownByTenant = (fact: Fact, since: CorpusCase['since']): Fact => {
  const created = since?.[fact.subject] === undefined ? usualGrant : `${since[fact.subject]}T00:00:00Z`;
  switch (fact.kind) {
    case 'app-role-assignment':
      return { ...fact, created, assignmentId: 'held', purpose: null };
    case 'azure-role-assignment':
      return { ...fact, created, principal: objectId(backupObject), purpose: null };
    case 'delegated-grant':
      return { ...fact, consents: [forAllUsers], purpose: null };
    case 'vault-identity':
      return { ...fact, principal: objectId(backupObject) };
    default:
      return fact;
  }
};

const nameBook = (given: CorpusCase): NameBook => ({
  apis: [],
  azureRoles: given.customRoles ?? [],
  directoryRoles: [],
});

const heldFacts = (given: CorpusCase, policies: readonly Policy[]): readonly Fact[] => {
  const names = createNames(nameBook(given), false);
  const resolved = policies.map((policy) => resolvePolicy(policy, kinds, names));
  const problems = resolved.flatMap((one) => one.problems.map(({ message }) => message));
  if (problems.length > 0) throw new Error(problems.join('; '));
  const asked = resolved.flatMap(({ policy }) => policy.desired.map(({ fact }) => fact));
  const granted = Array.isArray(given.held) ? given.held : asked.filter(({ kind }) => kind !== 'vault-identity');
  const facts = [
    ...policies.flatMap(({ identities }) => identities.map(wellKept)),
    ...asked.filter(({ kind }) => kind === 'vault-identity'),
    ...granted.filter(({ kind }) => kind !== 'service-principal'),
  ].map((fact) => (Array.isArray(given.held) ? fact : shownByTenant(fact, given.since)));
  const kept = facts.filter(({ subject }) => given.lacks?.includes(subject) !== true);
  return [...new Map([...kept, ...(given.also ?? [])].map((fact) => [fact.key, fact])).values()];
};

const known = (identity: PolicyIdentity): KnownIdentity => ({
  id: identity.id,
  state: 'found',
  objectId: objectId(backupObject),
  appId: identity.type === 'app' ? identity.appId : null,
  displayName: isVault(identity) ? 'vault' : 'backup',
  goneObjectId: null,
  mistake: null,
});

/** What a case's tenant holds, as a snapshot; `null` where it is not seen. */
const snapshotOf = (given: CorpusCase, policies: readonly Policy[]): Snapshot | null =>
  given.held === 'unseen'
    ? null
    : {
        version: 2,
        tenant: { id: '22222222-2222-4222-8222-222222222222', cloud: 'public' },
        readAt: dayOf(given).toISOString(),
        identities: policies.flatMap(({ identities }) => identities.map(known)),
        facts: heldFacts(given, policies),
        gaps: [],
        held: kinds.flatMap(({ optional }) => optional ?? []),
        asked: Object.fromEntries(
          kinds.map((kind) => [kind.id, policies.flatMap((policy) => lookedUpBy(kind, policy))]),
        ),
        names: nameBook(given),
      };

/** Judges policies of a case, by the tenant that it has. Throws where a file has a mistake. */
export const judgeFiles = (
  given: CorpusCase,
  files: readonly { readonly path: string; readonly text: string }[],
  seen: 'tenant' | 'policies',
): readonly Finding[] => {
  const now = dayOf(given);
  const policies = parseFiles(files, now);
  // What the tenant holds is what the case's own files ask for, whatever becomes of them.
  const snapshot = seen === 'policies' ? null : snapshotOf(given, parseFiles(policyFiles(given), now));
  const report = check({
    policies,
    diagnostics: [],
    snapshot,
    source: snapshot === null ? 'offline' : 'snapshot',
    kinds,
    rules,
    now,
    settings: { restoreGrace: 'P7D' },
    guards: guardSettingsOf(defaultConfig),
    failOn: 'medium',
    failOnDrift: false,
    requests: noRequests,
    tenantName: null,
    version: 'corpus',
    hash: sha256,
  });
  if (report.diagnostics.length > 0) throw new Error(report.diagnostics.map(({ message }) => message).join('; '));
  return report.findings;
};

/** Ids that stand for somebody in every case. */
const people: Readonly<Record<string, string>> = {
  [backupApp]: 'the app',
  [otherApp]: 'the other app',
  [backupObject]: 'its object',
  [keeper.id]: 'its owner',
  [azureAdGraph]: 'Azure AD Graph',
};

/** The last part of an Azure id or an address says which it is. */
const lastOf = (id: string): string => people[id] ?? ((/^(?:\/|https?:)/.test(id) && id.split('/').at(-1)) || id);

const placeOf = ({ api, scope }: Finding): string | null => {
  if (scope !== null) return /^\/subscriptions\/[^/]+$/.test(scope) ? 'subscription' : lastOf(scope);
  return api === null || api === graph ? null : (apiNames[api] ?? api);
};

/** `rule · subject · scope`, the way labels are written. */
export const labelOf = (finding: Finding): string => {
  const place = placeOf(finding);
  return `${finding.rule} · ${lastOf(finding.subject)}${place === null ? '' : ` · ${place}`}`;
};

/** Everything that is found in a case, accepted findings apart. */
export const findingsIn = (given: CorpusCase): readonly string[] =>
  judgeFiles(given, policyFiles(given), 'tenant')
    .filter(({ exception }) => exception === null)
    .map(labelOf)
    .toSorted();
