import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAction } from '../../src/action-inputs.ts';
import { readCloud } from '../../src/adapters/cloud.ts';
import { connect } from '../../src/adapters/connect.ts';
import { type ActionApply, applyInAction } from '../../src/apply-in-action.ts';
import type { ApplyOutcome } from '../../src/apply-report.ts';
import type { WriteRequest } from '../../src/core/write.ts';
import type { FaultScript } from '../../src/emulator/faults.ts';
import type { GitHubPull, GitHubServer } from '../../src/emulator/github-state.ts';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { startGitHub } from '../../src/emulator/start-github.ts';
import { loadTenantFile } from '../../src/emulator/tenant-file.ts';
import type { TenantState } from '../../src/emulator/tenant-state.ts';
import { writeCloudFile } from '../../src/emulator/write-cloud-file.ts';
import { readRepository } from '../../src/github-run.ts';
import { parsePublishInputs } from '../../src/publish-inputs.ts';
import { type GitRepository, gitRepository } from './git-repository.ts';
import { dispatchPayload, pullRequestPayload, pushPayload } from './github-events.ts';
import { applyPermissions, jobAuthor, jobToken, openPull } from './github-rig.ts';
import { serveTenant, tidyTenant } from './pull-request-rig.ts';
import { temporaryFolder } from './rig.ts';
import { runAction, type StepResult } from './run-action.ts';

const documented = loadTenantFile('examples/contoso/tenant.yaml');
const example = 'examples/least-privilege';

/** The app that writes: no policy names it. */
export const applyClient = 'c0ffee00-0000-4000-8000-0000000000aa';
const applyEnvironment = 'backup-access-apply';
export const approver = 'grace';

const group = '/providers/Microsoft.Management/managementGroups/mg-contoso';
const [reader] = tidyTenant.callers ?? [];

const writer = {
  appId: applyClient,
  secret: 'apply-example-secret',
  roles: [...(reader?.roles ?? []), 'AppRoleAssignment.ReadWrite.All', 'DelegatedPermissionGrant.ReadWrite.All'],
  armRoles: [
    { role: 'Reader', scope: group },
    { role: 'Role Based Access Control Administrator', scope: group },
  ],
  federatedIdentityCredentials: [
    {
      name: 'github-environment',
      issuer: 'https://token.actions.githubusercontent.com',
      // The embedded tenant's tokens all have one subject.
      subject: 'repo:contoso@118273/backup-access@774120:pull_request',
      audiences: ['api://AzureADTokenExchange'],
    },
  ],
};

const readerObject = '23770c14-b405-4f43-b157-def07c95c073';
const isReaders = ({ principalId }: Readonly<Record<string, unknown>>): boolean => principalId === readerObject;

/** All else as after the clean-up, and every grant as the vendors' documentation has it. */
export const documentedAccess: TenantState = {
  ...tidyTenant,
  callers: [...(tidyTenant.callers ?? []), writer],
  graph: {
    ...tidyTenant.graph,
    appRoleAssignments: [
      ...(documented.graph?.appRoleAssignments ?? []).filter((one) => !isReaders(one)),
      ...(tidyTenant.graph?.appRoleAssignments ?? []).filter(isReaders),
    ],
    oauth2PermissionGrants: documented.graph?.oauth2PermissionGrants ?? [],
  },
  arm: {
    ...tidyTenant.arm,
    roleAssignments: [
      ...(documented.arm?.roleAssignments ?? []).filter((one) => !isReaders(one)),
      ...(tidyTenant.arm?.roleAssignments ?? []).filter(isReaders),
    ],
  },
};

/** The same as after the clean-up, with a writer. */
export const tidyAccess: TenantState = { ...tidyTenant, callers: documentedAccess.callers ?? [] };

/** Files of a folder, by their paths from where it lies. */
const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => {
        const path = join(parentPath, name);
        return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
      }),
  );

/** Policies of the example, as paths of a repository. */
export const leastPolicies: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(filesIn(`${example}/policies`)).map(([name, text]) => [`policies/${name}`, text]),
);

