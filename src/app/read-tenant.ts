import type { Evidence } from '../core/evidence.ts';
import type { Fact } from '../core/fact.ts';
import { governedAccess } from '../core/governed-access.ts';
import { type AppId, appId } from '../core/ids.ts';
import { type FoundIdentity, type Kind, mergeReadings } from '../core/kind.ts';
import type { Policy, WrittenAccess } from '../core/policy.ts';
import type { TenantPorts } from '../core/ports.ts';
import type { Gap, KnownIdentity, Snapshot } from '../core/snapshot.ts';
import { apis, findApi } from '../knowledge/apis.ts';
import { settleAccess } from '../knowledge/settle-access.ts';
import { findIdentities } from './find-identities.ts';
import { createApiBook } from './name-book.ts';
import { unreadPlanes } from './unread-planes.ts';

export interface ReadTenantInput {
  readonly policies: readonly Policy[];
  readonly kinds: readonly Kind[];
  readonly ports: TenantPorts;
  readonly tenant: Snapshot['tenant'];
  readonly readAt: string;
  /** Subscription ids that the config expects to see. */
  readonly subscriptions: readonly string[];
  readonly evidence: readonly Evidence[];
  /** ISO 8601 duration. */
  readonly evidenceMaxAge: string;
  /** The moment at which the run judges. */
  readonly now: Date;
  readonly progress: (what: string) => void;
}

const accessOf = (policy: Policy): WrittenAccess | null => governedAccess(settleAccess(policy));

/** App ids of the APIs that policies name: what they offer must be known to resolve names. */
const namedApis = (policies: readonly Policy[]): AppId[] => {
  const written = policies.flatMap((policy) => [
    ...(accessOf(policy)?.applicationPermissions ?? []),
    ...(accessOf(policy)?.delegatedPermissions ?? []),
  ]);
  const ids = written
    .filter(({ permissions }) => permissions.length > 0)
    .flatMap(({ api }) => findApi(api)?.appId ?? (/^[0-9a-f-]{36}$/i.test(api) ? appId(api) : []));
  return [...new Set(ids)].sort();
};

/**
 * Reads what the policies' identities hold: first who they are and what the APIs are called, then every kind side by
 * side, so that reads travel together. What can't be read becomes a gap.
 */
export const readTenant = async (input: ReadTenantInput): Promise<Snapshot> => {
  const { policies, kinds, ports, progress } = input;
  const offers = namedApis(policies);
  const book = createApiBook(ports.graph);
  const wanted = policies.flatMap(({ identities }) => identities);
  progress(`finding ${wanted.length} ${wanted.length === 1 ? 'identity' : 'identities'}`);
  const known = apis.map((api) => api.appId).filter((id) => !offers.includes(id));
  const [found, learned] = await Promise.all([
    findIdentities(wanted, ports, input.tenant.id),
    book.learn(offers, known),
  ]);
  progress(`reading what ${found.identities.length === 1 ? 'it holds' : 'they hold'}`);
  const reading = {
    identities: found.identities,
    policies,
    ports,
    names: book.held,
    subscriptions: input.subscriptions,
    tenantId: input.tenant.id,
    evidence: input.evidence,
    evidenceMaxAge: input.evidenceMaxAge,
    now: input.now,
  };
  const readings = await Promise.all(kinds.map((kind) => kind.read(reading)));
  const { facts, gaps, names } = mergeReadings(readings);
  const unlearned: Gap[] = learned.ok
    ? []
    : found.identities.map(({ id }) => ({
        kind: 'app-role-assignment',
        identity: id,
        needs: 'Application.Read.All',
        ...learned.error,
      }));
  const all = [...found.gaps, ...gaps, ...unlearned, ...policies.flatMap(unreadPlanes)];
  return {
    version: 1,
    tenant: input.tenant,
    readAt: input.readAt,
    identities: found.identities.map(toKnown),
    facts: sortFacts(facts),
    gaps: [...all, ...found.identities.flatMap((identity) => gapsOfUnread(identity, all, kinds))].map(toGap),
    names: { apis: book.apis(), azureRoles: byId(names.azureRoles), directoryRoles: byId(names.directoryRoles) },
  };
};

const toKnown = ({ servicePrincipal: _, application: __, vault: ___, ...known }: FoundIdentity): KnownIdentity => known;
const toGap = ({ kind, identity, reason, needs, request, detail }: Gap): Gap => ({
  kind,
  identity,
  reason,
  needs,
  request,
  detail,
});

/** An identity that could not be found out leaves unread every kind that is read by it. */
const gapsOfUnread = (identity: FoundIdentity, gaps: readonly Gap[], kinds: readonly Kind[]): Gap[] => {
  const cause = gaps.find((gap) => gap.identity === identity.id);
  if (identity.state !== 'unread' || cause === undefined) return [];
  const told = new Set(gaps.filter((gap) => gap.identity === identity.id).map(({ kind }) => kind));
  return kinds
    .filter(({ id, standsAlone }) => !told.has(id) && standsAlone !== true)
    .map(({ id }) => ({ ...cause, kind: id }));
};

/** One fact a key: two policies may name one vault. */
const sortFacts = (facts: readonly Fact[]): Fact[] =>
  [...new Map(facts.map((fact) => [fact.key, fact])).values()].sort((a, b) => (a.key < b.key ? -1 : 1));

const byId = <T extends { readonly id: string }>(list: readonly T[]): T[] =>
  [...new Map(list.map((entry) => [entry.id, entry])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
