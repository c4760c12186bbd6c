import type { StepState } from '../core/apply.ts';
import { type ApplyOutcome, type ApplyRow, applyOutcome, leadsReport } from './apply-outcome.ts';
import { clip } from './inert.ts';
import { identityNames, shortId } from './name-things.ts';
import type { Tone } from './paint.ts';
import { sentence } from './sentence.ts';
import {
  isBackupAtRisk,
  stateWords,
  stepStates,
  tellBackups,
  tellNext,
  tellOrigin,
  tellStates,
  tellStep,
} from './tell-apply.ts';
import { isComplete } from './tell-outcome.ts';
import type { Page } from './text-page.ts';
import { leftOut } from './text-page.ts';
import { count } from './words.ts';
import { wrapText } from './wrap-text.ts';

/** How many refusals and steps of one state a terminal is shown, and how many request ids of one step. */
const shown = 20;
const mostIds = 5;

const tones: Readonly<Record<StepState, Tone>> = {
  unknown: 'alarm',
  'not-done': 'red',
  'not-run': 'yellow',
  done: 'green',
  already: 'green',
};

/** Right below the headline: do backups run, what is to be done, and on whose word it was. */
export const applyHeadLines = ({ report, width, paint }: Omit<Page, 'groups' | 'who'>): readonly string[] => {
  const outcome = applyOutcome(report);
  if (!leadsReport(report, outcome)) return [];
  const complete = isComplete(report);
  const origin = tellOrigin(outcome);
  const tone = isBackupAtRisk(report, outcome) ? 'alarm' : 'bold';
  return [
    ...wrapText(tellBackups(report, outcome, complete), width).map((line) => paint(tone, line)),
    ...wrapText(`next: ${tellNext(report, outcome, complete)}`, width).map((line) => paint('bold', line)),
    ...(origin === '' ? [] : wrapText(origin, width).map((line) => paint('faint', line))),
  ];
};

/** Why nothing was written, or what became of each step. */
export const applyLines = (page: Page): readonly string[] => {
  const outcome = applyOutcome(page.report);
  return outcome === null ? [] : [...refusalLines(page, outcome), ...stepLines(page, outcome)];
};

/** Is the plan told by what became of its steps? */
export const tellsSteps = ({ report }: Page): boolean => (applyOutcome(report)?.rows.length ?? 0) > 0;

const refusalLines = ({ width, paint }: Page, { part }: ApplyOutcome): readonly string[] => {
  const { refusals } = part;
  if (refusals.length === 0) return [];
  const title = wrapText(`Refused for ${count(refusals.length, 'reason')}`, width);
  const rows = refusals
    .slice(0, shown)
    .flatMap(({ code, why, wayForward }) => [
      ...wrapText(`${clip(code, 60)}: ${sentence(why)}`, width, '  - '),
      ...wrapText(sentence(wayForward), width, '    → '),
    ]);
  const more = leftOut(refusals.length - shown, 'reasons').flatMap((line) => wrapText(line, width, '  '));
  return [...title.map((line) => paint('bold', line)), ...rows, ...more, ''];
};

const stepLines = (page: Page, outcome: ApplyOutcome): readonly string[] => {
  const { rows, part } = outcome;
  const { width, paint } = page;
  if (rows.length === 0) return [];
  const title = wrapText(`What became of ${count(rows.length, 'step')}: ${tellStates(outcome)}`, width);
  const stopped = part.stopped === null ? [] : wrapText(sentence(`it ended early: ${part.stopped}`), width, '  ');
  const journal = part.journal === null ? [] : wrapText(part.journal, width, '  journal ');
  return [
    ...title.map((line) => paint('bold', line)),
    ...stopped.map((line) => paint('alarm', line)),
    ...stepStates.flatMap((state) => stateLines(page, state, rows)),
    ...journal,
    '',
  ];
};

const stateLines = (page: Page, state: StepState, all: readonly ApplyRow[]): readonly string[] => {
  const { width, paint } = page;
  const rows = all.filter((row) => row.state === state);
  if (rows.length === 0) return [];
  return [
    ...wrapText(`${stateWords[state].title} (${rows.length})`, width, '  ').map((line) => paint(tones[state], line)),
    ...rows.slice(0, shown).flatMap((row) => rowLines(page, row)),
    ...leftOut(rows.length - shown, 'of these').flatMap((line) => wrapText(line, width, '  ')),
  ];
};

/** What stands needs no more words; of the rest, what was seen, and Microsoft's ids for whoever asks their support. */
const rowLines = ({ width, report }: Page, row: ApplyRow): readonly string[] => {
  const { state, detail, requestIds, change, step } = row;
  const what = wrapText(tellStep(change, step, identityNames(report.policies, shortId)), width, '    - ');
  if (state === 'done' || state === 'already') return what;
  const ids = requestIds.slice(0, mostIds).map((id) => clip(id, 60));
  const asked = ids.length === 0 ? '' : ` (request ${ids.join(', ')})`;
  return [...what, ...(detail === '' ? [] : wrapText(`${clip(detail, 400)}${asked}`, width, '      '))];
};
