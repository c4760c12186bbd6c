import { changedFact, type Drift } from '../core/change.ts';
import { objectId } from '../core/ids.ts';
import { planSteps, type Step, type Withheld } from '../core/plan.ts';
import type { Policy } from '../core/policy.ts';
import type { Hash } from '../core/ports.ts';
import { sameText } from '../core/same-text.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { WriteTarget } from '../core/write-target.ts';
import type { EarlierWrite, TargetIds } from '../core/writer.ts';
import { writerOf } from '../writers/index.ts';

/** A GUID of a text, as RFC 9562 has it for makers' own ways (version 8). */
const guidOf = (hash: Hash, text: string): string => {
  const hex = hash(text);
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`];
  return [...parts, hex.slice(20, 32)].join('-');
};

/** Object ids behind the ids of policies, as a snapshot knows them. */
export const targetIdsOf = (snapshot: Snapshot, policies: readonly Policy[], hash: Hash): TargetIds => ({
  principal: (identity) => {
    const known = snapshot.identities.find(({ id }) => sameText(id, identity));
    if (known === undefined || known.objectId === null || known.state !== 'found') return null;
    const isUser = policies.some(({ identities }) =>
      identities.some(({ id, type }) => type === 'user' && sameText(id, identity)),
    );
    return { id: known.objectId, type: isUser ? 'User' : 'ServicePrincipal' };
  },
  api: (api) => {
    const found = snapshot.names.apis.find(({ appId }) => sameText(appId, api));
    return found === undefined ? null : objectId(found.objectId);
  },
  tenant: snapshot.tenant.id,
  guid: (text) => guidOf(hash, `${snapshot.tenant.id} ${text}`),
});

/** The writes that one change takes, in the order of grants before revokes; none where they can't be said. */
export const targetsOf = ({ change }: Drift, ids: TargetIds): readonly WriteTarget[] =>
  writerOf(changedFact(change).kind)?.targets(change, ids) ?? [];

/** What planning needs to know. */
export interface PlanInput {
  readonly policies: readonly Policy[];
  readonly snapshot: Snapshot;
  readonly hash: Hash;
}

/** Changes that can be written, and those that can't since an object id isn't known. */
export const splitWritable = (
  drift: readonly Drift[],
  { policies, snapshot, hash }: PlanInput,
): { readonly writable: readonly Drift[]; readonly withheld: readonly Withheld[] } => {
  const ids = targetIdsOf(snapshot, policies, hash);
  const isWritable = (one: Drift): boolean => targetsOf(one, ids).length > 0;
  return { writable: drift.filter(isWritable), withheld: drift.filter((one) => !isWritable(one)).map(notWritable) };
};

/** Steps with their very requests, each as it would be after those before it, for changes that can be written. */
export const planWrites = (drift: readonly Drift[], { policies, snapshot, hash }: PlanInput): readonly Step[] => {
  const ids = targetIdsOf(snapshot, policies, hash);
  const writes = drift.flatMap((one) => targetsOf(one, ids).map((target) => ({ ...one, target, request: null })));
  const earlier: EarlierWrite<WriteTarget>[] = [];
  return planSteps(writes).map((step) => {
    const { change, target } = step;
    const facts = snapshot.facts.filter(({ identity }) => sameText(identity, changedFact(change).identity));
    // Stryker disable next-line OptionalChaining: every kind of target has a writer, which types do not say
    const found = writerOf(target.kind)?.foresee(target, change.action, facts, earlier, ids);
    earlier.push({ target, action: change.action });
    // Stryker disable next-line OptionalChaining: as above
    return { ...step, request: found?.state === 'ready' ? found.request : null };
  });
};

const notWritable = (drift: Drift): Withheld => ({
  ...drift,
  code: 'not-writable',
  why: 'the object ids that a write would need were not read',
  wayForward: 'make the change by hand, or check why the identity or its API is not found in the tenant',
});
