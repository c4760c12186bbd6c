import { createRequire } from 'node:module';
import type { GitHubPull } from '../../src/emulator/github-state.ts';

/** A webhook's payload, as the runner puts it into the file at `GITHUB_EVENT_PATH`. */
export type Payload = Readonly<Record<string, unknown>>;

interface Definition {
  readonly name: string;
  readonly examples: readonly Payload[];
}

const definitions = createRequire(import.meta.url)('@octokit/webhooks-examples') as readonly Definition[];

/** Every payload of an event that GitHub's own collection holds. */
export const examplesOf = (event: string): readonly Payload[] =>
  definitions.find(({ name }) => name === event)?.examples ?? [];

const exampleOf = (event: string, action: string | null): Payload => {
  const found = examplesOf(event).find((payload) => action === null || payload['action'] === action);
  if (found === undefined) throw new Error(`there is no example of ${event} ${action ?? ''}`);
  return found;
};

const partOf = (payload: Payload, name: string): Payload => payload[name] as Payload;

/** The repository of an example under another name, as `owner/name`. */
const renamed = (repository: Payload, fullName: string): Payload => {
  const [login, name] = fullName.split('/');
  return { ...repository, name, full_name: fullName, owner: { ...partOf(repository, 'owner'), login } };
};

const here = 'contoso/backup-access';

/** `pull_request` for a pull request of the embedded GitHub; `sender` is whoever opened it where not said. */
export const pullRequestPayload = (
  pull: GitHubPull,
  { action = 'opened', repository = here, sender = pull.author } = {},
): Payload => {
  const example = exampleOf('pull_request', action);
  const inner = partOf(example, 'pull_request');
  const side = (name: 'head' | 'base', ref: string, sha: string, of: string): Payload => {
    const given = partOf(inner, name);
    const repo = renamed(partOf(given, 'repo'), of);
    return { ...given, label: `${of.split('/')[0]}:${ref}`, ref, sha, repo: { ...repo, fork: of !== repository } };
  };
  const user = (login: string): Payload => ({ ...partOf(example, 'sender'), login });
  return {
    ...example,
    number: pull.number,
    pull_request: {
      ...inner,
      number: pull.number,
      user: user(pull.author),
      head: side('head', pull.headRef, pull.headSha, pull.fork ?? repository),
      base: side('base', pull.baseRef, pull.baseSha, repository),
    },
    repository: renamed(partOf(example, 'repository'), repository),
    sender: user(sender),
  };
};

/** `merge_group`: the merge queue asks for checks. */
export const mergeGroupPayload = (baseSha: string, headSha: string, repository = here): Payload => {
  const example = exampleOf('merge_group', 'checks_requested');
  const group = { ...partOf(example, 'merge_group'), base_sha: baseSha, head_sha: headSha };
  return { ...example, merge_group: group, repository: renamed(partOf(example, 'repository'), repository) };
};

/** `push` to a branch. */
export const pushPayload = (before: string, after: string, ref = 'refs/heads/main', repository = here): Payload => {
  const example = exampleOf('push', null);
  return { ...example, ref, before, after, repository: renamed(partOf(example, 'repository'), repository) };
};

/** `workflow_dispatch` with inputs. */
export const dispatchPayload = (inputs: Payload = {}, ref = 'refs/heads/main', repository = here): Payload => {
  const example = exampleOf('workflow_dispatch', null);
  return { ...example, inputs, ref, repository: renamed(partOf(example, 'repository'), repository) };
};
