import type { EffectiveAccess, EscalationPath, Reach } from '../core/effective.ts';

/** What one identity reaches before and after a merge, compared. */
export interface AccessDifference {
  readonly identity: string;
  readonly policy: string;
  readonly gained: readonly Reach[];
  readonly lost: readonly Reach[];
  /** Reached before and after, but not in the same places. */
  readonly moved: readonly { readonly before: Reach; readonly after: Reach }[];
  readonly kept: readonly Reach[];
  /** Reached before; whether after, nothing read says. */
  readonly doubted: readonly Reach[];
  /** Steps by which the identity becomes more than it is. */
  readonly waysGained: readonly EscalationPath[];
  readonly waysLost: readonly EscalationPath[];
}

/** Verb first without a person: `reads every mailbox` becomes `read every mailbox`, as it follows after "can". */
export const infinitive = (phrase: string): string => {
  const { first, link, second, rest } = twoVerbs.exec(phrase)?.groups ?? {};
  if (first !== undefined && second !== undefined) return `${plainVerb(first)} ${link} ${plainVerb(second)} ${rest}`;
  const at = phrase.indexOf(' ');
  const verb = at === -1 ? phrase : phrase.slice(0, at);
  return verb === 'can' ? phrase.slice(at + 1) : `${plainVerb(verb)}${phrase.slice(verb.length)}`;
};

const twoVerbs = /^(?<first>[a-z]+s) (?<link>and|or) (?<second>[a-z]+s) (?<rest>.+)$/;

const plainVerb = (verb: string): string => {
  if (/(?:ss|sh|ch|x|zz)es$/.test(verb)) return verb.slice(0, -2);
  return /[^aeiou]ies$/.test(verb) ? `${verb.slice(0, -3)}y` : verb.replace(/s$/, '');
};

const keyOf = ({ policy, identity }: EffectiveAccess): string => `${policy} ${identity.toLowerCase()}`;
const wayKey = ({ path, what }: EscalationPath): string => `${path} ${what}`;
const isWay = ({ path }: EscalationPath): boolean => path !== 'further-steps';
const without = (ways: readonly EscalationPath[], others: readonly EscalationPath[]): readonly EscalationPath[] => {
  const known = new Set(others.map(wayKey));
  return ways.filter((way) => isWay(way) && !known.has(wayKey(way)));
};

/** Compares who reaches what now with who will; identities that stand on one side only have nothing on the other. */
export const accessDifferences = (
  now: readonly EffectiveAccess[],
  after: readonly EffectiveAccess[],
): readonly AccessDifference[] => {
  const [before, later] = [now, after].map((all) => new Map(all.map((access) => [keyOf(access), access])));
  const keys = new Set([...after, ...now].map(keyOf));
  return [...keys].flatMap((key) => {
    const [old, next] = [before?.get(key), later?.get(key)];
    const any = next ?? old;
    return any === undefined
      ? []
      : [differ(any, old?.reaches ?? [], next?.reaches ?? [], old?.out ?? [], next?.out ?? [])];
  });
};

const differ = (
  { identity, policy }: EffectiveAccess,
  old: readonly Reach[],
  next: readonly Reach[],
  oldWays: readonly EscalationPath[],
  nextWays: readonly EscalationPath[],
): AccessDifference => {
  const had = new Map(old.filter(({ answer }) => answer === 'yes').map((reach) => [reach.id, reach]));
  const has = new Map(next.filter(({ answer }) => answer === 'yes').map((reach) => [reach.id, reach]));
  const open = new Set(next.filter(({ answer }) => answer === 'unknown').map(({ id }) => id));
  const both = [...has.values()].flatMap((reach) => {
    const before = had.get(reach.id);
    return before === undefined ? [] : [{ before, after: reach }];
  });
  const gone = [...had.values()].filter(({ id }) => !has.has(id));
  return {
    identity,
    policy,
    gained: [...has.values()].filter(({ id }) => !had.has(id)),
    lost: gone.filter(({ id }) => !open.has(id)),
    moved: both.filter((pair) => pair.before.where !== pair.after.where),
    kept: both.filter((pair) => pair.before.where === pair.after.where).map((pair) => pair.after),
    doubted: gone.filter(({ id }) => open.has(id)),
    waysGained: without(nextWays, oldWays),
    waysLost: without(oldWays, nextWays),
  };
};

/** Does the merge change what the identity reaches? */
export const changesAccess = ({ gained, lost, moved, doubted, waysGained, waysLost }: AccessDifference): boolean =>
  [gained, lost, moved, doubted, waysGained, waysLost].some(({ length }) => length > 0);
