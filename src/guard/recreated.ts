import { type Change, changedFact } from '../core/change.ts';
import { sameText } from '../core/same-text.ts';
import type { GuardWorld, Objection } from './guard-world.ts';

/** Is it about somebody who was made anew since people wrote down who they mean? */
export const objectToStranger = (change: Change, { policies, identities }: GuardWorld): Objection | null => {
  const { identity } = changedFact(change);
  const found = identities.find(({ id }) => sameText(id, identity))?.objectId ?? null;
  const pinned = policies
    .flatMap(({ policy }) => policy.identities)
    .flatMap((one) => (sameText(one.id, identity) && 'objectId' in one ? (one.objectId ?? []) : []))
    .find((pin) => pin !== found);
  if (found === null || pinned === undefined) return null;
  return {
    why: `the identity is object \`${found}\` in this tenant, and a policy pins \`${pinned}\`: it was removed and made anew`,
    wayForward: 'find out who made it and why; if it is the one you mean, write its object id into the policy',
  };
};
