import type { EffectiveAccess, EscalationPath, Reach, Unread } from '../core/effective.ts';
import type { Fact, KindId } from '../core/fact.ts';
import type { PolicyIdentity } from '../core/policy.ts';
import { sameText } from '../core/same-text.ts';
import { sameArmId } from '../core/scope.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { azureReach } from '../knowledge/azure-reach.ts';
import { delegatedReach } from '../knowledge/delegated-reach.ts';
import type { FoundReach } from '../knowledge/found-reach.ts';
import { pathsIn } from '../knowledge/paths-in.ts';
import { pathsOut } from '../knowledge/paths-out.ts';
import { azureReaches, tenantReaches } from '../knowledge/reaches.ts';
import { tallyScopes } from '../knowledge/scope-tally.ts';
import { takeOver } from '../knowledge/take-over.ts';
import { tenantReach } from '../knowledge/tenant-reach.ts';
import { type TellInput, type ToldPolicy, unreadOf } from './unread-kinds.ts';

/** How many grants of one reach, and how many names of one path, a report holds. */
const named = 8;

/** Nobody makes an application eligible, since it can't activate a role: that nobody asked leaves its roles known. */
const leavesOpen = ({ kind, reason }: Unread, type: PolicyIdentity['type']): boolean =>
  kind !== 'azure-role-eligibility' || type === 'user' || reason !== null;

const answer = (found: FoundReach, type: PolicyIdentity['type'], unread: (kind: KindId) => Unread | null): Reach => {
  const { id, area, what, where, weight, remarks, open, confinable } = found;
  const { by } = found;
  const missing =
    by.length > 0 ? [] : found.rests.flatMap((kind) => unread(kind) ?? []).filter((one) => leavesOpen(one, type));
  const isOpen = missing.length > 0 || open.length > 0;
  const unconfirmed = by.length > 0 && confinable && unread('application-access-policy') !== null;
  return {
    id,
    area,
    what,
    where,
    answer: by.length > 0 ? 'yes' : isOpen ? 'unknown' : 'no',
    weight,
    by: by.slice(0, named),
    more: Math.max(0, by.length - named),
    unread: missing,
    remarks: [
      ...remarks,
      ...(by.length > 0 ? [] : [...new Set(open)]),
      ...(unconfirmed ? ['unless an application access policy confines it: those were not read'] : []),
    ],
  };
};

/** What the part says is told only where it adds to what the whole says. */
const isWorthTelling = (reach: Reach, found: FoundReach, whole: Reach | undefined): boolean =>
  !found.onlyIfFound || reach.answer === 'yes' || (reach.answer === 'unknown' && whole?.answer !== 'unknown');

/** Who controls the tenant lacks nothing for long. */
const orLater = (reach: Reach): Reach => ({
  ...reach,
  remarks: [...reach.remarks, 'not yet: who takes over the tenant has this too'],
});

const clipped = (paths: readonly EscalationPath[]): readonly EscalationPath[] =>
  paths.map((one) => ({ ...one, by: one.by.slice(0, named) }));

/** Kinds in which ways in are seen, of identities of each sort. */
const waysIn = (type: PolicyIdentity['type']): readonly KindId[] => {
  if (type === 'user') return [];
  if (type === 'app') return ['service-principal', 'credential', 'federated-credential'];
  return type === 'vault-system' ? ['vault-identity'] : ['vault-identity', 'federated-credential'];
};

const notReadIn = (type: PolicyIdentity['type'], unread: (kind: KindId) => Unread | null): readonly EscalationPath[] =>
  waysIn(type).flatMap((kind) =>
    unread(kind) === null
      ? []
      : [{ path: kind, answer: 'unknown' as const, what: unreadWays[kind] ?? kind, by: [], count: 0 }],
  );

const unreadWays: Partial<Readonly<Record<KindId, string>>> = {
  'service-principal': 'owners, who were not read',
  credential: 'secrets and certificates, which were not read',
  'federated-credential': 'outside sign-ins, which were not read',
  'vault-identity': 'vaults that use it, which were not read',
};

