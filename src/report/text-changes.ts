import type { Cause, Change } from '../core/change.ts';
import { changedFact, symbolOf } from '../core/change.ts';
import { clip } from './inert.ts';
import { nameDifferences, nameFact } from './name-things.ts';
import type { Tone } from './paint.ts';
import type { Page } from './text-page.ts';
import { leftOut } from './text-page.ts';
import { actionWords, causeWords, count } from './words.ts';
import { wrapText } from './wrap-text.ts';

/** How many differences of one cause, and how many steps, a terminal is shown. */
const shown = 20;

const tones: Readonly<Record<Change['action'], Tone>> = { create: 'green', update: 'yellow', delete: 'red' };

/** Differences by cause, then what a merge would do about them, unless it is told already what became of that. */
export const changeLines = (page: Page, isPlanTold = false): readonly string[] => [
  ...driftLines(page),
  ...(isPlanTold ? [] : planLines(page)),
];

const driftLines = (page: Page): readonly string[] => {
  const { drift } = page.report;
  if (drift.length === 0) return [];
  const title = wrapText(`${count(drift.length, 'difference')} between policies and tenant`, page.width);
  const lines = title.map((line) => page.paint('bold', line));
  for (const cause of Object.keys(causeWords) as Cause[]) {
    const rows = drift.filter(({ change }) => change.cause === cause);
    if (rows.length === 0) continue;
    lines.push(...wrapText(`${causeWords[cause]} (${rows.length})`, page.width, '  '));
    const owners = Map.groupBy(
      rows.slice(0, shown),
      ({ change, policy }) => `${clip(policy, 80)} · ${page.who(changedFact(change).identity)}`,
    );
    for (const [owner, own] of owners) {
      lines.push(...wrapText(owner, page.width, '    ').map((line) => page.paint('faint', line)));
      for (const { change } of own) lines.push(...changeLine(page, change));
    }
    lines.push(...leftOut(rows.length - shown, 'of these').flatMap((line) => wrapText(line, page.width, '  ')));
  }
  return [...lines, ''];
};

const changeLine = ({ paint, width }: Page, change: Change): readonly string[] => [
  ...wrapText(clip(nameFact(changedFact(change)), 300), width, `    ${symbolOf[change.action]} `).map((line) =>
    paint(tones[change.action], line),
  ),
  ...nameDifferences(change).flatMap((text) => wrapText(clip(text, 300), width, '        ')),
];

const planLines = (page: Page): readonly string[] => {
  const { report, paint, width } = page;
  const { steps, digest } = report.plan;
  if (steps.length === 0) {
    if (report.drift.length === 0) return [];
    const why =
      report.plan.withheld.length > 0
        ? 'see below what is left out of the plan; the rest, `enforcement` of the policies concerned does not let it'
        : '`enforcement` of the policies concerned does not let it';
    return [...wrapText(`a merge changes none of this: ${why}`, width), ''];
  }
  const sums = (Object.keys(actionWords) as Change['action'][])
    .map((action) => ({ action, number: steps.filter(({ change }) => change.action === action).length }))
    .filter(({ number }) => number > 0)
    .map(({ action, number }) => `${number} to ${actionWords[action]}`);
  const title = `Plan: ${count(steps.length, 'step')}, ${sums.join(', ')} (shown, not applied)`;
  const lines = wrapText(title, width).map((line) => paint('bold', line));
  const rows = steps.slice(0, shown).flatMap(({ change }, at) => {
    const text = `${actionWords[change.action]} ${clip(nameFact(changedFact(change)), 300)}`;
    return wrapText(text, width, `  ${String(at + 1).padStart(2)} ${symbolOf[change.action]} `);
  });
  return [
    ...lines,
    ...rows,
    ...leftOut(steps.length - shown, 'steps').flatMap((line) => wrapText(line, width, '  ')),
    ...wrapText(digest, width, '  digest '),
    '',
  ];
};
