import { type Change, changedFact } from '../core/change.ts';
import type { KindId } from '../core/fact.ts';
import { sameText } from '../core/same-text.ts';
import type { GuardWorld, Objection } from './guard-world.ts';

/** Kinds that say what an identity may do. */
const accessKinds: ReadonlySet<KindId> = new Set<KindId>([
  'service-principal',
  'vault-identity',
  'app-role-assignment',
  'delegated-grant',
  'azure-role-assignment',
  'azure-role-eligibility',
  'directory-role-assignment',
  'exchange-role-assignment',
  'site-grant',
  'key-vault-access',
  'group-membership',
]);

/** May it take something away while not all that the identity holds is known? */
export const objectToGuess = (change: Change, { policies, identities }: GuardWorld): Objection | null => {
  if (change.action === 'create') return null;
  const { identity } = changedFact(change);
  const gaps = policies.flatMap((one) => one.gaps);
  const gap = gaps.find((one) => accessKinds.has(one.kind) && sameText(one.identity, identity));
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
