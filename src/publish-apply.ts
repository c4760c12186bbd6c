import { publish } from './app/publish.ts';
import type { Published } from './core/published.ts';
import type { Report } from './core/report.ts';
import type { RepositoryOfRun } from './github-run.ts';
import type { PublishSettings } from './publish-inputs.ts';
import { renderApplyComment } from './report/apply-comment.ts';
import { applyMarker } from './report/comment-marker.ts';
import { repositoryPath } from './repository-path.ts';
import { ruleUri } from './version.ts';

/** Tells the pull request that was merged what became of it; `null` where none is known or nothing is to be said. */
export const publishApply = async (
  report: Report,
  { access, repositoryUrl, runUrl }: RepositoryOfRun,
  { tag, author, comment }: PublishSettings,
  root: string,
): Promise<Published | null> => {
  const pull = report.apply?.pull ?? null;
  if (pull === null || !comment) return null;
  const about = { tag, runUrl, reportName: null, repositoryUrl, ruleUrl: ruleUri, pathOf: repositoryPath(root) };
  const { createGitHub } = await import('./adapters/github.ts');
  return publish(createGitHub(access), {
    pull,
    headSha: report.apply?.commit ?? '',
    author,
    comment: { marker: applyMarker(tag), body: renderApplyComment(report, about), onlyUpdate: false },
    checkRun: null,
    suggestions: null,
  });
};
