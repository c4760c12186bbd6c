import { describe, expect, it } from 'vitest';
import { identityId, roleId } from '../../src/core/ids.ts';
import { type HeldRole, mergeHeldRoles } from '../../src/core/merge-held-roles.ts';
import { azureRole, backupApp, backupObject, subscription } from '../support/facts.ts';
import { crew, department } from '../support/group-facts.ts';

const gone = 'b0000000-0000-4000-8000-00000000dead';
const held = (as: HeldRole['as'], principal: string, condition: string | null = null): HeldRole => ({
  identity: identityId(backupApp),
  as,
  row: {
    id: `${subscription}/providers/Microsoft.Authorization/roleAssignments/${principal}`,
    principal,
    role: 'r1',
    scope: subscription,
    condition,
    created: `2026-01-01T00:00:00Z of ${principal}`,
  },
  definition: { id: roleId('r1'), name: 'Reader', type: 'BuiltInRole', permissions: [] },
});
const own = held('itself', backupObject);
const byCrew = held('group', crew);
const byDepartment = held('group', department);

/** `suffix of the key | own assignment or - | groups | condition | gone`. */
const say = (all: readonly HeldRole[]): string[] => {
  const plain = azureRole('Reader', subscription);
  return mergeHeldRoles(all, () => plain)
    .map(({ key, assignmentId, through, condition, orphaned }) =>
      [
        key.slice(plain.key.length) || 'plain',
        assignmentId === null ? '-' : 'own',
        (through ?? []).map((id) => (id === crew ? 'crew' : 'department')).join('+') || '-',
        condition ?? '-',
        orphaned ? 'gone' : 'live',
      ].join(' '),
    )
    .toSorted();
};

describe('a role that is held', () => {
  it.each([
    { name: 'by the identity itself', all: [own], is: ['plain own - - live'] },
    { name: 'by a group alone has the key of one held directly', all: [byCrew], is: ['plain - crew - live'] },
    { name: 'both ways is one', all: [byCrew, own], is: ['plain own crew - live'] },
    { name: 'by two groups is one', all: [byDepartment, byCrew], is: ['plain - crew+department - live'] },
    {
      name: 'under a condition, and by a group without, is two: the group knows no limit',
      all: [held('itself', backupObject, '@x'), byCrew],
      is: ['plain own - @x live', `@${crew} - crew - live`],
    },
    {
      name: 'under conditions that differ in white space only is one',
      all: [held('itself', backupObject, '@x  and\n @y'), held('group', crew, '@x and @y')],
      is: ['plain own crew @x  and\n @y live'],
    },
    {
      name: 'by groups, one under a condition, goes by the one without',
      all: [held('group', crew, '@x'), byDepartment],
      is: ['plain - department - live', `@${crew} - crew @x live`],
    },
    {
      name: 'by one that is gone and a group is no orphan of the group',
      all: [held('gone', gone), byCrew],
      is: ['plain - crew - live', `@${gone} own - - gone`],
    },
    { name: 'by nobody', all: [], is: [] },
  ])('$name', ({ all, is }) => {
    expect(say(all)).toEqual(is.toSorted());
    expect(say(all.toReversed())).toEqual(is.toSorted());
  });

  it('by a group has the group as its principal', () => {
    const [fact] = mergeHeldRoles([byCrew], () => azureRole('Reader', subscription));
    expect([fact?.principal, fact?.created]).toEqual([crew, `2026-01-01T00:00:00Z of ${crew}`]);
  });
});
