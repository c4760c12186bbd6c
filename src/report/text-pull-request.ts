import { changedFact, type Drift, symbolOf } from '../core/change.ts';
import type { Step } from '../core/plan.ts';
import { type AskedChange, driftKey, type Effect, type ThreeWay } from '../core/three-way.ts';
import { clip } from './inert.ts';
import { nameDifferences, nameFact } from './name-things.ts';
import type { Tone } from './paint.ts';
import { leftOut, type Page } from './text-page.ts';
import { actionWords, causeWords, count } from './words.ts';
import { wrapText } from './wrap-text.ts';

/** How many rows of one section a terminal is shown. */
const shown = 20;

const effectWords: Readonly<Record<Effect, string>> = {
  grants: 'a merge grants it',
  revokes: 'a merge revokes it',
  changes: 'a merge changes it',
  'already-so': 'the tenant is so already',
  'not-written': 'left to a person: a merge does not write it',
  unknown: 'it was not read whether a merge does anything',
};

const askedWords = { add: 'asks for', remove: 'asks no more for', change: 'asks otherwise for' } as const;
const symbols = { add: '+', remove: '-', change: '~' } as const;
const tones: Readonly<Record<string, Tone>> = { '+': 'green', '-': 'red', '~': 'yellow' };

interface Row {
  /** Policy and identity that it is told under. */
  readonly owner: string;
  readonly symbol: string;
  readonly text: string;
  readonly more: readonly string[];
}

/** The four parts of a pull request's report but the last: what is to be decided stands among the findings. */
export const pullRequestLines = (page: Page, threeWay: ThreeWay): readonly string[] => [
  ...section(page, 'This pull request changes', 'nothing that policies ask for', [
    ...threeWay.asked.flatMap((asked) => askedRow(page, asked)),
    ...newSteps(page, threeWay).map((step) => stepRow(page, step)),
  ]),
  ...section(page, 'Drifted before this pull request', null, driftRows(page, threeWay)),
  ...section(page, 'Not ours, left alone', null, aloneRows(page, threeWay)),
];

const ownerOf = ({ who }: Page, policy: string, identity: string): string => `${clip(policy, 80)} · ${who(identity)}`;

const section = (page: Page, title: string, none: string | null, rows: readonly Row[]): readonly string[] => {
  const { paint, width } = page;
  if (rows.length === 0 && none === null) return [];
  const head = rows.length === 0 ? `${title}: ${none}` : `${title} (${rows.length})`;
  const owners = Map.groupBy(rows.slice(0, shown), ({ owner }) => owner);
  return [
    ...wrapText(head, width).map((line) => paint('bold', line)),
    ...[...owners].flatMap(([owner, own]) => [
      ...wrapText(owner, width, '  ').map((line) => paint('faint', line)),
      ...own.flatMap(({ symbol, text, more }) => [
        ...wrapText(text, width, `    ${symbol} `).map((line) => paint(tones[symbol] ?? 'faint', line)),
        ...more.flatMap((line) => wrapText(line, width, '        ')),
      ]),
    ]),
    ...leftOut(rows.length - shown, 'of these').flatMap((line) => wrapText(line, width)),
    '',
  ];
};

const askedRow = (page: Page, { action, policy, before, after, place, effect }: AskedChange): readonly Row[] => {
  const fact = after ?? before;
  if (fact === null) return [];
  const differences =
    before === null || after === null ? [] : nameDifferences({ action: 'update', cause: 'changed', before, after });
  return [
    {
      owner: ownerOf(page, policy, fact.identity),
      symbol: symbols[action],
      text: `${askedWords[action]} ${clip(nameFact(fact), 300)}`,
      more: [
        ...differences.map((text) => clip(text, 300)),
        `${effectWords[effect]} · ${clip(place.file, 200)}:${place.line}`,
      ],
    },
  ];
};

/** What the plan gains by something else than a line that asks: enforcement, or a plane that is managed now. */
const newSteps = ({ report }: Page, { asked, stepsBefore }: ThreeWay): readonly Step[] => {
  const told = new Set([...stepsBefore, ...asked.map(({ step }) => step)]);
  return report.plan.steps.filter(({ id }) => !told.has(id));
};

const stepRow = (page: Page, { change, policy }: Step): Row => ({
  owner: ownerOf(page, policy, changedFact(change).identity),
  symbol: symbolOf[change.action],
  text: `a merge will ${actionWords[change.action]} ${clip(nameFact(changedFact(change)), 300)}, which it did not before`,
  more: nameDifferences(change).map((text) => clip(text, 300)),
});

const driftRows = (page: Page, { driftBefore, stepsBefore, asked }: ThreeWay): readonly Row[] => {
  const before = new Set(driftBefore);
  const mended = new Set([...stepsBefore, ...asked.map(({ step }) => step)]);
  const key = ({ change, policy }: Drift): string => driftKey(policy, change.action, changedFact(change).key);
  const steps = new Map(page.report.plan.steps.map((step) => [key(step), step.id]));
  return page.report.drift
    .filter((one) => before.has(key(one)))
    .map((one) => ({
      owner: ownerOf(page, one.policy, changedFact(one.change).identity),
      symbol: symbolOf[one.change.action],
      text: clip(nameFact(changedFact(one.change)), 300),
      more: [
        `${causeWords[one.change.cause]}; ${steps.has(key(one)) ? tellStep(mended.has(steps.get(key(one)) ?? '')) : 'a merge does not change that'}`,
      ],
    }));
};

const tellStep = (asBefore: boolean): string => (asBefore ? 'the next merge mends it' : 'this merge mends it');

const aloneRows = (page: Page, { leftAlone }: ThreeWay): readonly Row[] =>
  leftAlone.map(({ policy, fact }) => ({
    owner: ownerOf(page, policy, fact.identity),
    symbol: '·',
    text: clip(nameFact(fact), 300),
    more: [],
  }));

/** What of the plan is to be known beside: how much, and its digest. */
export const planSumLines = ({ report, paint, width }: Page): readonly string[] => {
  const { steps, digest } = report.plan;
  if (steps.length === 0) return [];
  return [
    ...wrapText(`Plan: ${count(steps.length, 'step')} (shown, not applied)`, width).map((line) => paint('bold', line)),
    ...wrapText(digest, width, '  digest '),
    '',
  ];
};

/** Findings that stand and were there before: said, so that nobody looks for them in the pull request. */
export const beforeLines = ({ groups, width, paint }: Page, { findingsBefore, spared, cured }: ThreeWay) => {
  const [before, mild] = [new Set(findingsBefore), new Set(spared)];
  const old = groups.toFix.filter(({ fingerprint }) => before.has(fingerprint)).length;
  const ofTime = groups.toFix.filter(({ fingerprint }) => mild.has(fingerprint)).length;
  const sentences = [
    ...(old === 0 ? [] : [`${old} of these stood before this pull request`]),
    ...(ofTime === 0 ? [] : [`${ofTime} came by time alone and ${ofTime === 1 ? 'does' : 'do'} not fail it`]),
    ...(cured.length === 0
      ? []
      : [`${count(cured.length, 'finding')} that stood before ${cured.length === 1 ? 'is' : 'are'} cured`]),
  ];
  if (sentences.length === 0) return [];
  return [...wrapText(sentences.join('; '), width).map((line) => paint('faint', line)), ''];
};
