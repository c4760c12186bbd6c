import { isRead, type Kind } from '../core/kind.ts';
import type { Policy } from '../core/policy.ts';
import type { Snapshot } from '../core/snapshot.ts';

/** Kinds that were, or had to be, read for a policy by the reader of the snapshot; of others nothing is said. */
export const kindsReadFor = (
  policy: Policy,
  { held, notOffered = [] }: Pick<Snapshot, 'held' | 'notOffered'>,
  kinds: readonly Kind[],
): readonly Kind[] => {
  const able = new Set(held);
  const isOffered = (kind: Kind) => kind.asks(policy).length > 0 || !notOffered.includes(kind.id);
  return kinds.filter((kind) => isRead(kind, policy, able) && isOffered(kind));
};
