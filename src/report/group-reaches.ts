import type { EffectiveAccess, Reach, ReachGrant } from '../core/effective.ts';
import { clip } from './inert.ts';
import { nameId } from './name-things.ts';
import { apiWord, kindWords } from './words.ts';

/** Reaches that one sentence tells. */
export interface ReachGroup {
  /** Phrases, verb first: `exports disks`, `reads and changes every mailbox`. */
  readonly what: readonly string[];
  readonly where: string;
  /** Grants by name, each once: `Contributor`, `Mail.Read, Mail.Send on Microsoft Graph`; or kinds that were not read. */
  readonly by: readonly string[];
  readonly remarks: readonly string[];
}

/** What of one identity is worth a reader's time. */
interface ToldAccess {
  readonly reached: readonly ReachGroup[];
  /** Of the grave ones, those that are surely not reached. */
  readonly not: readonly ReachGroup[];
  /** What can't be told, by what was not read. */
  readonly unknown: readonly ReachGroup[];
}

/** How many grants of one API a sentence names. */
const named = 3;
/** How many things that one verb does a phrase names. */
const things = 5;

const nameGrant = ({ subject, through }: ReachGrant): string => {
  const groups = through.length === 1 ? 'a group' : `${through.length} groups`;
  return `${clip(nameId(subject), 80)}${through.length === 0 ? '' : ` (through ${groups})`}`;
};

/** Grants by name, those of one API together; a reach that has more than it names says how many. */
const namesOf = (reaches: readonly Reach[]): readonly string[] => {
  const apis = Map.groupBy(
    reaches.flatMap(({ by }) => by),
    ({ api }) => api,
  );
  const told = [...apis].map(([api, grants]) => {
    const names = [...new Set(grants.map(nameGrant))];
    const more = names.length > named ? ` and ${names.length - named} more` : '';
    return `${names.slice(0, named).join(', ')}${more}${api === null ? '' : ` on ${clip(apiWord(api), 80)}`}`;
  });
  const left = Math.max(0, ...reaches.map(({ more }) => more));
  return left === 0 ? told : [...told, `${left} more grants`];
};

const restOf = (phrase: string): string => phrase.slice(phrase.indexOf(' ') + 1);
const verbOf = (phrase: string): string => phrase.slice(0, Math.max(0, phrase.indexOf(' ')));

/** What is done to one thing in one phrase, then what one verb does: `reads and changes every mailbox`, `deletes disks, keys`. */
const joinPhrases = (phrases: readonly string[]): readonly string[] => {
  const byThing = [...Map.groupBy(phrases, restOf)].map(([thing, same]) => ({
    verb: same.map(verbOf).join(' and '),
    thing,
  }));
  return [...Map.groupBy(byThing, ({ verb }) => verb)].map(([verb, same]) => {
    const more = same.length > things ? ` and ${same.length - things} more` : '';
    const told = same.slice(0, things).map(({ thing }) => thing);
    return `${verb} ${told.join(', ')}${more}`.trim();
  });
};

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

const group = (
  reaches: readonly Reach[],
  alike: (reach: Reach) => unknown,
  by: (same: readonly Reach[]) => readonly string[],
): readonly ReachGroup[] =>
  [...Map.groupBy(reaches, (reach) => JSON.stringify(alike(reach))).values()].map((same) => ({
    what: joinPhrases(distinct(same.map((reach) => clip(reach.what, 120)))),
    where: clip(same[0]?.where ?? '', 300),
    by: by(same),
    remarks: distinct(same.flatMap(({ remarks }) => remarks.map((one) => clip(one, 300)))),
  }));

/** Of what was not read at all, and could only hold lesser things, nothing is said. */
const isWorthDoubt = ({ weight, unread, remarks }: Reach): boolean =>
  weight === 'grave' || remarks.length > 0 || unread.some(({ reason }) => reason !== null);

const missing = (same: readonly Reach[]): readonly string[] =>
  distinct(same.flatMap(({ unread }) => unread.map(({ kind }) => kindWords[kind].many)));

const isMore = ({ weight }: Reach): boolean => weight !== 'slight';
const wholly = (reach: Reach) => [reach.where, reach.by, reach.more, reach.remarks];

/** One sentence where one grant does it all. */
const merge = (groups: readonly ReachGroup[]): readonly ReachGroup[] =>
  [...Map.groupBy(groups, ({ where, by, remarks }) => JSON.stringify([where, by, remarks])).values()].flatMap((same) =>
    same.slice(0, 1).map((first) => ({ ...first, what: same.flatMap(({ what }) => what) })),
  );

/**
 * Reaches of one identity as sentences, gravest first. `brief`: one sentence for all that is alike in area and place;
 * `full`: only where the grants are the same too.
 */
export const groupReaches = ({ reaches }: EffectiveAccess, how: 'brief' | 'full'): ToldAccess => {
  const of = (answer: Reach['answer']): readonly Reach[] => reaches.filter((reach) => reach.answer === answer);
  const yes = of('yes');
  const telling = how === 'brief' && yes.some(({ weight }) => weight !== 'slight') ? yes.filter(isMore) : yes;
  return {
    reached:
      how === 'brief'
        ? merge(group(telling, ({ area, where }) => [area, where], namesOf))
        : group(telling, wholly, namesOf),
    not: group(
      of('no').filter(({ weight }) => weight === 'grave'),
      ({ remarks }) => remarks,
      () => [],
    ),
    unknown: group(of('unknown').filter(isWorthDoubt), ({ unread, remarks }) => [unread, remarks], missing),
  };
};
