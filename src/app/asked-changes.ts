import { changedFact } from '../core/change.ts';
import type { Place } from '../core/diagnostic.ts';
import type { Fact } from '../core/fact.ts';
import type { Kind } from '../core/kind.ts';
import type { Step } from '../core/plan.ts';
import { sameText } from '../core/same-text.ts';
import type { AskedChange, Effect } from '../core/three-way.ts';
import type { Compared, Side } from './compare-policies.ts';

/** What policies of the base asked for, those of the head ask for, and which files of the head can't be read. */
export interface AskedInput {
  readonly before: Compared;
  readonly after: Compared;
  readonly kinds: readonly Kind[];
  /** Was the tenant seen at all? */
  readonly seen: boolean;
  /** Files of the head with mistakes: what they ask for isn't known. */
  readonly broken: ReadonlySet<string>;
}

interface Asked {
  readonly fact: Fact;
  readonly place: Place;
  readonly side: Side;
}

/** Does the policy speak of the identity? */
export const names = ({ resolved: { policy } }: Side, identity: string): boolean =>
  policy.identities.some(({ id }) => sameText(id, identity));

/** The differences and the steps of one comparison, to be looked up. */
interface Looked {
  readonly compared: Compared;
  /** Keys of all drift. */
  readonly drifted: ReadonlySet<string>;
  readonly steps: ReadonlyMap<string, Step>;
  readonly held: ReadonlySet<string>;
}

const look = (compared: Compared): Looked => ({
  compared,
  drifted: new Set(compared.drift.map(({ change }) => changedFact(change).key)),
  steps: new Map(compared.steps.map((step) => [changedFact(step.change).key, step])),
  held: new Set(compared.sides.flatMap(({ actual }) => actual.map(({ key }) => key))),
});

/** Is it this policy whose plan does something about it? */
const writes = ({ steps }: Looked, { resolved }: Side, key: string): boolean =>
  steps.get(key)?.policy === resolved.policy.name;

/** By key, whoever asks; of several the one whose plan does something about it. */
const askedBy = (looked: Looked): ReadonlyMap<string, Asked> => {
  const found = new Map<string, Asked>();
  for (const side of looked.compared.sides)
    for (const { fact, place } of side.resolved.desired)
      if (!found.has(fact.key) || writes(looked, side, fact.key)) found.set(fact.key, { fact, place, side });
  return found;
};

/** The policy of the head that answers for what one of the base asked for; `null`: none names the identity any more. */
const heirOf = ({ fact, side }: Asked, looked: Looked): Side | null => {
  const { name, file } = side.resolved.policy;
  const heirs = looked.compared.sides.filter((one) => names(one, fact.identity));
  const nearest = [
    (one: Side) => writes(looked, one, fact.key),
    (one: Side) => one.resolved.policy.name === name,
    (one: Side) => one.resolved.policy.file === file,
    () => true,
  ];
  for (const isNear of nearest) {
    const heir = heirs.find(isNear);
    if (heir !== undefined) return heir;
  }
  return null;
};

const effects: Readonly<Record<Step['change']['action'], Effect>> = {
  create: 'grants',
  update: 'changes',
  delete: 'revokes',
};

/** What a merge does about a fact that a policy of the head asks for, or asks for no more. */
const effectOn = (fact: Fact, side: Side, after: Looked, seen: boolean): Pick<AskedChange, 'effect' | 'step'> => {
  const without = (effect: Effect) => ({ effect, step: null });
  const step = after.steps.get(fact.key);
  if (step !== undefined) return { effect: effects[step.change.action], step: step.id };
  if (!seen || side.stopped) return without('unknown');
  if (after.drifted.has(fact.key)) return without('not-written');
  if (side.gaps.some(({ kind, identity }) => kind === fact.kind && sameText(identity, fact.identity)))
    return without('unknown');
  return without(after.compared.asked.has(fact.key) || !after.held.has(fact.key) ? 'already-so' : 'not-written');
};

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const sortKey = ({ policy, before, after }: AskedChange): string => {
  const fact = after ?? before;
  return [policy, fact?.identity, fact?.kind, fact?.key].join('\u0000');
};

/**
 * What policies together ask for, compared by key: neither renaming a policy nor moving a line to another one changes
 * anything. Where no policy names the identity any more, nothing is ever revoked.
 */
export const askedChanges = (input: AskedInput): readonly AskedChange[] => {
  const looked = look(input.after);
  const [before, after] = [askedBy(look(input.before)), askedBy(looked)];
  const isSame = (a: Fact, b: Fact): boolean => input.kinds.some((kind) => kind.id === a.kind && kind.same(a, b));
  const added = [...after.values()].flatMap(({ fact, place, side }): AskedChange[] => {
    const was = before.get(fact.key)?.fact ?? null;
    if (was !== null && isSame(fact, was)) return [];
    const policy = side.resolved.policy.name;
    const action = was === null ? 'add' : 'change';
    return [{ action, policy, before: was, after: fact, place, ...effectOn(fact, side, looked, input.seen) }];
  });
  const removed = [...before.values()].flatMap((asked): AskedChange[] => {
    const { fact, place, side } = asked;
    const { name, file } = side.resolved.policy;
    if (after.has(fact.key) || input.broken.has(file)) return [];
    const heir = heirOf(asked, looked);
    const policy = heir?.resolved.policy.name ?? name;
    const effect =
      heir === null ? { effect: 'not-written' as const, step: null } : effectOn(fact, heir, looked, input.seen);
    return [{ action: 'remove', policy, before: fact, after: null, place, ...effect }];
  });
  return [...added, ...removed].sort((a, b) => byText(sortKey(a), sortKey(b)));
};
