import { exitCodes } from '../core/exit-code.ts';
import type { CheckAnnotation, CheckRun } from '../core/github.ts';
import type { Report } from '../core/report.ts';
import { groupFindings } from './group-findings.ts';
import { clip, inertLine } from './inert.ts';
import { md } from './markdown-text.ts';
import { type Annotation, everyAnnotation } from './render-annotations.ts';
import { touchesNothing } from './render-comment.ts';
import { renderMarkdown } from './render-markdown.ts';
import { tellHeadline } from './tell-outcome.ts';
import { utf8Length } from './utf8-length.ts';

/** Where a check run is to stand. */
export interface CheckRunPlace {
  readonly name: string;
  readonly headSha: string;
  /** In a merge queue approval has been asked for and given: a plan needs no further one. */
  readonly queued: boolean;
  /** A file's path in the repository; `null` for one that isn't in it. */
  readonly pathOf: (file: string) => string | null;
}

/** GitHub counts bytes here, not characters (source: github/docs issue 35252). */
const summaryBytes = 65_535;
/** Each 50 take a request. */
const mostAnnotations = 1000;
const titleLimit = 255;
/** Room for the sentence on annotations that are left out. */
const noteRoom = 200;

const untouched = {
  title: 'No backup access policy is touched',
  summary: 'No backup access policy is touched here, so the tenant was not asked.\n',
};

const levels = { error: 'failure', warning: 'warning', notice: 'notice' } as const;

/** A report as a check run on a commit: what a merge would do, with remarks on the policies' own lines. */
export const checkRunOf = (report: Report, { name, headSha, queued, pathOf }: CheckRunPlace): CheckRun => {
  if (touchesNothing(report))
    return { name, headSha, conclusion: conclude(report, queued), ...untouched, annotations: [] };
  const all = everyAnnotation(report).flatMap((annotation) => annotate(annotation, pathOf) ?? []);
  const left = all.length - mostAnnotations;
  const note = left <= 0 ? '' : md`\n_… and ${left} more remarks on lines: all are in the JSON report_\n`.markdown;
  const title = inertLine(tellHeadline(report, groupFindings(report.findings))).replaceAll('`', '');
  return {
    name,
    headSha,
    conclusion: conclude(report, queued),
    title: clip(title.charAt(0).toUpperCase() + title.slice(1), titleLimit),
    summary: pageWithin(report, summaryBytes - noteRoom) + note,
    annotations: all.slice(0, mostAnnotations),
  };
};

/** Without a tenant nothing is called good or bad, but for files that are wrong by themselves. */
const conclude = ({ exitCode, tenant, plan }: Report, queued: boolean): CheckRun['conclusion'] => {
  if (tenant === null && (exitCode === exitCodes.clean || exitCode === exitCodes.findings)) return 'neutral';
  if (exitCode !== exitCodes.clean) return 'failure';
  return plan.steps.length > 0 && !queued ? 'action_required' : 'success';
};

/** The page, shortened until its bytes fit: signs beyond ASCII take more than one. */
const pageWithin = (report: Report, bytes: number): string => {
  let limit = bytes;
  while (limit > 0) {
    const page = renderMarkdown(report, limit);
    const size = utf8Length(page);
    if (size <= bytes) return page;
    limit = Math.min(Math.floor((limit * bytes) / size), limit - 1);
  }
  return renderMarkdown(report, 0);
};

const annotate = (annotation: Annotation, pathOf: CheckRunPlace['pathOf']): CheckAnnotation | null => {
  const { file, line, endLine, column, endColumn, level, title, message } = annotation;
  const path = file === null ? null : pathOf(file);
  if (path === null) return null;
  const oneLine = line === endLine;
  return {
    path,
    startLine: line,
    endLine,
    startColumn: oneLine ? column : null,
    endColumn: oneLine ? endColumn : null,
    level: levels[level],
    title: clip(title, titleLimit),
    message,
  };
};
