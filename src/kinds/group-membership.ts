import type { GroupMembershipFact } from '../core/access-fact.ts';
import { governedAccess } from '../core/governed-access.ts';
import { groupNeedOf, groupNeeds } from '../core/group-needs.ts';
import type { IdentityId } from '../core/ids.ts';
import { defineKind, type FoundIdentity, gapOf, type MemberOf, mergeReadings, type Reading } from '../core/kind.ts';

const factOf = (identity: IdentityId, { group, displayName, roleAssignable }: MemberOf): GroupMembershipFact => ({
  kind: 'group-membership',
  key: `group-membership/${identity.toLowerCase()}/${group}`,
  identity,
  subject: group,
  group,
  displayName,
  roleAssignable,
});

/** Groups that identities are in, nested ones included: what a group holds, its members hold. See docs/kinds/group-membership.md */
export const groupMembership = defineKind<'group-membership'>({
  id: 'group-membership',
  title: 'Group membership',
  needs: 'Application.Read.All',
  asks: groupNeeds,
  planned: false,
  governs: (policy) => policy.state === 'retired' || governedAccess(policy)?.groups != null,
  desired: (policy) => ({
    facts: (governedAccess(policy)?.groups ?? []).flatMap(({ id, place }) =>
      policy.identities.map((identity) => ({
        fact: factOf(identity.id, { group: id, displayName: null, roleAssignable: null }),
        place,
      })),
    ),
    problems: [],
  }),
  read: async ({ identities, groupsOf }) => {
    const readOne = async (identity: FoundIdentity): Promise<Reading> => {
      const groups = await groupsOf(identity);
      return groups.ok
        ? { facts: groups.value.map((group) => factOf(identity.id, group)), gaps: [] }
        : { facts: [], gaps: [gapOf('group-membership', identity, groupNeedOf(identity), groups.error)] };
    };
    const found = identities.filter(({ objectId, state }) => objectId !== null && state === 'found');
    return mergeReadings(await Promise.all(found.map(readOne)));
  },
  same: () => true,
});
