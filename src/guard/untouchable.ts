import { type Change, changedFact } from '../core/change.ts';
import { sameText } from '../core/same-text.ts';
import type { GuardWorld, Objection } from './guard-world.ts';

/** Every id by which the one whose access is changed may be listed. */
const idsOf = (change: Change, { identities }: GuardWorld): readonly string[] => {
  const fact = changedFact(change);
  const known = identities.filter(({ id }) => sameText(id, fact.identity));
  const principals = [change.before, change.after]
    .map((one) => (one?.kind === 'azure-role-assignment' ? one.principal : null))
    .filter((principal) => principal !== null);
  const alike = identities.filter(({ objectId }) => principals.some((principal) => principal === objectId));
  const others = [...known, ...alike].flatMap(({ id, objectId, appId, goneObjectId }) =>
    [id, objectId, appId, goneObjectId].filter((one) => one !== null),
  );
  return [fact.identity, ...principals, ...others];
};

/** Is it about the program's own identity, or about one that people have listed? */
export const objectToTouching = (change: Change, world: GuardWorld): Objection | null => {
  const ids = idsOf(change, world);
  const listed = world.settings.untouchable.find((one) => ids.some((id) => sameText(id, one.trim())));
  return listed === undefined
    ? null
    : {
        why: `nothing is ever written about \`${listed}\`: it is this program’s own identity, or stands under \`untouchable\``,
        wayForward: 'take it out of the policy; a person makes the change by hand',
      };
};
