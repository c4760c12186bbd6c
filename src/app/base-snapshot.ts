import type { Kind } from '../core/kind.ts';
import { lookedUpBy } from '../core/kind.ts';
import type { Policy } from '../core/policy.ts';
import type { ApiNames, Snapshot } from '../core/snapshot.ts';

/** Everything that a kind is asked for on behalf of policies. */
const askedOf = (kind: Kind, policies: readonly Policy[]): ReadonlySet<string> =>
  new Set(policies.filter((policy) => kind.asks(policy).length > 0).flatMap((policy) => lookedUpBy(kind, policy)));

/** Policies of the base for which something must be read that those of the head don't ask about. */
export const needingMore = (
  base: readonly Policy[],
  head: readonly Policy[],
  kinds: readonly Kind[],
): readonly Policy[] => {
  const known = kinds.map((kind) => ({ kind, asked: askedOf(kind, head) }));
  return base.filter((policy) =>
    known.some(
      ({ kind, asked }) => kind.asks(policy).length > 0 && lookedUpBy(kind, policy).some((what) => !asked.has(what)),
    ),
  );
};

const merged = <T>(first: readonly T[], more: readonly T[], key: (one: T) => string): readonly T[] => [
  ...new Map([...more, ...first].map((one) => [key(one), one])).values(),
];

const mergedApis = (first: readonly ApiNames[], more: readonly ApiNames[]): readonly ApiNames[] =>
  merged(first, more, ({ appId }) => appId).map((api) => {
    const other = more.find(({ appId }) => appId === api.appId);
    const { application, delegated } = api;
    return {
      ...api,
      application: application ?? other?.application ?? null,
      delegated: delegated ?? other?.delegated ?? null,
    };
  });

/** Two readings of one tenant as one; where both tell of the same thing, the first is right. */
export const mergeSnapshots = (first: Snapshot, more: Snapshot): Snapshot => {
  const kinds = [...new Set([...Object.keys(first.asked), ...Object.keys(more.asked)])] as (keyof Snapshot['asked'])[];
  return {
    ...first,
    identities: merged(first.identities, more.identities, ({ id }) => id.toLowerCase()),
    facts: merged(first.facts, more.facts, ({ key }) => key),
    gaps: [...first.gaps, ...more.gaps],
    held: [...new Set([...first.held, ...more.held])].sort(),
    asked: Object.fromEntries(
      kinds.map((kind) => [kind, [...new Set([...(first.asked[kind] ?? []), ...(more.asked[kind] ?? [])])].sort()]),
    ),
    names: {
      apis: mergedApis(first.names.apis, more.names.apis),
      azureRoles: merged(first.names.azureRoles, more.names.azureRoles, ({ id }) => id),
      directoryRoles: merged(first.names.directoryRoles, more.names.directoryRoles, ({ id }) => id),
    },
  };
};
