import { exitCodes } from '../core/exit-code.ts';
import type { CheckAnnotation, CheckRun } from '../core/github.ts';
import type { Report } from '../core/report.ts';
import { applyOutcome } from './apply-outcome.ts';
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
  /** The steps of the plan as the gate reads them; absent: this run shows no plan that could be approved. */
  readonly reviewed?: string | null;
}

/** Of a summary and of a text: GitHub counts bytes here, not characters (source: github/docs issue 35252). */
const mostBytes = 65_535;
/** Each 50 take a request. */
const mostAnnotations = 1000;
const titleLimit = 255;
/** Room for the sentences on what is left out. */
const noteRoom = 500;

const untouched = {
  title: 'No backup access policy is touched',
  summary: 'No backup access policy is touched here, so the tenant was not asked.\n',
  text: null,
  externalId: null,
  annotations: [],
};

const levels = { error: 'failure', warning: 'warning', notice: 'notice' } as const;

/** A report as a check run on a commit: what a merge would do, with remarks on the policies' own lines. */
export const checkRunOf = (report: Report, place: CheckRunPlace): CheckRun => {
  const { name, headSha, queued, pathOf } = place;
  if (touchesNothing(report)) return { name, headSha, conclusion: conclude(report, queued), ...untouched };
  const all = everyAnnotation(report).flatMap((annotation) => annotate(annotation, pathOf) ?? []);
  const left = all.length - mostAnnotations;
  const note = left <= 0 ? '' : md`\n_… and ${left} more remarks on lines: all are in the JSON report_\n`.markdown;
  const { plan, remark } = toApprove(report, place.reviewed ?? null);
  const title = inertLine(tellHeadline(report, groupFindings(report.findings))).replaceAll('`', '');
  return {
    name,
    headSha,
    conclusion: conclude(report, queued),
    title: clip(title.charAt(0).toUpperCase() + title.slice(1), titleLimit),
    summary: pageWithin(report, mostBytes - noteRoom) + note + remark,
    ...plan,
    annotations: all.slice(0, mostAnnotations),
  };
};

const noPlan = { text: null, externalId: null };

/** What an approval of this commit stands for: a plan whose steps are told to the last one, of a tenant that was seen, or none. */
const toApprove = (
  { tenant, source, diagnostics, plan }: Report,
  reviewed: string | null,
): { readonly plan: Pick<CheckRun, 'text' | 'externalId'>; readonly remark: string } => {
  if (reviewed === null || tenant === null || source !== 'live' || diagnostics.length > 0)
    return { plan: noPlan, remark: '' };
  if (utf8Length(reviewed) <= mostBytes) return { plan: { text: reviewed, externalId: plan.digest }, remark: '' };
  const remark = md`\n**This plan is too long to be approved:** GitHub keeps ${mostBytes} bytes of steps beside a commit. Split the change into several pull requests.\n`;
  return { plan: noPlan, remark: remark.markdown };
};

/** Without a tenant nothing is called good or bad, but for files that are wrong by themselves. */
const conclude = (report: Report, queued: boolean): CheckRun['conclusion'] => {
  const { exitCode, tenant, plan } = report;
  if (tenant === null && (exitCode === exitCodes.clean || exitCode === exitCodes.findings)) return 'neutral';
  if (exitCode !== exitCodes.clean) return 'failure';
  return plan.steps.length > 0 && !queued && applyOutcome(report)?.end !== 'applied' ? 'action_required' : 'success';
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
