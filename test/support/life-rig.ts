import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { parseAction } from '../../src/action-inputs.ts';
import { sha256 } from '../../src/adapters/hash.ts';
import { readJournal } from '../../src/app/read-journal.ts';
import { type ActionApply, applyInAction } from '../../src/apply-in-action.ts';
import type { ApplyOutcome } from '../../src/apply-report.ts';
import { BrokenRun } from '../../src/core/broken-run.ts';
import type { JournalLine } from '../../src/core/journal.ts';
import type { GitHubServer } from '../../src/emulator/github-state.ts';
import type { RequestLogLine } from '../../src/emulator/request-log.ts';
import { startGitHub } from '../../src/emulator/start-github.ts';
import { writeCloudFile } from '../../src/emulator/write-cloud-file.ts';
import { readRepository } from '../../src/github-run.ts';
import { openBase } from '../../src/open-base.ts';
import { parsePublishInputs } from '../../src/publish-inputs.ts';
import { publishReport } from '../../src/publish-report.ts';
import { runCheck } from '../../src/run-check.ts';
import { type GitRepository, gitRepository } from './git-repository.ts';
import { pushPayload } from './github-events.ts';
import { applyPermissions, jobAuthor, jobToken } from './github-rig.ts';
import { filesOf } from './life-files.ts';
import type { Pull, Push, ReviewedAt, Tree } from './life-model.ts';
import { callers, type LifeTenant, signInAs, startLifeTenant, tenantId } from './life-tenant.ts';
import { temporaryFolder } from './rig.ts';

/** The program was killed: nothing that it would do afterwards happens. */
class Killed extends Error {}

/** How a run ends before its end: asked to, or dead, at the nth time that it does anything between requests. */
export interface Kill {
  readonly by: 'signal' | 'death';
  readonly at: number;
}

/** What a run of the job did, by what the tenant and the disk say. */
export interface Ran {
  /** `null`: it died. */
  readonly outcome: ApplyOutcome | null;
  /** Requests of the program that ask for a change. */
  readonly writes: readonly RequestLogLine[];
  readonly journals: readonly (readonly JournalLine[])[];
}

export interface LifeRig {
  readonly tenant: LifeTenant;
  readonly github: GitHubServer;
  readonly repository: GitRepository;
  readonly startPull: (number: number) => string;
  /** Somebody commits to the branch of the pull request, and pushes. */
  readonly commit: (pull: Pull, tree: Tree, by: string) => string;
  readonly review: (pull: number, who: string, review: ReviewedAt) => void;
  readonly retarget: (pull: Pull) => void;
  readonly check: (pull: Pull) => Promise<boolean>;
  readonly merge: (pull: Pull, method: 'merge' | 'squash' | 'rebase') => Push;
  readonly pushByHand: (tree: Tree) => string;
  readonly apply: (push: Push, kills?: readonly (Kill | null)[]) => Promise<Ran>;
  readonly close: () => Promise<void>;
}

export const startTime = Date.parse('2026-11-22T08:00:00Z');

/** Time goes on. */
export const wait = (milliseconds: number): void => void vi.setSystemTime(Date.now() + milliseconds);

/** A hook that ends a run at the nth time that it is asked. */
const killer = (kill: Kill | null) => {
  let asked = 0;
  const hook = (): boolean => {
    asked += 1;
    const hit = kill !== null && asked >= kill.at;
    if (hit && kill.by === 'death') throw new Killed('killed');
    return hit;
  };
  return hook;
};

