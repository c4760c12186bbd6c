import type { Diagnostic, Place } from '../core/diagnostic.ts';
import type { Finding } from '../core/finding.ts';
import { isNowhere } from '../core/nowhere.ts';
import type { Coverage, Report } from '../core/report.ts';
import type { Severity } from '../core/rule.ts';
import { type ApplyRow, applyOutcome } from './apply-outcome.ts';
import { groupFindings } from './group-findings.ts';
import { clip, escapeCommand, escapeCommandProperty, inertLine } from './inert.ts';
import { identityNames, nameId, where } from './name-things.ts';
import { sentence } from './sentence.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';
import { stateWords, tellStep } from './tell-apply.ts';
import { gapWords, kindWords } from './words.ts';

type AnnotationLevel = 'error' | 'warning' | 'notice';

/** A remark on a line of a file of the repository, for the runner; its texts are inert. */
export interface Annotation {
  readonly level: AnnotationLevel;
  /** `null`: about no file. */
  readonly file: string | null;
  readonly line: number;
  readonly endLine: number;
  readonly column: number;
  readonly endColumn: number;
  readonly title: string;
  readonly message: string;
}

/** GitHub shows ten of each level per step and drops the rest without a word; the step's own failure is one of them. */
const perLevel = 9;

const levels: Readonly<Record<Severity, AnnotationLevel>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
};

const byLevel = (
  annotations: readonly Annotation[],
  take: (level: AnnotationLevel, all: readonly Annotation[]) => readonly Annotation[],
): readonly Annotation[] =>
  (['error', 'warning', 'notice'] as const).flatMap((level) =>
    take(
      level,
      annotations.filter((one) => one.level === level),
    ),
  );

const ofReport = (report: Report): readonly Annotation[] => {
  const files = new Map(report.policies.map(({ name, file }) => [name, file]));
  const spared = new Set(report.threeWay?.spared ?? []);
  return [
    ...ofApply(report),
    ...sortDiagnostics(report.diagnostics).map(ofDiagnostic),
    ...report.coverage.filter(({ state }) => state === 'gap').map((gap) => ofGap(gap, files.get(gap.subject) ?? null)),
    ...groupFindings(report.findings).toFix.map((finding) => ofFinding(finding, spared.has(finding.fingerprint))),
  ];
};

/** Mistakes, gaps and what stands, worst first, every one. */
export const everyAnnotation = (report: Report): readonly Annotation[] => byLevel(ofReport(report), (_, all) => all);

/** The same, at most nine a level: the ninth says how many more there are. */
export const renderAnnotations = (report: Report): readonly Annotation[] => byLevel(ofReport(report), limit);

const limit = (level: AnnotationLevel, all: readonly Annotation[]): readonly Annotation[] => {
  if (all.length <= perLevel) return all;
  const left = all.length - perLevel + 1;
  const message = `${left} more of this level are not shown here: all are in the job summary and in the JSON report`;
  return [...all.slice(0, perLevel - 1), { level, ...inNoFile, title: `${left} more`, message }];
};

/** Why nothing was written, and each step that does not stand or is not known to. */
const ofApply = (report: Report): readonly Annotation[] => {
  const outcome = applyOutcome(report);
  if (outcome === null) return [];
  const who = identityNames(report.policies);
  return [
    ...outcome.part.refusals.map(
      ({ code, why, wayForward }): Annotation => ({
        level: 'error',
        ...inNoFile,
        title: inertLine(`refused: ${code}`),
        message: inertLine(`${sentence(clip(why, 280))} ${sentence(clip(wayForward, 280))}`),
      }),
    ),
    ...outcome.rows.filter(({ state }) => state !== 'done' && state !== 'already').map((row) => ofStep(row, who)),
  ];
};

const ofStep = ({ state, change, step, detail }: ApplyRow, who: (id: string) => string): Annotation => ({
  level: state === 'not-run' ? 'warning' : 'error',
  ...inNoFile,
  title: inertLine(stateWords[state].short),
  message: inertLine(`${sentence(`${tellStep(change, step, who)}: ${clip(detail, 280)}`)}`),
});

const inNoFile = { file: null, line: 1, endLine: 1, column: 1, endColumn: 1 };

const placed = (place: Place) => {
  if (isNowhere(place)) return inNoFile;
  const { file, line, column, endLine, endColumn } = place;
  return { file: inertLine(file), line, endLine, column, endColumn };
};

const ofDiagnostic = ({ code, message, help, place }: Diagnostic): Annotation => ({
  level: 'error',
  ...placed(place),
  title: inertLine(code),
  message: inertLine(help === null ? sentence(message) : `${sentence(message)} ${sentence(help)}`),
});

const ofGap = (gap: Coverage, file: string | null): Annotation => ({
  level: 'error',
  ...{ file: file === null ? null : inertLine(file), line: 1, endLine: 1, column: 1, endColumn: 1 },
  title: 'not read',
  message: inertLine(
    `${kindWords[gap.kind].many} of ${gap.subject} could not be read: ${gap.reason === null ? 'unknown why' : gapWords[gap.reason]}${
      gap.needs === null ? '' : `. Needs ${gap.needs}`
    }`,
  ),
});

/** What only time brought fails no pull request that didn't touch it, so it is no error there. */
const ofFinding = (
  { severity, rule, subject, api, scope, message, help, place }: Finding,
  isSpared: boolean,
): Annotation => ({
  level: isSpared && levels[severity] === 'error' ? 'warning' : levels[severity],
  ...placed(place),
  title: inertLine(`${severity}: ${rule}, ${nameId(subject)}${where(api, scope)}`),
  message: inertLine(`${sentence(message)} ${sentence(help)}`),
});

/** Annotations as workflow commands, one a line, for runs outside the action's own entry. */
export const renderCommands = (annotations: readonly Annotation[]): string =>
  annotations
    .map(({ level, file, line, endLine, column, endColumn, title, message }) => {
      const at = file === null ? {} : { file, line, endLine, ...(line === endLine ? { col: column, endColumn } : {}) };
      const properties = Object.entries({ ...at, title }).map(
        ([key, value]) => `${key}=${escapeCommandProperty(String(value))}`,
      );
      return `::${level} ${properties.join(',')}::${escapeCommand(message)}\n`;
    })
    .join('');
