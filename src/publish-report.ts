import { readFile } from 'node:fs/promises';
import type { GitHubAccess } from './adapters/github-requests.ts';
import { sha256 } from './adapters/hash.ts';
import { hashOf } from './app/plan-digest.ts';
import { type Publication, publish } from './app/publish.ts';
import type { NotTold, Published } from './core/published.ts';
import type { Report } from './core/report.ts';
import { reviewedText } from './core/reviewed-plan.ts';
import { judgeEdits } from './judge-edits.ts';
import type { CheckOptions } from './options.ts';
import { checkRunName, type PublishSettings } from './publish-inputs.ts';
import { checkRunOf } from './report/check-run.ts';
import { commentMarker } from './report/comment-marker.ts';
import { renderComment, touchesNothing } from './report/render-comment.ts';
import { suggestionMarker, suggestionsOf } from './report/suggestions.ts';
import { isComplete } from './report/tell-outcome.ts';
import { repositoryPath } from './repository-path.ts';
import { ruleUri } from './version.ts';

/** Where on GitHub a report is told. */
export interface PublishTarget {
  readonly access: GitHubAccess;
  /** `https://github.com/contoso/backup-policies`. */
  readonly repositoryUrl: string;
  readonly runUrl: string | null;
  /** `null` in a merge queue. */
  readonly pull: number | null;
  readonly headSha: string;
  /** Folder in which the repository is checked out. */
  readonly root: string;
}

/** The files that fixes speak of, as they lie on the disk. One that can't be read has no suggestion. */
const readTexts = async (report: Report): Promise<ReadonlyMap<string, string>> => {
  const files = new Set(report.findings.flatMap(({ fix }) => (fix?.edits ?? []).map(({ file }) => file)));
  const texts = new Map<string, string>();
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text !== null) texts.set(file, text.replace(/^\ufeff/, ''));
  }
  return texts;
};

/** The steps of the plan, as the gate finds them again on the head commit. */
const reviewedOf = ({ plan: { digest, steps } }: Report): string =>
  reviewedText({ digest, steps: new Map(steps.map((step) => [step.id, hashOf(step, sha256)])) }, sha256);

const publicationOf = async (
  report: Report,
  { pull, headSha, root, repositoryUrl, runUrl }: PublishTarget,
  settings: PublishSettings,
  options: CheckOptions,
): Promise<Publication> => {
  const { tag, author } = settings;
  const pathOf = repositoryPath(root);
  const about = { tag, runUrl, reportName: null, repositoryUrl, ruleUrl: ruleUri, pathOf };
  const texts = settings.suggestions ? await readTexts(report) : new Map<string, string>();
  const isGood = texts.size === 0 ? () => false : await judgeEdits(options);
  const untouched = touchesNothing(report);
  return {
    pull,
    headSha,
    author,
    comment: settings.comment
      ? { marker: commentMarker(tag), body: renderComment(report, about), onlyUpdate: untouched }
      : null,
    checkRun: settings.checkRun
      ? checkRunOf(report, {
          name: checkRunName(settings),
          headSha,
          queued: pull === null,
          pathOf,
          reviewed: reviewedOf(report),
        })
      : null,
    suggestions: settings.suggestions
      ? {
          marker: suggestionMarker(tag),
          settled: isComplete(report) && report.diagnostics.length === 0,
          of: (changed) => suggestionsOf(report, { texts, pathOf, changed, tag, isGood }),
        }
      : null,
  };
};

/** Tells GitHub what a run found. Never throws: what failed is in the answer. */
export const publishReport = async (
  report: Report,
  target: PublishTarget,
  settings: PublishSettings,
  options: CheckOptions,
): Promise<Published> => {
  try {
    const { createGitHub } = await import('./adapters/github.ts');
    return await publish(createGitHub(target.access), await publicationOf(report, target, settings, options));
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'unknown';
    const broken = (what: NotTold['what']): NotTold => ({ what, reason: 'broken', needs: '', detail });
    const notTold = [
      ...(settings.comment ? [broken('comment')] : []),
      ...(settings.checkRun ? [broken('check run')] : []),
      ...(settings.suggestions ? [broken('suggestions')] : []),
    ];
    return { comment: null, checkRun: null, suggestions: null, remarks: [], notTold };
  }
};
