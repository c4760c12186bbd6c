import { accessKinds } from '../core/access-kinds.ts';
import { type Change, changedFact } from '../core/change.ts';
import type { KindId } from '../core/fact.ts';
import { sameText } from '../core/same-text.ts';
import type { GuardWorld, Objection } from './guard-world.ts';

/** What has to be read to say what an identity may do: who it is, too. */
const needed: ReadonlySet<KindId> = new Set<KindId>([...accessKinds, 'service-principal', 'vault-identity']);

/** May it take something away while not all that the identity holds is known? */
export const objectToGuess = (change: Change, { policies, identities }: GuardWorld): Objection | null => {
  if (change.action === 'create') return null;
  const { identity } = changedFact(change);
  const gaps = policies.flatMap((one) => one.gaps);
  const gap = gaps.find((one) => needed.has(one.kind) && sameText(one.identity, identity));
  if (gap !== undefined)
    return {
      why: `not all that the identity holds could be read (${gap.request}: ${gap.detail}), so nothing is taken from it`,
      wayForward: `let it be read (${gap.needs}) and run this again`,
    };
  const isKnown = identities.some(({ id, state }) => sameText(id, identity) && state === 'found');
  return isKnown
    ? null
    : {
        why: 'it is not known who the identity is, so nothing is taken from it',
        wayForward: 'check the ids under `identities` of the policy, and run this again',
      };
};
