import type { Unread } from '../core/effective.ts';
import { roleGroupCommands } from '../core/exchange-groups.ts';
import type { Fact, KindId } from '../core/fact.ts';
import { evidenceNeed } from '../core/find-evidence.ts';
import type { Kind } from '../core/kind.ts';
import type { Policy } from '../core/policy.ts';
import { sameText } from '../core/same-text.ts';
import type { Gap, Snapshot } from '../core/snapshot.ts';

/** One policy with the facts of its identities, and what of them was read. */
export interface ToldPolicy {
  readonly policy: Policy;
  readonly facts: readonly Fact[];
  readonly gaps: readonly Gap[];
  /** Kinds that were read for the policy; `null`: no tenant is seen, and only what the policy asks for is told. */
  readonly read: ReadonlySet<KindId> | null;
}

/** What the telling of all policies has in common. */
export interface TellInput {
  readonly snapshot: Snapshot | null;
  readonly kinds: readonly Kind[];
  readonly now: Date;
}

/** Microsoft Graph doesn't tell of Exchange's role groups: without that evidence more roles may be held. */
const lacksRoleGroups = ({ held }: Snapshot): boolean => roleGroupCommands.every((command) => !held.includes(command));

/** What was not read of one identity, by kind. */
export const unreadOf = (
  identity: string,
  { read, gaps }: ToldPolicy,
  { snapshot, kinds }: TellInput,
): ((kind: KindId) => Unread | null) => {
  const needsOf = (kind: KindId): string | null => {
    const known = kinds.find(({ id }) => id === kind);
    return known?.optional ?? known?.needs ?? null;
  };
  return (kind) => {
    if (read === null) return null;
    const gap = gaps.find((one) => one.kind === kind && sameText(one.identity, identity));
    if (gap !== undefined) return { kind, reason: gap.reason, needs: gap.needs };
    if (!read.has(kind)) return { kind, reason: null, needs: needsOf(kind) };
    const [command = ''] = roleGroupCommands;
    return kind === 'exchange-role-assignment' && snapshot !== null && lacksRoleGroups(snapshot)
      ? { kind, reason: null, needs: evidenceNeed(command) }
      : null;
  };
};
