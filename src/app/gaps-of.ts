import { type Kind, lookedUpBy } from '../core/kind.ts';
import type { Policy } from '../core/policy.ts';
import { sameText } from '../core/same-text.ts';
import type { Gap, Snapshot } from '../core/snapshot.ts';
import { kindsReadFor } from './kinds-read-for.ts';

/** What a snapshot taken for other policies never asked, though this one has it read: one gap a kind and identity. */
const neverAsked = (policy: Policy, snapshot: Snapshot, kind: Kind): Gap[] => {
  const asked = new Set(snapshot.asked[kind.id] ?? []);
  const missed = lookedUpBy(kind, policy).filter((what) => !asked.has(what));
  const strangers = policy.identities.filter(({ id }) => missed.includes(id.toLowerCase()));
  const blamed = strangers.length > 0 || missed.length === 0 ? strangers : policy.identities.slice(0, 1);
  return blamed.map(({ id }) => ({
    kind: kind.id,
    identity: id,
    reason: 'incomplete',
    needs: 'a snapshot taken with this policy',
    request: `policy ${policy.name}`,
    detail: 'the snapshot was taken without asking for this',
  }));
};

/**
 * What a snapshot leaves open for a policy: what could not be read, and what was never asked, since a snapshot may have
 * been taken for other policies.
 */
export const gapsOf = (policy: Policy, snapshot: Snapshot, kinds: readonly Kind[]): Gap[] => {
  const read = kindsReadFor(policy, snapshot, kinds);
  const mine = (id: string) => policy.identities.some((identity) => sameText(identity.id, id));
  return [
    ...snapshot.gaps.filter(({ kind, identity }) => mine(identity) && read.some(({ id }) => id === kind)),
    ...read.flatMap((kind) => neverAsked(policy, snapshot, kind)),
  ];
};