const remarksOf = (facts: readonly Fact[]): readonly string[] => {
  const isDisabled = facts.some((fact) => fact.kind === 'service-principal' && !fact.enabled);
  const trusted = facts.some(
    (fact) => fact.kind === 'acs-app-principal' && fact.appOnly && fact.tenantPermissions.length > 0,
  );
  return [
    ...(isDisabled ? ['it is disabled: nobody signs in as it until it is enabled'] : []),
    ...(trusted
      ? ['SharePoint trusts it besides as an app principal of its own (Azure ACS), by which nobody signs in any more']
      : []),
  ];
};

const scopesOf = (facts: readonly Fact[]): readonly string[] =>
  facts.flatMap((fact) => {
    if (fact.kind === 'azure-role-assignment') return fact.orphaned ? [] : [fact.scope];
    if (fact.kind === 'azure-role-eligibility') return [fact.scope];
    return fact.kind === 'key-vault-access' && fact.inEffect ? [fact.vault] : [];
  });

const tellIdentity = (identity: PolicyIdentity, told: ToldPolicy, input: TellInput): EffectiveAccess => {
  const isVault = identity.type === 'vault-system' || identity.type === 'vault-user';
  const facts = told.facts.filter(
    (fact) => sameText(fact.identity, identity.id) || (isVault && sameArmId(fact.identity, identity.id)),
  );
  const unread = unreadOf(identity.id, told, input);
  const azure = azureReach(facts);
  const found = [takeOver(facts), ...tenantReach(facts), ...azure, delegatedReach(facts)];
  const answers = found.map((one) => ({ found: one, reach: answer(one, identity.type, unread) }));
  const controls = answers[0]?.reach.answer === 'yes';
  const sites = new Set(facts.flatMap((fact) => (fact.kind === 'site-grant' ? [fact.site] : [])));
  return {
    policy: told.policy.name,
    identity: identity.id,
    displayName: input.snapshot?.identities.find(({ id }) => sameText(id, identity.id))?.displayName ?? null,
    reaches: answers
      .filter(({ found: one, reach }) =>
        isWorthTelling(reach, one, answers.find((whole) => one.id === `${whole.found.id}-in-part`)?.reach),
      )
      .map(({ reach }) => (controls && reach.answer === 'no' && reach.weight === 'grave' ? orLater(reach) : reach)),
    in: clipped([...pathsIn(facts, input.now), ...notReadIn(identity.type, unread)]),
    out: clipped(pathsOut(facts, azure)),
    counts: { ...tallyScopes(scopesOf(facts)), sites: sites.size },
    remarks: remarksOf(facts),
  };
};

/** Is there such an identity? One that the tenant lacks reaches nothing. */
const isThere = ({ id }: PolicyIdentity, snapshot: Snapshot | null): boolean =>
  snapshot === null || snapshot.identities.find((known) => sameText(known.id, id))?.state !== 'absent';

/** Place of each reach among all, the gravest first; a part comes right behind its whole. */
const rank: ReadonlyMap<string, number> = new Map(
  ['takes-over-tenant', ...tenantReaches.map(({ id }) => id), ...azureReaches.map(({ id }) => id), 'acts-as-users']
    .flatMap((id) => [id, `${id}-in-part`])
    .map((id, at) => [id, at]),
);

/** Gravest reach first, then by how much is reached, then by name. */
const compareAccess = (a: EffectiveAccess, b: EffectiveAccess): number => {
  const reached = ({ reaches }: EffectiveAccess): readonly number[] =>
    reaches.flatMap(({ answer: found, id }) => (found === 'yes' ? [rank.get(id) ?? rank.size] : []));
  const [ofA, ofB] = [reached(a), reached(b)];
  const first = (of: readonly number[]): number => of[0] ?? rank.size;
  const name = ({ policy, identity }: EffectiveAccess): string => `${policy}\u0000${identity}`;
  return first(ofA) - first(ofB) || ofB.length - ofA.length || (name(a) < name(b) ? -1 : 1);
};

/** What each identity of each policy reaches over all planes, worst first. */
export const tellAccess = (policies: readonly ToldPolicy[], input: TellInput): readonly EffectiveAccess[] =>
  policies
    .flatMap((told) =>
      told.policy.identities
        .filter((identity) => isThere(identity, input.snapshot))
        .map((identity) => tellIdentity(identity, told, input)),
    )
    .toSorted(compareAccess);
