import type { RolePermissions } from '../core/fact.ts';
import { azureRoles } from './azure-roles.ts';
import type { PowerfulAction } from './powerful-actions.ts';
import { contains, intersects, type Witness } from './role-algebra.ts';
import { roleDecider } from './role-decider.ts';
import { type Candidate, compareRanks, type Excess, type Measure, measureRoles, type Rank } from './role-measure.ts';

export type { Candidate } from './role-measure.ts';

/** An action that must be allowed, or a pattern whose every action must be. */
export type Need = Witness;

/** The least roles for a need: none where nothing is needed, else one, or two where those allow less beyond it. */
export interface LeastRoles {
  readonly found: true;
  readonly roles: readonly Candidate[];
  /** Grave things that the roles can do and the need doesn't ask for, gravest first. */
  readonly powers: readonly PowerfulAction[];
  /** How many known actions the roles allow beyond the need. */
  readonly excess: number;
  /** One thing that they allow beyond the need, the gravest; `null` where there is none, known or not. */
  readonly witness: Witness | null;
}

/** `unmet`: what no role allows; empty where it takes more than two. */
export type LeastRoleAnswer = LeastRoles | { readonly found: false; readonly unmet: readonly Need[] };

/** A role beside a need. */
interface Contender {
  readonly role: Candidate;
  readonly flags: Uint8Array;
  readonly rank: Rank;
  /** Needs that it meets whole, by their place. */
  readonly meets: ReadonlySet<number>;
  /** Patterns of the need that it meets in part. */
  readonly touches: ReadonlySet<number>;
}

interface Choice {
  readonly contenders: readonly Contender[];
  readonly rank: Rank;
}

const blockOf = ({ action, plane }: Need): RolePermissions => ({
  actions: plane === 'control' ? [action] : [],
  notActions: [],
  dataActions: plane === 'data' ? [action] : [],
  notDataActions: [],
});

const isPattern = ({ action }: Need): boolean => action.includes('*');

const meetsNeed = ({ permissions }: Candidate, need: Need): boolean =>
  isPattern(need) ? contains(permissions, [blockOf(need)]).contains : roleDecider(permissions)(need.action, need.plane);

const places = (needs: readonly Need[], wanted: (need: Need) => boolean): Set<number> =>
  new Set(needs.flatMap((need, place) => (wanted(need) ? [place] : [])));

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byRank = (a: Contender, b: Contender): number =>
  compareRanks(a.rank, b.rank) || compareTexts(a.role.name, b.role.name) || compareTexts(a.role.id, b.role.id);

/** What two roles meet, each a part: a pattern can take both, where each denies what the other allows. */
const meetTogether = (a: Contender, b: Contender, needs: readonly Need[]): boolean =>
  needs.every(
    (need, place) =>
      a.meets.has(place) ||
      b.meets.has(place) ||
      (a.touches.has(place) &&
        b.touches.has(place) &&
        contains([...a.role.permissions, ...b.role.permissions], [blockOf(need)]).contains),
  );

/** Narrowest first, so that a pair is only looked at while its wider half alone is narrower than the best so far. */
const choose = (
  contenders: readonly Contender[],
  needs: readonly Need[],
  rankOf: Measure['rank'],
  need: Uint8Array,
) => {
  const single = contenders.find(({ meets }) => meets.size === needs.length);
  let best: Choice | null = single === undefined ? null : { contenders: [single], rank: single.rank };
  for (const [place, b] of contenders.entries()) {
    if (best !== null && compareRanks(b.rank, best.rank) >= 0) break;
    for (const a of contenders.slice(0, place)) {
      if (!meetTogether(a, b, needs)) continue;
      const rank = rankOf([a.flags, b.flags], need);
      if (best === null || compareRanks(rank, best.rank) < 0) best = { contenders: [a, b], rank };
    }
  }
  return best;
};

/** The gravest thing that the roles allow beyond the need. */
const witnessOf = (
  together: readonly RolePermissions[],
  need: readonly RolePermissions[],
  { powers, actions }: Excess,
): Witness | null => {
  for (const { pattern, plane } of powers) {
    const action = intersects(together, [pattern], plane);
    if (action !== null) return { action, plane };
  }
  if (actions[0] !== undefined) return actions[0];
  const within = contains(need, together);
  return within.contains ? null : within.witness;
};

const contendersFor = (measure: Measure, needs: readonly Need[], need: Uint8Array): Contender[] =>
  measure.measured
    .map(({ role, flags }): Contender => {
      const touched = (one: Need): boolean =>
        isPattern(one) && intersects(role.permissions, [one.action], one.plane) !== null;
      const meets = places(needs, (one) => meetsNeed(role, one));
      return { role, flags, rank: measure.rank([flags], need), meets, touches: places(needs, touched) };
    })
    .filter(({ meets, touches }) => meets.size + touches.size > 0)
    .sort(byRank);

/** A role with a built-in condition is left out: nobody tells what of its actions it really allows. */
const makeChooser = (candidates: readonly Candidate[]) => {
  const byId = new Map(candidates.map((role) => [role.id, role]));
  const measure = measureRoles([...byId.values()].filter(({ condition }) => condition === null));
  return (needs: readonly Need[]): LeastRoleAnswer => {
    if (needs.length === 0) return { found: true, roles: [], powers: [], excess: 0, witness: null };
    const blocks = needs.map(blockOf);
    const need = measure.flagsOf(blocks);
    const contenders = contendersFor(measure, needs, need);
    const best = choose(contenders, needs, measure.rank, need);
    if (best === null) {
      const isMet = (place: number): boolean =>
        contenders.some(({ meets, touches }) => meets.has(place) || touches.has(place));
      return { found: false, unmet: needs.filter((_, place) => !isMet(place)) };
    }
    const roles = best.contenders.map(({ role }) => role);
    const excess = measure.excess(
      best.contenders.map(({ flags }) => flags),
      need,
    );
    const together = roles.flatMap(({ permissions }) => permissions);
    const witness = witnessOf(together, blocks, excess);
    return { found: true, roles, powers: excess.powers, excess: excess.actions.length, witness };
  };
};

const choosers = new WeakMap<readonly Candidate[], ReturnType<typeof makeChooser>>();

/**
 * The least of these roles, or pair of them, for a need. Of two roles with one id the later counts, so that a tenant's
 * roles go behind the built-in ones. What a list of roles can do is worked out once, at the first question.
 */
export const leastRoleOf = (candidates: readonly Candidate[], needs: readonly Need[]): LeastRoleAnswer => {
  const chooser = choosers.get(candidates) ?? makeChooser(candidates);
  choosers.set(candidates, chooser);
  return chooser(needs);
};

/** The least built-in role, or pair of them, for a need. */
export const leastRole = (needs: readonly Need[]): LeastRoleAnswer => leastRoleOf(azureRoles, needs);
