import type { Change, Drift } from '../../src/core/change.ts';
import type { Fact } from '../../src/core/fact.ts';
import { identityId, objectId } from '../../src/core/ids.ts';
import type { Policy } from '../../src/core/policy.ts';
import type { Gap, KnownIdentity } from '../../src/core/snapshot.ts';
import type { GuardWorld } from '../../src/guard/guard-world.ts';
import { withhold } from '../../src/guard/withhold.ts';
import { backupApp, backupObject } from './facts.ts';
import { policy } from './policies.ts';

/** The tenant of these tests. */
export const tenant = '22222222-2222-4222-8222-222222222222';

export const giving = (after: Fact): Change => ({ action: 'create', cause: 'missing', before: null, after });
export const taking = (before: Fact): Change => ({ action: 'delete', cause: 'undeclared', before, after: null });
export const changing = (before: Fact, after: Fact): Change => ({ action: 'update', cause: 'changed', before, after });

/** Somebody whom the tenant knows. */
export const known = (id = backupApp, more: Partial<KnownIdentity> = {}): KnownIdentity => ({
  id: identityId(id),
  state: 'found',
  objectId: objectId(id === backupApp ? backupObject : `0d3b0f5e-1111-4000-8000-${id.slice(-12)}`),
  appId: null,
  displayName: null,
  goneObjectId: null,
  mistake: null,
  ...more,
});

/** A gap of the backup app. */
export const gap = (kind: Gap['kind'], identity = backupApp): Gap => ({
  kind,
  identity: identityId(identity),
  reason: 'forbidden',
  needs: 'Application.Read.All',
  request: 'GET /x',
  detail: 'HTTP 403',
});

interface World extends Partial<Omit<GuardWorld, 'policies' | 'facts'>> {
  readonly policies?: readonly Partial<Policy>[];
  readonly gaps?: readonly Gap[];
  readonly unread?: readonly Fact['kind'][];
  /** What the tenant holds beside what is taken. */
  readonly facts?: readonly Fact[];
}

/** A tenant in which all was read, with one plain policy on the backup app unless told. */
export const guardWorld = ({ policies = [{}], gaps = [], unread = [], ...more }: World = {}): GuardWorld => ({
  tenant,
  policies: policies.map((one) => ({ policy: policy(one).policy, gaps, unread: new Set(unread) })),
  identities: [known()],
  facts: [],
  settings: { neverGrant: [], untouchable: [] },
  now: new Date('2026-11-22T00:00:00Z'),
  ...more,
});

const drift = (change: Change): Drift => ({ change, policy: 'backup' });

/** What becomes of changes: the tenant holds what they take or change, and what the world says. */
export const guarded = (changes: readonly Change[], more: World = {}) => {
  const world = guardWorld(more);
  const before = changes.flatMap((change) => change.before ?? []);
  return withhold(changes.map(drift), { ...world, facts: [...before, ...world.facts] });
};

const signs = { create: '+', update: '~', delete: '-' } as const;

/** `+Reader -Owner: breaks-backup`, plan first. */
export const tellGuarded = (changes: readonly Change[], more: World = {}): string => {
  const { planned, withheld } = guarded(changes, more);
  const tell = ({ change }: Drift): string => `${signs[change.action]}${(change.after ?? change.before)?.subject}`;
  return [...planned.map(tell), ...withheld.map((one) => `${tell(one)}: ${one.code}`)].join(', ');
};
