import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import { armId } from '../../src/core/ids.ts';
import type { Complaint } from '../../src/core/rule.ts';
import { tellThrough } from '../../src/core/tell-through.ts';
import { azureRole, directoryRole, subscription } from '../support/facts.ts';
import { crew, department, inGroup } from '../support/group-facts.ts';

const about = (at: Fact | null): Complaint => ({ at, message: 'it is too much', help: 'use less' });
const tell = (at: Fact | null, facts: readonly Fact[] = [inGroup()]) => {
  const { message, help } = tellThrough(about(at), facts);
  return { message, help };
};
const plain = { message: 'it is too much', help: 'use less' };
const assignmentId = armId(`${subscription}/providers/Microsoft.Authorization/roleAssignments/1`);
const owner = azureRole('Owner', subscription);
const named = `\`Backup Crew\` (\`${crew}\`)`;

describe('a complaint', () => {
  it.each([
    { name: 'on what the identity holds itself', at: { ...owner, assignmentId } },
    { name: 'on what a policy asks for', at: owner },
    { name: 'on a directory role of its own', at: directoryRole('Global Reader') },
    { name: 'on what never comes by a group', at: inGroup() },
    { name: 'on no fact', at: null },
  ])('$name stays as it is', ({ at }) => {
    expect(tell(at)).toEqual(plain);
  });

  it.each([
    { name: 'an Azure role', at: { ...owner, through: [crew] } },
    { name: 'a directory role', at: { ...directoryRole('Global Administrator'), through: [crew] } },
  ])('on $name that only a group holds says which, and to leave it', ({ at }) => {
    expect(tell(at)).toEqual({
      message: `it is too much, through group ${named}`,
      help: `take the identity out of group ${named}, rather than the role from the group, whose other members hold it too; use less`,
    });
  });

  it('on what the identity and groups hold says both', () => {
    expect(tell({ ...owner, assignmentId, through: [crew, department] })).toEqual({
      message: `it is too much, itself and through group ${named} and \`${department}\``,
      help: `use less; then take the identity out of group ${named} and \`${department}\` too, by which it keeps the role`,
    });
  });

  it.each([
    {
      name: 'that may not be read by its id',
      through: [crew],
      facts: [inGroup({ displayName: null })],
      by: `group \`${crew}\``,
    },
    {
      name: 'of which no membership was read by its id',
      through: [department],
      facts: [],
      by: `group \`${department}\``,
    },
    { name: 'that nobody told as one', through: [], facts: [], by: 'a group' },
  ])('names a group $name', ({ through, facts, by }) => {
    expect(tell({ ...owner, through }, facts).message).toBe(`it is too much, through ${by}`);
  });
});