/** A repository, its GitHub, and the tenant, all in this process; `Date` has to be a fake one. */
export const startLife = async (first: Tree, lag: number): Promise<LifeRig> => {
  const repository = gitRepository();
  const { folder, git, commit } = repository;
  let files = filesOf(first);
  const base = commit({ 'evidence/README.md': 'none\n', 'policies/README.md': 'none\n', ...files });
  const settings = {
    collaborators: { ada: 'write', grace: 'write', heidi: 'write', mallory: 'write' },
    addresses: { 'test@contoso.example': 'ada' },
  } as const;
  const tokens = [{ token: jobToken, permissions: applyPermissions, author: jobAuthor }];
  const github = await startGitHub({
    ...{ repository: 'contoso/backup-access', tokens, git: folder, plain: true, settings },
  });
  const tenant = await startLifeTenant(lag);
  const cloud = writeCloudFile(tenant.emulator, temporaryFolder());
  let runs = 4711;
  let baseSha = base;
  const inputsOf = (clientId: string, more: Readonly<Record<string, string>>) => {
    const inputs: Readonly<Record<string, string>> = {
      ...{ 'client-id': clientId, 'tenant-id': tenantId, 'github-token': jobToken, cloud, 'fail-on': 'never' },
      policies: join(folder, 'policies'),
      config: join(folder, 'backup-access.yaml'),
      evidence: join(folder, 'evidence'),
      ...more,
    };
    return (name: string): string => inputs[name] ?? '';
  };
  const environmentOf = (event: string, more: Readonly<Record<string, string>> = {}) => {
    runs += 1;
    return {
      ...{ GITHUB_API_URL: github.apiUrl, GITHUB_SERVER_URL: 'https://github.example' },
      ...{ GITHUB_REPOSITORY: 'contoso/backup-access', GITHUB_EVENT_NAME: event },
      ...{ ACTIONS_ID_TOKEN_REQUEST_URL: tenant.emulator.github.oidcUrl, GITHUB_RUN_ATTEMPT: '1' },
      ...{ GITHUB_RUN_ID: String(runs), ...more },
    };
  };
  const write = (tree: Tree): string => {
    const next = filesOf(tree);
    const gone = Object.fromEntries(Object.keys(files).map((path) => [path, null]));
    repository.write({ ...gone, ...next });
    files = next;
    return commit();
  };
  const checkout = (tree: Tree, where: string): void => {
    git('checkout', '--quiet', where);
    files = filesOf(tree);
  };
  const gitHubPull = ({ number, head, base: baseRef }: Pull) => ({
    ...{ number, author: 'ada', headSha: head, headRef: `topic-${number}`, baseRef, baseSha, fork: null },
  });
  let trees = { main: first, topic: first };
  let topic = '';
  const reviews = new Map<string, number>();
  return {
    tenant,
    github,
    repository,
    startPull: (number) => {
      topic = `topic-${number}`;
      git('branch', topic, 'main');
      baseSha = git('rev-parse', 'main');
      trees = { ...trees, topic: trees.main };
      github.putPull({
        ...{ number, author: 'ada', headSha: baseSha, headRef: topic, baseRef: 'main', baseSha, fork: null },
      });
      return baseSha;
    },
    commit: (pull, tree, by) => {
      checkout(trees.topic, topic);
      const head = write(tree);
      trees = { ...trees, topic: tree };
      // The embedded GitHub takes a new head for a push of the author's: this one may be somebody else's.
      github.putPull({ ...gitHubPull({ ...pull, head }), author: by });
      github.putPull(gitHubPull({ ...pull, head }));
      return head;
    },
    review: (pull, who, { state, commit: sha, at }) => {
      const key = `${pull} ${who}`;
      const had = reviews.get(key);
      // A dismissal is a word about the review that is there.
      const id = state === 'DISMISSED' && had !== undefined ? { id: had } : {};
      const said = { author: who, state, commit: sha, submittedAt: new Date(at).toISOString() };
      reviews.set(key, github.putReview({ pull, ...said, ...id }).id);
    },
    retarget: (pull) => github.putPull(gitHubPull(pull)),
    check: async (pull) => {
      checkout(pull.tree, pull.head);
      const environment = environmentOf('pull_request');
      const input = inputsOf(callers.reader, { mode: 'check' });
      const { options } = parseAction(input, environment, new Date());
      const found = readRepository(environment, jobToken);
      if (found === null) throw new Error('no repository');
      const compared = await openBase({ baseSha, headSha: pull.head }, folder, found.access);
      const context = { signIn: signInAs('reader'), progress: () => undefined, patience: 2_000, base: compared };
      const report = await runCheck(options, context);
      const target = { ...found, pull: pull.number, headSha: pull.head, root: folder };
      const told = await publishReport(report, target, parsePublishInputs(input), options);
      return told.checkRun !== null;
    },
    merge: (pull, method) => {
      checkout(trees.main, 'main');
      const before = git('rev-parse', 'HEAD');
      if (method === 'merge') git('merge', '--quiet', '--no-ff', '--message', `Merge #${pull.number}`, topic);
      if (method === 'squash') {
        git('merge', '--quiet', '--squash', topic);
        git('commit', '--quiet', '--allow-empty', '--message', `Squashed (#${pull.number})`);
      }
      // Another committer date, as otherwise Git makes the very same commits.
      if (method === 'rebase') git('cherry-pick', '--allow-empty', '--no-ff', `${before}..${topic}`);
      files = filesOf(pull.tree);
      const after = git('rev-parse', 'HEAD');
      const at = new Date().toISOString();
      github.putPull({ ...gitHubPull(pull), merge: { at, commit: after } });
      github.addPush({ ref: 'refs/heads/main', before, after, at, by: 'ada', type: 'pr_merge' });
      const push = { before, after, treeBefore: trees.main, pull };
      trees = { ...trees, main: pull.tree };
      return push;
    },
    pushByHand: (tree) => {
      checkout(trees.main, 'main');
      const before = git('rev-parse', 'HEAD');
      const after = write(tree);
      trees = { ...trees, main: tree };
      const at = new Date().toISOString();
      github.addPush({ ref: 'refs/heads/main', before, after, at, by: 'mallory', type: 'push' });
      return before;
    },
    apply: async (push, kills = [null]) => {
      checkout(trees.main, 'main');
      const seen = tenant.emulator.requests().length;
      const reports = temporaryFolder();
      const payload = join(reports, 'event.json');
      writeFileSync(payload, JSON.stringify(pushPayload(push.before, push.after)));
      const runOf = async (kill: Kill | null): Promise<ApplyOutcome | null> => {
        const environment = environmentOf('push', {
          ...{ GITHUB_EVENT_PATH: payload, GITHUB_REF: 'refs/heads/main', GITHUB_SHA: push.after },
        });
        const input = inputsOf(callers.writer, { mode: 'apply', 'report-dir': join(reports, String(runs)) });
        const hook = killer(kill);
        const job: ActionApply = {
          action: parseAction(input, environment, new Date()),
          repository: readRepository(environment, jobToken),
          settings: parsePublishInputs(input),
          root: folder,
          signIn: signInAs('writer'),
          progress: () => void hook(),
          stopped: () => (hook() ? 'somebody asked it to end' : null),
          environment,
          pause: async (milliseconds) => {
            hook();
            wait(milliseconds);
          },
        };
        try {
          return await applyInAction(job);
        } catch (error) {
          if (error instanceof Killed || (error instanceof BrokenRun && error.cause instanceof Killed)) return null;
          throw error;
        }
      };
      const outcomes = await Promise.all(kills.map(runOf));
      const journals = globSync(join(reports, '*/journal-*.jsonl')).map((file) => {
        const read = readJournal(readFileSync(file, 'utf8'), sha256);
        if (!read.ok) throw new Error(read.error);
        return read.value.lines;
      });
      rmSync(reports, { recursive: true });
      const log = tenant.emulator.requests().slice(seen);
      const writes = log.filter(({ write: asks, caller }) => asks && caller === callers.writer);
      return { outcome: outcomes[0] ?? null, writes, journals };
    },
    close: async () => {
      await Promise.all([github.close(), tenant.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
