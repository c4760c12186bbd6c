import { type Fact, isOnlyThroughGroups } from './fact.ts';
import type { ObjectId } from './ids.ts';
import type { Complaint } from './rule.ts';

/** A group as a message names it: by its name, where a fact tells it, and always by its id. */
const nameGroup = (group: ObjectId, facts: readonly Fact[]): string => {
  const known = facts.find((fact) => fact.kind === 'group-membership' && fact.group === group);
  const name = known?.kind === 'group-membership' ? known.displayName : null;
  return name === null ? `\`${group}\`` : `\`${name}\` (\`${group}\`)`;
};

/**
 * A complaint on what is held by groups says by which, and what to do about that: a group's role is others' too, so the
 * identity leaves the group and the assignment stays. `facts`: those of the world that the complaint was heard in.
 */
export const tellThrough = (complaint: Complaint, facts: readonly Fact[]): Complaint => {
  const { at, message, help } = complaint;
  const groups = at !== null && 'through' in at ? at.through : undefined;
  if (at === null || groups === undefined) return complaint;
  const names = groups.map((group) => nameGroup(group, facts)).join(' and ');
  const by = names === '' ? 'a group' : `group ${names}`;
  return isOnlyThroughGroups(at)
    ? {
        ...complaint,
        message: `${message}, through ${by}`,
        help: `take the identity out of ${by}, rather than the role from the group, whose other members hold it too; ${help}`,
      }
    : {
        ...complaint,
        message: `${message}, itself and through ${by}`,
        help: `${help}; then take the identity out of ${by} too, by which it keeps the role`,
      };
};
