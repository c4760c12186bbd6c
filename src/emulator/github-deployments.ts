import { json, type Reply } from './api-request.ts';
import { bodyOf, type GitHubCall, type GitHubContext, idIn, requiredText } from './github-call.ts';
import { commitExists } from './github-git.ts';
import { pageReply } from './github-page.ts';
import { GitHubRefusal, notFoundOnGitHub } from './github-refusal.ts';
import { repoUrl, userRow } from './github-rows.ts';
import { type Json, textOf } from './json.ts';

export interface StoredDeploymentStatus {
  readonly id: number;
  readonly state: string;
  readonly author: string;
  readonly description: string;
  readonly logUrl: string;
  readonly createdAt: string;
}

/** A deployment with its statuses, oldest first. */
export interface StoredDeployment {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly task: string;
  readonly environment: string;
  readonly description: string | null;
  readonly payload: unknown;
  readonly author: string;
  readonly createdAt: string;
  readonly statuses: readonly StoredDeploymentStatus[];
}

const states = ['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success'];
/** Characters of a status's description (source: GitHub REST API, deployment statuses). */
const descriptionAtMost = 140;
const payloadAtMost = 65_535;

const nodeId = (kind: string, id: number): string => Buffer.from(`${kind}${id}`).toString('base64url');

const momentOf = ({ now }: GitHubContext): string => `${now().toISOString().slice(0, 19)}Z`;

const deploymentRow = (context: GitHubContext, deployment: StoredDeployment): Json => {
  const { id, sha, ref, task, environment, description, payload, author, createdAt, statuses } = deployment;
  const url = `${repoUrl(context)}/deployments/${id}`;
  return {
    url,
    id,
    node_id: nodeId('DE', id),
    sha,
    ref,
    task,
    payload,
    original_environment: environment,
    environment,
    description,
    creator: userRow(context, author),
    created_at: createdAt,
    updated_at: statuses.at(-1)?.createdAt ?? createdAt,
    statuses_url: `${url}/statuses`,
    repository_url: repoUrl(context),
    transient_environment: false,
    production_environment: environment === 'production',
    performed_via_github_app: null,
  };
};

const statusRow = (context: GitHubContext, deployment: StoredDeployment, status: StoredDeploymentStatus): Json => {
  const { id, state, author, description, logUrl, createdAt } = status;
  const url = `${repoUrl(context)}/deployments/${deployment.id}`;
  return {
    url: `${url}/statuses/${id}`,
    id,
    node_id: nodeId('DES', id),
    state,
    creator: userRow(context, author),
    description,
    environment: deployment.environment,
    target_url: logUrl,
    log_url: logUrl,
    environment_url: '',
    created_at: createdAt,
    updated_at: createdAt,
    deployment_url: url,
    repository_url: repoUrl(context),
    performed_via_github_app: null,
  };
};

/** `GET …/deployments`, newest first. */
export const listDeployments = (call: GitHubCall): Reply => {
  const { query } = call.request;
  const isAsked = (deployment: StoredDeployment): boolean =>
    (['sha', 'ref', 'task', 'environment'] as const).every((field) => {
      const wanted = query.get(field);
      return wanted === null || wanted === 'none' || deployment[field] === wanted;
    });
  const found = [...call.context.store.deployments.values()].reverse().filter(isAsked);
  return pageReply(call, found, (deployment) => deploymentRow(call.context, deployment));
};

/** `POST …/deployments`. */
export const createDeployment = async (call: GitHubCall): Promise<Reply> => {
  const { context, token } = call;
  const body = bodyOf(call);
  const ref = requiredText(body, 'ref');
  if (!(await commitExists(context.options.git, ref))) throw new GitHubRefusal(422, `No ref found for: ${ref}`);
  const payload = body['payload'] ?? {};
  if (JSON.stringify(payload).length > payloadAtMost) throw new GitHubRefusal(422, 'Validation Failed');
  const deployment = {
    id: context.store.nextId(),
    sha: ref,
    ref,
    task: textOf(body, 'task') || 'deploy',
    environment: textOf(body, 'environment') || 'production',
    description: textOf(body, 'description') || null,
    payload,
    author: token.author,
    createdAt: momentOf(context),
    statuses: [],
  };
  context.store.deployments.set(deployment.id, deployment);
  return json(deploymentRow(context, deployment), 201);
};

const deploymentIn = (call: GitHubCall): StoredDeployment => {
  const found = call.context.store.deployments.get(idIn(call, 0));
  if (found === undefined) throw notFoundOnGitHub();
  return found;
};

/** `GET …/deployments/{id}/statuses`, newest first. */
export const listDeploymentStatuses = (call: GitHubCall): Reply => {
  const deployment = deploymentIn(call);
  return pageReply(call, [...deployment.statuses].reverse(), (status) => statusRow(call.context, deployment, status));
};

/** `POST …/deployments/{id}/statuses`: success makes those before in the same environment inactive, unless told not to. */
export const createDeploymentStatus = (call: GitHubCall): Reply => {
  const { context, token } = call;
  const { store } = context;
  const deployment = deploymentIn(call);
  const body = bodyOf(call);
  const [state, description] = [requiredText(body, 'state'), textOf(body, 'description')];
  if (!states.includes(state)) throw new GitHubRefusal(422, `${state} is not a member of ${states.join(', ')}.`);
  if (description.length > descriptionAtMost)
    throw new GitHubRefusal(422, `description is too long (maximum is ${descriptionAtMost} characters)`);
  const common = { author: token.author, createdAt: momentOf(context) };
  const add = (to: StoredDeployment, status: Pick<StoredDeploymentStatus, 'state' | 'description' | 'logUrl'>) => {
    const added = { ...common, ...status, id: store.nextId() };
    store.deployments.set(to.id, { ...to, statuses: [...to.statuses, added] });
    return added;
  };
  const added = add(deployment, { state, description, logUrl: textOf(body, 'log_url') });
  const retires = state === 'success' && body['auto_inactive'] !== false;
  for (const other of retires ? [...store.deployments.values()] : [])
    if (other.id < deployment.id && other.environment === deployment.environment && other.environment !== 'production')
      add(other, { state: 'inactive', description: '', logUrl: '' });
  return json(statusRow(context, deployment, added), 201);
};
