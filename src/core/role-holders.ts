import type { KindId } from './fact.ts';
import { groupNeedOf } from './group-needs.ts';
import type { ObjectId } from './ids.ts';
import { type FoundIdentity, gapOf, type MemberOf, type ReadInput } from './kind.ts';
import type { Gap } from './snapshot.ts';

/** For whom an object holds roles: the identity that it is, the one that it was, or the member of the group that it is. */
export interface Holder {
  readonly identity: FoundIdentity;
  readonly as: 'itself' | 'gone' | 'group';
}

/** Holders by object id, lower case: policies may name one object by its app id and by its vault. */
export type Holders = ReadonlyMap<string, readonly Holder[]>;

export interface FoundHolders {
  readonly holders: Holders;
  /** One for each identity whose groups could not be read: what they hold is unknown. */
  readonly gaps: readonly Gap[];
}

/** The objects that hold roles as identities themselves, live and gone. */
export const ownHolders = (identities: readonly FoundIdentity[]): Holders => {
  const holders = new Map<string, readonly Holder[]>();
  const add = (id: ObjectId | null, holder: Holder): void => {
    if (id !== null) holders.set(id, [...(holders.get(id) ?? []), holder]);
  };
  for (const identity of identities) {
    add(identity.goneObjectId, { identity, as: 'gone' });
    add(identity.objectId, { identity, as: 'itself' });
  }
  return holders;
};

/** The groups of identities, those that `counts` says may hold roles; a refusal is a gap of `kind`. */
export const groupHolders = async (
  { identities, groupsOf }: Pick<ReadInput, 'identities' | 'groupsOf'>,
  kind: KindId,
  counts: (group: MemberOf) => boolean = () => true,
): Promise<FoundHolders> => {
  const asked = identities.filter(({ objectId, state }) => objectId !== null && state === 'found');
  const read = await Promise.all(asked.map(async (identity) => ({ identity, groups: await groupsOf(identity) })));
  const holders = new Map<string, readonly Holder[]>();
  const gaps: Gap[] = [];
  for (const { identity, groups } of read) {
    if (!groups.ok) gaps.push(gapOf(kind, identity, groupNeedOf(identity), groups.error));
    else
      for (const { group } of groups.value.filter(counts))
        holders.set(group, [...(holders.get(group) ?? []), { identity, as: 'group' }]);
  }
  return { holders, gaps };
};

/** Both as one. */
export const joinHolders = (a: Holders, b: Holders): Holders =>
  new Map([...new Set([...a.keys(), ...b.keys()])].map((id) => [id, [...(a.get(id) ?? []), ...(b.get(id) ?? [])]]));
