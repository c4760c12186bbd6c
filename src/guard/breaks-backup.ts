import type { Change } from '../core/change.ts';
import type { Fact } from '../core/fact.ts';
import type { IdentityId } from '../core/ids.ts';
import type { MissingGrant } from '../knowledge/missing-grants.ts';
import { cureOfMissing, nameMissing } from '../knowledge/name-missing.ts';
import { askedExchangeRoles, lackingFor, withInnerScopes } from './backup-needs.ts';
import { factsAfter, marksOf } from './facts-after.ts';
import type { GuardedPolicy, GuardWorld, Objection } from './guard-world.ts';
import { changeId, takingsIn } from './taking-order.ts';

const words = { backup: 'backup', discover: 'search', restore: 'restore', onboard: 'set-up' } as const;

/** One identity of one active policy, from which something is to be taken. */
interface Protected {
  readonly policy: GuardedPolicy['policy'];
  readonly takings: readonly Change[];
  /** The first thing that would be missing once these are made, and isn't now; `null`: nothing. */
  readonly newlyLacking: (made: readonly Change[]) => MissingGrant | null;
}

const protectedOf = (
  guarded: GuardedPolicy,
  identity: IdentityId,
  facts: readonly Fact[],
  takings: readonly Change[],
  grants: readonly Change[],
): Protected => {
  const { policy } = guarded;
  // Stryker disable next-line ArrayDeclaration: a text that is no scope lies in none
  const held = facts.flatMap((fact) => (fact.kind === 'azure-role-assignment' ? fact.scope : []));
  const wider = withInnerScopes(policy, [...new Set(held)]);
  const lacking = (made: readonly Change[]) =>
    lackingFor(guarded, wider, identity, factsAfter(facts, [...grants, ...made]));
  // What grants alone don't bring is not lost by taking: where nothing lacks now, nothing lacks with more.
  const before = new Set([...lackingFor(guarded, wider, identity, facts).keys(), ...lacking([]).keys()]);
  return {
    policy,
    takings,
    newlyLacking: (made) => [...lacking(made)].find(([key]) => !before.has(key))?.[1] ?? null,
  };
};

/** Everybody whose backups could break. */
const protectedIn = ({ policies, facts }: GuardWorld, changes: readonly Change[]): readonly Protected[] => {
  const grants = changes.filter(({ action }) => action === 'create');
  const takings = takingsIn(changes);
  // Stryker disable next-line ConditionalExpression,ArrayDeclaration: what is taken stood before; for the types
  const marks = new Map(takings.map((taking) => [taking, taking.before === null ? [] : marksOf(taking.before)]));
  const byIdentity = Map.groupBy(facts, ({ identity }) => identity.toLowerCase());
  // A retired policy needs nothing.
  return policies.flatMap((guarded) =>
    guarded.policy.identities.flatMap(({ id }) => {
      // Stryker disable next-line ArrayDeclaration: what is no fact has no mark that a change has
      const own = byIdentity.get(id.toLowerCase()) ?? [];
      const known = new Set(own.flatMap(marksOf));
      // Stryker disable next-line MethodExpression,OptionalChaining: taking what it doesn't hold breaks nothing; for speed
      const mine = takings.filter((taking) => marks.get(taking)?.some((mark) => known.has(mark)));
      // Stryker disable next-line ConditionalExpression: taking nothing breaks nothing; for speed
      return mine.length === 0 ? [] : protectedOf(guarded, id, own, mine, grants);
    }),
  );
};

const tell = ({ policy }: Protected, missing: MissingGrant): Objection => {
  const { workload, operation } = missing.operation;
  return {
    why: `the next ${words[operation]} of ${workload} (${policy.name}) would fail: once this is gone, ${nameMissing(missing, askedExchangeRoles(policy))}`,
    wayForward: `${cureOfMissing(missing)} first, by asking for it in the policy; or take ${workload} out of \`protects\``,
  };
};

/** Goes through takings one by one and keeps back each with which something would lack. */
const withholdFor = (one: Protected, withheld: ReadonlyMap<string, Objection>): ReadonlyMap<string, Objection> => {
  // Stryker disable next-line MethodExpression: what is withheld already is withheld again; for speed
  const left = one.takings.filter((taking) => !withheld.has(changeId(taking)));
  // Stryker disable next-line ConditionalExpression: one by one they break nothing either; for speed
  if (one.newlyLacking(left) === null) return withheld;
  const more = new Map(withheld);
  const made: Change[] = [];
  for (const taking of left) {
    const missing = one.newlyLacking([...made, taking]);
    if (missing === null) made.push(taking);
    else more.set(changeId(taking), tell(one, missing));
  }
  return more;
};

/**
 * What may not be taken away, by change: with all else made, grants included, an operation that works now would fail.
 * No more than that is kept back.
 */
export const breakingChanges = (changes: readonly Change[], world: GuardWorld): ReadonlyMap<string, Objection> => {
  const all = protectedIn(world, changes);
  let withheld: ReadonlyMap<string, Objection> = new Map();
  // What is kept back for one may change what another lacks, where that lacks something already.
  for (let before = -1; before < withheld.size; ) {
    before = withheld.size;
    for (const one of all) withheld = withholdFor(one, withheld);
  }
  return withheld;
};
