import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultScript } from '../../src/emulator/faults.ts';
import type { GitHubPull, GitHubServer, GitHubServerOptions } from '../../src/emulator/github-state.ts';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { startGitHub } from '../../src/emulator/start-github.ts';
import { loadTenantFile } from '../../src/emulator/tenant-file.ts';
import type { TenantState } from '../../src/emulator/tenant-state.ts';
import { writeCloudFile } from '../../src/emulator/write-cloud-file.ts';
import { knownToEmulator } from '../../src/known-to-emulator.ts';
import { type GitRepository, gitRepository } from './git-repository.ts';
import { mergeGroupPayload, pullRequestPayload } from './github-events.ts';
import { jobAuthor, jobPermissions, jobToken, openPull } from './github-rig.ts';
import { temporaryFolder } from './rig.ts';
import { runAction, type StepResult } from './run-action.ts';

const example = 'examples/least-privilege';
/** The tenant in which all is well by the policies of the same example. */
export const tidyTenant: TenantState = loadTenantFile(`${example}/tenant.yaml`);
/** A policy of it that asks for permissions of Microsoft Graph, and the line below which more can be asked for. */
export const mailPolicy = 'policies/catalogic-vplus.yaml';
const firstLines = '        - permission: Sites.Read.All\n          purpose: sites, and OneDrive with them\n';

/** That policy, asking for these permissions too. */
export const askingFor = (...permissions: readonly string[]): string =>
  readFileSync(join(example, mailPolicy), 'utf8').replace(
    firstLines,
    firstLines + permissions.map((name) => `        - permission: ${name}\n          purpose: more\n`).join(''),
  );

/** Tokens of jobs whose workflows grant less. */
export const lesserTokens = {
  onlyReads: {
    token: 'ghs_reads000000000000000000000000000000',
    permissions: { contents: 'read', 'pull-requests': 'read', checks: 'read' },
  },
  noPulls: {
    token: 'ghs_nopulls0000000000000000000000000000',
    permissions: { contents: 'read', 'pull-requests': 'read', checks: 'write' },
  },
} as const;

/** How one run of the workflow differs from a run for a branch of the same repository. */
export interface RunOptions {
  readonly token?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** A tenant of later; `null`: the run gets no OIDC token. */
  readonly tenant?: Emulator | null;
  readonly queued?: boolean;
  readonly sender?: string;
  readonly apiUrl?: string;
}

/** A repository with policies, its pull request number 7 on an embedded GitHub, and the tenant that they are about. */
export interface PullRequestRig {
  readonly repository: GitRepository;
  readonly github: GitHubServer;
  readonly emulator: Emulator;
  /** Commits to the pull request, and checks out what a merge would make of it, as `actions/checkout` does. */
  readonly push: (files: Readonly<Record<string, string | null>>) => GitHubPull;
  readonly run: (options?: RunOptions) => Promise<StepResult>;
  readonly close: () => Promise<void>;
}

/** Serves a tenant to workflows of the repository. */
export const serveTenant = (tenant: TenantState = tidyTenant, faults: FaultScript = []): Promise<Emulator> =>
  startEmulator({
    tenant,
    faults,
    github: { subject: 'repo:contoso@118273/backup-access@774120:pull_request' },
    ...knownToEmulator(),
  });

const oidcOf = (emulator: Emulator): { readonly cloud: string; readonly env: Readonly<Record<string, string>> } => {
  const folder = temporaryFolder();
  return {
    cloud: writeCloudFile(emulator, folder),
    env: {
      ACTIONS_ID_TOKEN_REQUEST_URL: emulator.github.oidcUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: emulator.github.requestToken,
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    },
  };
};

/** Starts all of it, with a pull request that holds nothing yet. */
export const startPullRequest = async (
  over: Partial<GitHubPull> = {},
  served: Partial<GitHubServerOptions> = {},
): Promise<PullRequestRig> => {
  const repository = gitRepository();
  const { folder, git, commit } = repository;
  for (const part of ['policies', 'evidence', 'backup-access.yaml'])
    cpSync(join(example, part), join(folder, part), { recursive: true });
  const baseSha = commit({ '.gitignore': 'report/\n' });
  git('branch', 'topic');
  let pull = openPull({ baseSha, headSha: baseSha, ...over });
  const author = jobAuthor;
  const github = await startGitHub({
    repository: 'contoso/backup-access',
    tokens: [
      { token: jobToken, permissions: jobPermissions, author },
      ...Object.values(lesserTokens).map((one) => ({ ...one, author })),
    ],
    pulls: [pull],
    git: folder,
    plain: true,
    ...served,
  });
  const emulator = await serveTenant();
  return {
    repository,
    github,
    emulator,
    push: (files) => {
      git('checkout', '--quiet', 'topic');
      const headSha = commit(files);
      pull = { ...pull, headSha };
      github.putPull(pull);
      git('checkout', '--quiet', '--detach', 'main');
      git('merge', '--quiet', '--no-ff', '--message', 'merge', 'topic');
      return pull;
    },
    run: ({
      token = jobToken,
      inputs = {},
      tenant = emulator,
      queued = false,
      sender,
      apiUrl = github.apiUrl,
    } = {}) => {
      const oidc = tenant === null ? null : oidcOf(tenant);
      return runAction({
        workspace: folder,
        event: queued ? 'merge_group' : 'pull_request',
        payload: queued
          ? mergeGroupPayload(pull.baseSha, git('rev-parse', 'HEAD'))
          : pullRequestPayload(pull, { action: 'synchronize', ...(sender === undefined ? {} : { sender }) }),
        inputs: {
          'as-of': '2026-11-22',
          'client-id': tidyTenant.callers?.[0]?.appId ?? '',
          'tenant-id': tidyTenant.tenantId,
          'github-token': token,
          ...(oidc === null ? {} : { cloud: oidc.cloud }),
          ...inputs,
        },
        env: {
          GITHUB_API_URL: apiUrl,
          GITHUB_SERVER_URL: 'https://github.example',
          GITHUB_RUN_ID: '4711',
          ...oidc?.env,
        },
      });
    },
    close: async () => {
      await Promise.all([github.close(), emulator.close()]);
    },
  };
};
