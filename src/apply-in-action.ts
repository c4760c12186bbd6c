import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ActionRun } from './action-inputs.ts';
import { openJournal } from './adapters/journal-file.ts';
import type { ApplyContext } from './apply-context.ts';
import { type ApplyOutcome, applyNothing, refusedOutcome } from './apply-report.ts';
import { gitHubAuthority } from './authority-github.ts';
import { parseDuration } from './core/duration.ts';
import { parseGitHubEvent } from './github-event.ts';
import type { RepositoryOfRun } from './github-run.ts';
import { governedPaths } from './load-base.ts';
import { loadFiles } from './load-files.ts';
import { mergedFiles } from './merged-files.ts';
import { UsageError } from './options.ts';
import { checkRunName, type PublishSettings } from './publish-inputs.ts';
import { runApply } from './run-apply.ts';
import { chooseTenant } from './run-check.ts';

/** What the entry of the Action hands in. */
export interface ActionApply {
  readonly action: ActionRun;
  readonly repository: RepositoryOfRun | null;
  readonly settings: PublishSettings;
  /** Folder in which the repository is checked out. */
  readonly root: string;
  readonly signIn: ApplyContext['signIn'];
  readonly progress: ApplyContext['progress'];
  readonly stopped: ApplyContext['stopped'];
  readonly environment: NodeJS.ProcessEnv;
  /** Waits these milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

type Environment = NodeJS.ProcessEnv;

const given = (environment: Environment, name: string): string => {
  const value = environment[name] ?? '';
  if (value === '') throw new UsageError(`\`${name}\` is not set: this mode runs in a workflow of GitHub alone`);
  return value;
};

/** The commits that a run is about: of a push, before and after it; of any other event, what is merged. */
const commitsOf = async (event: (typeof events)[number], environment: Environment) => {
  const sha = given(environment, 'GITHUB_SHA');
  if (event !== 'push') return { before: sha, after: sha };
  const payload = await readFile(given(environment, 'GITHUB_EVENT_PATH'), 'utf8');
  const push = parseGitHubEvent('push', JSON.parse(payload));
  if (push.kind !== 'push' || push.after !== sha)
    throw new UsageError(`the payload of \`push\` is of another commit than \`GITHUB_SHA\`, ${sha}`);
  if (push.before === null)
    throw new UsageError('the branch is new: there is nothing before it by which approval could be measured');
  return { before: push.before, after: sha };
};

const events = ['push', 'workflow_dispatch', 'schedule'] as const;

const clock = (): Date => new Date();

/** Applies what was merged, or restores it, as far as GitHub says that it may. Throws `UsageError`, and errors of ours. */
export const applyInAction = async (input: ActionApply): Promise<ApplyOutcome> => {
  const { action, repository, settings, root, environment, pause } = input;
  const { mode, options, reportDir, dryRun, planDigest } = action;
  if (mode !== 'apply' && mode !== 'remediate') throw new Error(`mode ${mode} writes nothing`);
  if (repository === null)
    throw new UsageError(`mode \`${mode}\` asks GitHub what was approved: it needs github-token`);
  const event = events.find((one) => one === environment['GITHUB_EVENT_NAME']);
  if (event === undefined) throw new UsageError(`mode \`${mode}\` runs on ${events.join(', ')} alone`);
  const { before, after } = await commitsOf(event, environment);
  const runId = given(environment, 'GITHUB_RUN_ID');
  const attempt = environment['GITHUB_RUN_ATTEMPT'] || '1';
  const run = repository.runUrl ?? `run ${runId}`;
  const shown = { mode, isDryRun: dryRun, commit: after, signIn: input.signIn, progress: input.progress };
  // Read once: what is compared with the commit is what is applied.
  input.progress('reading policies');
  const files = await loadFiles(options);
  const merged = await mergedFiles({ before, after, root, access: repository.access }, files, options);
  if (!merged.ok) return refusedOutcome(files, options, shown, [merged.error]);
  const { changed, config } = merged.value;
  if (mode === 'apply' && changed.length === 0) return applyNothing(files, options, shown);
  const isGoverned = await governedPaths(root, options);
  const window = parseDuration(config.brake.window);
  if (isGoverned === null || window === null)
    throw new UsageError('the policies lie outside of the repository, or `window` of `brake` is no duration');
  const tenant = chooseTenant(files, options.tenant);
  return runApply(options, {
    ...shown,
    files,
    authority: gitHubAuthority({
      access: repository.access,
      question: {
        event,
        repository: `${repository.access.owner}/${repository.access.repo}`,
        ref: given(environment, 'GITHUB_REF'),
        sha: after,
        runId,
        approval: config.approval,
        environment: tenant?.applyEnvironment ?? null,
        planDigest: planDigest === '' ? null : planDigest,
      },
      window,
      checkName: checkRunName(settings),
      isGoverned,
      runUrl: run,
      nonce: randomUUID(),
      pause,
      clock,
    }),
    journal: () => openJournal(join(reportDir, `journal-${runId}-${attempt}.jsonl`), clock),
    bar: config,
    run,
    pause,
    clock,
    stopped: input.stopped,
  });
};
