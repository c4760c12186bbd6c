import type { GitHubAccess } from '../../src/adapters/github-requests.ts';
import type {
  GitHubPermissions,
  GitHubPull,
  GitHubServer,
  GitHubServerOptions,
} from '../../src/emulator/github-state.ts';
import { startGitHub } from '../../src/emulator/start-github.ts';

/** The token of a job in these tests. */
export const jobToken = 'ghs_job0000000000000000000000000000000000';
export const jobAuthor = 'github-actions[bot]';
/** What the example workflows grant. */
export const jobPermissions: GitHubPermissions = { contents: 'read', 'pull-requests': 'write', checks: 'write' };

/** What the example workflow of merges grants. */
export const applyPermissions: GitHubPermissions = {
  contents: 'write',
  'pull-requests': 'write',
  checks: 'write',
  deployments: 'write',
  actions: 'read',
};

export const openPull = (more: Partial<GitHubPull> = {}): GitHubPull => ({
  number: 7,
  author: 'ada',
  headSha: '1'.repeat(40),
  baseSha: '0'.repeat(40),
  headRef: 'backup-of-mail',
  baseRef: 'main',
  fork: null,
  ...more,
});

/** The embedded GitHub with one pull request and one job's token, by plain HTTP unless `plain: false`. */
export const serveGitHub = (
  options: Partial<GitHubServerOptions> & { readonly permissions?: GitHubPermissions } = {},
): Promise<GitHubServer> => {
  const { permissions = jobPermissions, ...rest } = options;
  return startGitHub({
    repository: 'contoso/backup-access',
    tokens: [{ token: jobToken, permissions, author: jobAuthor }],
    pulls: [openPull()],
    plain: true,
    ...rest,
  });
};

/** How the job reaches it. */
export const accessTo = (server: GitHubServer, more: Partial<GitHubAccess> = {}): GitHubAccess => ({
  token: jobToken,
  owner: 'contoso',
  repo: 'backup-access',
  apiUrl: server.apiUrl,
  ...more,
});