/** The configuration that tests approve by. */
export const configOf = (more = ''): string =>
  [
    readFileSync(`${example}/backup-access.yaml`, 'utf8').replace(
      /( {4}read:\n {6}clientId: .*\n)/,
      `$1    apply:\n      clientId: "${applyClient}"\n      environment: ${applyEnvironment}\n`,
    ),
    `approval:\n  required: 1\n  approvers: [${approver}]\n`,
    more,
  ].join('');

export const wideBrake = 'brake: { revokes: 500, percent: 100, perIdentity: 100, window: P7D }\n';

export interface MergeOptions {
  readonly tenant?: TenantState;
  readonly faults?: FaultScript;
  readonly config?: string;
  /** Policies of the base. */
  readonly base?: Readonly<Record<string, string>>;
}

export type MergeMethod = 'merge' | 'squash' | 'rebase';

export interface MergeRig {
  readonly repository: GitRepository;
  readonly github: GitHubServer;
  readonly emulator: Emulator;
  /** Commits to the pull request and checks it, as the workflow does. */
  readonly propose: (files: Readonly<Record<string, string | null>>) => Promise<StepResult>;
  readonly approve: (by?: string, over?: { readonly commit?: string; readonly at?: string }) => void;
  /** Merges, and checks out what came of it. */
  readonly merge: (method?: MergeMethod) => void;
  /** Runs the job that a push to the default branch starts. */
  readonly apply: (inputs?: Readonly<Record<string, string>>) => Promise<StepResult>;
  /** The same in this process, without waiting between reads. */
  readonly applyHere: (over?: Partial<ActionApply>) => Promise<ApplyOutcome>;
  /** Runs the job that a person starts. */
  readonly remediate: (inputs: Readonly<Record<string, string>>) => Promise<StepResult>;
  /** Somebody changes the tenant by hand. */
  readonly send: (request: WriteRequest) => Promise<void>;
  readonly pull: () => GitHubPull;
  readonly close: () => Promise<void>;
}

