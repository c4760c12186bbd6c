import type { Kind } from '../core/kind.ts';
import type { Policy } from '../core/policy.ts';
import type { Gap, Snapshot } from '../core/snapshot.ts';
import { settingsOf } from '../knowledge/settings-of.ts';
import { unreadPlanes } from './unread-planes.ts';

const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The identity under which settings are told, where the snapshot says nothing of one that the policy came to speak of. */
const unaskedSettings = (policy: Policy, { facts, gaps }: Snapshot): readonly Gap['identity'][] => {
  const [first] = policy.identities;
  if (first === undefined) return [];
  const told = new Set(
    facts.flatMap(({ kind, identity, subject }) =>
      kind === 'tenant-setting' && sameText(identity, first.id) ? [subject] : [],
    ),
  );
  const isGap = gaps.some(({ kind, identity }) => kind === 'tenant-setting' && sameText(identity, first.id));
  return isGap || settingsOf(policy).every((name) => told.has(name)) ? [] : [first.id];
};

/**
 * What a snapshot leaves open for a policy: what could not be read, what this version can't read, and what was never
 * asked, since a snapshot may have been taken for other policies.
 */
export const gapsOf = (policy: Policy, snapshot: Snapshot, kinds: readonly Kind[]): Gap[] => {
  const mine = (id: string) => policy.identities.some((identity) => sameText(identity.id, id));
  const notAsked = (kind: Kind['id'], identity: Gap['identity']): Gap => ({
    kind,
    identity,
    reason: 'incomplete',
    needs: 'a snapshot taken with this policy',
    request: `policy ${policy.name}`,
    detail: 'the snapshot was taken without asking for this',
  });
  const strangers = policy.identities.filter(({ id }) => !snapshot.identities.some((known) => sameText(known.id, id)));
  return [
    ...snapshot.gaps.filter(({ kind, identity }) => mine(identity) && kinds.some(({ id }) => id === kind)),
    ...strangers.flatMap(({ id }) => kinds.map((kind) => notAsked(kind.id, id))),
    ...unaskedSettings(policy, snapshot).map((id) => notAsked('tenant-setting', id)),
    ...unreadPlanes(policy),
  ];
};
