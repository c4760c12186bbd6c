import type { Coverage, Report } from '../core/report.ts';
import { clip } from './inert.ts';
import { tellVerdicts } from './tell-outcome.ts';
import type { Page } from './text-page.ts';
import { leftOut } from './text-page.ts';
import { gapWords, kindWords, verdictWords } from './words.ts';
import { wrapText } from './wrap-text.ts';

/** How many gaps stand above all else, how many sorts of policies the table holds, and how many names each. */
const shownGaps = 10;
const shownPolicies = 20;
const shownNames = 12;

/** Gaps first of all: what could not be read, for whom, why, and what would cure it. */
export const gapLines = ({ report, paint, width }: Page): readonly string[] => {
  const gaps = report.coverage.filter(({ state }) => state === 'gap');
  const lines = gaps
    .slice(0, shownGaps)
    .flatMap((row) => [
      ...wrapText(`${kindWords[row.kind].many} of ${clip(row.subject, 80)}: ${tellGap(row)}`, width, '  ! ').map(
        (line) => paint('red', line),
      ),
      ...(row.needs === null
        ? []
        : wrapText(clip(row.needs, 200), width, '    → needs ').map((line) => paint('cyan', line))),
    ]);
  return [...lines, ...leftOut(gaps.length - shownGaps, 'gaps').flatMap((line) => wrapText(line, width, '  '))];
};

const tellGap = ({ reason, detail }: Coverage): string => {
  const why = reason === null ? 'not read' : gapWords[reason];
  return detail === null ? why : `${why} (${clip(detail, 200)})`;
};

/** What was read for whom; policies of which the same was read stand together, those with gaps first. */
export const coverageLines = ({ report, paint, width }: Page): readonly string[] => {
  const { coverage, verdicts } = report;
  if (coverage.length === 0) return [];
  const policies = [...Map.groupBy(coverage, ({ subject }) => subject)].map(([name, rows]) => ({
    name,
    gaps: wordsOf(rows.filter(isGap)),
    read: wordsOf(rows.filter((row) => !isGap(row))),
  }));
  const alike = [...Map.groupBy(policies, ({ gaps, read }) => JSON.stringify([gaps, read])).values()];
  const ordered = [...alike.filter(([one]) => one?.gaps !== ''), ...alike.filter(([one]) => one?.gaps === '')];
  const rows = ordered.slice(0, shownPolicies).flatMap((group) => {
    const { gaps = '', read = '' } = group[0] ?? {};
    const more = group.length > shownNames ? ` and ${group.length - shownNames} more` : '';
    const names = `${group
      .slice(0, shownNames)
      .map(({ name }) => clip(name, 80))
      .join(', ')}${more}`;
    return [
      ...wrapText(names, width, '  ').map((line) => paint('bold', line)),
      ...(gaps === '' ? [] : wrapText(gaps, width, '    GAP  ').map((line) => paint('red', line))),
      ...(read === '' ? [] : wrapText(read, width, '    ok   ')),
    ];
  });
  const left = leftOut(ordered.slice(shownPolicies).flat().length, 'policies').flatMap((line) =>
    wrapText(line, width, '  '),
  );
  const sums = verdicts.length === 0 ? [] : wrapText(tellVerdicts(report, verdictWords), width, '  ');
  return [paint('bold', 'What was read'), ...rows, ...left, ...sums, ...readerLines(report, width), ''];
};

/** More than needed is a risk of its own: the reader of all backups is worth stealing. */
const readerLines = ({ reader }: Report, width: number): readonly string[] => {
  const excess = reader?.excess ?? [];
  if (excess.length === 0) return [];
  const names = excess.map((name) => clip(name, 80)).join(', ');
  return wrapText(
    `the reader holds more than these policies need: ${names} (\`permissions\` lists what they need)`,
    width,
    '  ',
  );
};

const wordsOf = (rows: readonly Coverage[]): string => rows.map(({ kind }) => kindWords[kind].many).join(', ');
const isGap = ({ state }: Coverage): boolean => state === 'gap';
