import type { Deployment, DeploymentPort } from '../core/deployment-port.ts';
import { MalformedAnswer, objectOf, stringOf } from '../core/wire.ts';
import { createGitHubRequests, type GitHubAccess } from './github-requests.ts';
import { numberOf } from './github-rows.ts';

/** What a workflow has to grant (source: docs.github.com, permissions required for GitHub Apps). */
const needs = { read: 'deployments: read', write: 'deployments: write' } as const;
/** By this our deployments are told from those of others, and of jobs that name an environment. */
const task = 'backup-access-apply';

const deploymentOf = (value: unknown): Deployment => {
  const row = objectOf(value, 'a deployment');
  if (stringOf(row, 'task') !== task) throw new MalformedAnswer('a deployment is of another task than was asked for');
  const created = stringOf(row, 'created_at');
  if (Number.isNaN(Date.parse(created))) throw new MalformedAnswer('`created_at` is no date');
  return { id: numberOf(row, 'id'), created, payload: row['payload'] };
};

const idOf = (body: unknown): number => numberOf(objectOf(body, 'the answer'), 'id');

export const createGitHubDeployments = (access: GitHubAccess): DeploymentPort => {
  const { ask, askAll } = createGitHubRequests(access);
  const statuses = '/repos/{owner}/{repo}/deployments/{id}/statuses';
  return {
    list: () => askAll('GET /repos/{owner}/{repo}/deployments', { task }, needs.read, deploymentOf),
    states: (id) =>
      askAll(`GET ${statuses}`, { id }, needs.read, (row) => stringOf(objectOf(row, 'a deployment status'), 'state')),
    create: ({ commit, environment, description, payload }) =>
      ask(
        'POST /repos/{owner}/{repo}/deployments',
        {
          ref: commit,
          task,
          environment,
          description,
          payload,
          // What is merged was checked before: nothing is merged here, and no check is waited for.
          auto_merge: false,
          required_contexts: [],
        },
        needs.write,
        idOf,
      ),
    setStatus: async (id, { state, description, logUrl }) =>
      ask(
        `POST ${statuses}`,
        // Earlier records stay as they are: the brake reads them.
        { id, state, description, auto_inactive: false, ...(logUrl === null ? {} : { log_url: logUrl }) },
        needs.write,
        (body) => {
          if (objectOf(body, 'the answer')['state'] !== state)
            throw new MalformedAnswer('the deployment has another state than was asked for');
          return null;
        },
      ),
  };
};