/** A repository, a pull request number 7, people who review it, and the tenant that it is about. */
export const startMerge = async (options: MergeOptions = {}): Promise<MergeRig> => {
  const { tenant = documentedAccess, faults = [], config = configOf(wideBrake), base = {} } = options;
  const repository = gitRepository();
  const { folder, git, commit } = repository;
  cpSync(join(example, 'evidence'), join(folder, 'evidence'), { recursive: true });
  const first = commit({ '.gitignore': 'report/\n.runner/\n', 'backup-access.yaml': config, ...base });
  git('branch', 'topic');
  let pull = openPull({ baseSha: first, headSha: first, headRef: 'topic' });
  let before = first;
  const github = await startGitHub({
    repository: 'contoso/backup-access',
    tokens: [{ token: jobToken, permissions: applyPermissions, author: jobAuthor }],
    git: folder,
    plain: true,
    settings: {
      collaborators: { ada: 'write', grace: 'write', linus: 'write' },
      addresses: { 'test@contoso.example': 'ada' },
      environments: [{ name: applyEnvironment, reviewers: [approver], branches: 'protected' }],
    },
  });
  const emulator = await serveTenant(tenant, faults);
  const cloud = temporaryFolder();
  const cloudFile = writeCloudFile(emulator, cloud);
  let runs = 4711;
  const env = () => ({
    ACTIONS_ID_TOKEN_REQUEST_URL: emulator.github.oidcUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: emulator.github.requestToken,
    NODE_EXTRA_CA_CERTS: join(cloud, 'ca.pem'),
    GITHUB_API_URL: github.apiUrl,
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_RUN_ID: String(runs),
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_SHA: git('rev-parse', 'HEAD'),
  });
  const inputsOf = (clientId: string, more: Readonly<Record<string, string>>) => ({
    'client-id': clientId,
    'tenant-id': tidyTenant.tenantId,
    'github-token': jobToken,
    cloud: cloudFile,
    'as-of': '2026-11-22',
    ...more,
  });
  const run = (event: string, payload: unknown, inputs: Readonly<Record<string, string>>): Promise<StepResult> => {
    runs += 1;
    rmSync(join(folder, 'report'), { recursive: true, force: true });
    return runAction({ workspace: folder, event, payload, inputs, env: env() });
  };
  return {
    repository,
    github,
    emulator,
    pull: () => pull,
    propose: (files) => {
      git('checkout', '--quiet', 'topic');
      const headSha = commit(files);
      pull = { ...pull, headSha };
      github.putPull(pull);
      git('checkout', '--quiet', '--detach', 'main');
      git('merge', '--quiet', '--no-ff', '--message', 'merge', 'topic');
      const payload = pullRequestPayload(pull, { action: 'synchronize' });
      return run('pull_request', payload, inputsOf(reader?.appId ?? '', { 'fail-on': 'never' }));
    },
    approve: (by = approver, { commit: sha = pull.headSha, at = new Date().toISOString() } = {}) => {
      github.putReview({ pull: pull.number, author: by, state: 'APPROVED', commit: sha, submittedAt: at });
    },
    merge: (method = 'merge') => {
      before = git('rev-parse', 'main');
      git('checkout', '--quiet', 'main');
      if (method === 'merge') git('merge', '--quiet', '--no-ff', '--message', 'Merge pull request #7', 'topic');
      if (method === 'squash') {
        git('merge', '--quiet', '--squash', 'topic');
        git('commit', '--quiet', '--message', 'Squashed (#7)');
      }
      if (method === 'rebase') git('cherry-pick', '--allow-empty', `${before}..topic`);
      const sha = git('rev-parse', 'HEAD');
      const at = new Date().toISOString();
      pull = { ...pull, merge: { at, commit: sha } };
      github.putPull(pull);
      github.addPush({ ref: 'refs/heads/main', before, after: sha, at, by: 'ada', type: 'pr_merge' });
    },
    apply: (inputs = {}) => {
      const sha = git('rev-parse', 'HEAD');
      return run('push', pushPayload(before, sha), inputsOf(applyClient, { mode: 'apply', ...inputs }));
    },
    applyHere: async (over = {}) => {
      runs += 1;
      const sha = git('rev-parse', 'HEAD');
      const payload = join(temporaryFolder(), 'event.json');
      writeFileSync(payload, JSON.stringify(pushPayload(before, sha)));
      const environment = {
        ...env(),
        GITHUB_EVENT_NAME: 'push',
        GITHUB_EVENT_PATH: payload,
        GITHUB_REPOSITORY: 'contoso/backup-access',
      };
      const inputs: Readonly<Record<string, string>> = {
        ...inputsOf(applyClient, { mode: 'apply' }),
        policies: join(folder, 'policies'),
        config: join(folder, 'backup-access.yaml'),
        evidence: join(folder, 'evidence'),
        'report-dir': join(folder, 'report', String(runs)),
      };
      const input = (name: string): string => inputs[name] ?? '';
      const by = { type: 'secret' as const, secret: writer.secret };
      return applyInAction({
        action: parseAction(input, environment, new Date()),
        repository: readRepository(environment, jobToken),
        settings: parsePublishInputs(input),
        root: folder,
        signIn: () => ({ tenantId: tidyTenant.tenantId, clientId: applyClient, by }),
        progress: () => undefined,
        stopped: () => null,
        environment,
        pause: async () => undefined,
        ...over,
      });
    },
    remediate: (inputs) => {
      const sha = git('rev-parse', 'HEAD');
      const startedAt = new Date().toISOString();
      const by = { by: approver, state: 'approved' as const, environments: [applyEnvironment] };
      const own = { event: 'workflow_dispatch', sha, attempt: 1, startedAt, actor: 'linus', starter: 'linus' };
      github.putRun({ id: runs + 1, ...own, reviews: [by] });
      return run('workflow_dispatch', dispatchPayload(), inputsOf(applyClient, { mode: 'remediate', ...inputs }));
    },
    send: async (request) => {
      const by = { type: 'secret' as const, secret: writer.secret };
      const signIn = { tenantId: tidyTenant.tenantId, clientId: applyClient, by };
      const { write } = await connect(signIn, await readCloud(cloudFile), 5_000, { write: true });
      const answer = await write?.send(request);
      if (answer?.came !== true || answer.status >= 400) throw new Error('the tenant was not changed by hand');
    },
    close: async () => {
      await Promise.all([github.close(), emulator.close()]);
    },
  };
};
