import type { Evidence } from '../core/evidence.ts';
import type { Fact } from '../core/fact.ts';
import { findEvidence } from '../core/find-evidence.ts';
import { governedAccess } from '../core/governed-access.ts';
import { type AppId, appId } from '../core/ids.ts';
import { type FoundIdentity, isRead, type Kind, lookedUpBy, mergeReadings, type Reading } from '../core/kind.ts';
import type { Policy, WrittenAccess } from '../core/policy.ts';
import type { TenantPorts } from '../core/ports.ts';
import type { Gap, KnownIdentity, Snapshot } from '../core/snapshot.ts';
import { apis, findApi } from '../knowledge/apis.ts';
import { settleAccess } from '../knowledge/settle-access.ts';
import { findIdentities } from './find-identities.ts';
import { createGroupBook } from './group-book.ts';
import { createApiBook } from './name-book.ts';

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
  const held = await ports.graph.held();
  const commands = new Set(input.evidence.map(({ command }) => command));
  const told = [...commands].filter((command) => findEvidence(command, { ...input, tenantId: input.tenant.id }).ok);
  const reading = {
    ports,
    held: new Set([...held, ...told]),
    groupsOf: createGroupBook(ports.graph),
    names: book.held,
    subscriptions: input.subscriptions,
    tenantId: input.tenant.id,
    evidence: input.evidence,
    evidenceMaxAge: input.evidenceMaxAge,
    now: input.now,
  };
  const askingFor = (kind: Kind) => policies.filter((policy) => isRead(kind, policy, reading.held));
  const askedBy = (kind: Kind): string[] =>
    [...new Set(askingFor(kind).flatMap((policy) => lookedUpBy(kind, policy)))].sort();
  const readFor = (kind: Kind): Promise<Reading> => {
    const asking = askingFor(kind);
    const theirs = new Set(asking.flatMap((policy) => policy.identities.map(({ id }) => id.toLowerCase())));
    const identities = found.identities.filter(({ id }) => theirs.has(id.toLowerCase()));
    return asking.length === 0
      ? Promise.resolve({ facts: [], gaps: [] })
      : kind.read({ ...reading, policies: asking, identities });
  };
  const readings = await Promise.all(kinds.map(readFor));
  const { facts, gaps, names } = mergeReadings(readings);
  const unlearned: Gap[] = learned.ok
    ? []
    : found.identities.map(({ id }) => ({
        kind: 'app-role-assignment',
        identity: id,
        needs: 'Application.Read.All',
        ...learned.error,
      }));
  const kindsOf = ({ id }: FoundIdentity): readonly Kind[] => {
    const naming = policies.filter(({ identities }) =>
      identities.some((one) => one.id.toLowerCase() === id.toLowerCase()),
    );
    return kinds.filter((kind) => naming.some((policy) => isRead(kind, policy, reading.held)));
  };
  const all = [...found.gaps, ...gaps, ...unlearned];
  return {
    version: 2,
    tenant: input.tenant,
    readAt: input.readAt,
    identities: found.identities.map(toKnown),
    facts: sortFacts(facts),
    gaps: [...all, ...found.identities.flatMap((identity) => gapsOfUnread(identity, all, kindsOf(identity)))].map(
      toGap,
    ),
    held: [...reading.held].sort(),
    notOffered: kinds.flatMap(({ id }, at) => (readings[at]?.notOffered === true ? [id] : [])),
    asked: Object.fromEntries(kinds.map((kind) => [kind.id, askedBy(kind)])),
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
