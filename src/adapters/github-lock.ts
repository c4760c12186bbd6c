import type { LockPort } from '../core/lock-port.ts';
import { ok } from '../core/result.ts';
import { MalformedAnswer, objectOf, stringOf } from '../core/wire.ts';
import { createGitHubRequests, type GitHubAccess } from './github-requests.ts';

/** What a workflow has to grant (source: docs.github.com, permissions required for GitHub Apps). */
const needs = { read: 'contents: read', write: 'contents: write' } as const;
const shaPattern = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

const shaIn = (value: unknown, what: string): string => {
  const sha = stringOf(objectOf(value, what), 'sha');
  if (!shaPattern.test(sha)) throw new MalformedAnswer('`sha` is no id of a commit');
  return sha;
};

/** Commit that a ref points to; another ref, or a tag, is no answer. */
const pointsTo = (body: unknown, name: string): string => {
  const row = objectOf(body, 'the ref');
  if (stringOf(row, 'ref') !== refOf(name)) throw new MalformedAnswer('the answer is about another ref');
  const object = objectOf(row['object'], '`object`');
  if (object['type'] !== 'commit') throw new MalformedAnswer('the ref points to no commit');
  return shaIn(object, '`object`');
};

const refOf = (name: string): string => `refs/backup-access-guard/${name}`;

/** The ref behind a lock. It is no branch: nothing builds it, nobody sees it, and no rule for branches is in its way. */
export const createGitHubLock = (access: GitHubAccess): LockPort => {
  const { ask } = createGitHubRequests(access);
  const reached = (name: string, sha: string) => (body: unknown) => {
    if (pointsTo(body, name) !== sha) throw new MalformedAnswer('the ref points to another commit than was asked for');
    return null;
  };
  return {
    head: async (name) => {
      const route = 'GET /repos/{owner}/{repo}/git/ref/backup-access-guard/{name}';
      const found = await ask(route, { name }, needs.read, (body) => pointsTo(body, name));
      return !found.ok && found.error.status === 404 ? ok(null) : found;
    },
    readCommit: (sha) =>
      ask('GET /repos/{owner}/{repo}/git/commits/{sha}', { sha }, needs.read, (body) => {
        const row = objectOf(body, 'the commit');
        if (shaIn(row, 'the commit') !== sha) throw new MalformedAnswer('the answer is about another commit');
        return { sha, tree: shaIn(row['tree'], '`tree`'), message: stringOf(row, 'message') };
      }),
    createTree: ({ path, text }) =>
      ask(
        'POST /repos/{owner}/{repo}/git/trees',
        { tree: [{ path, mode: '100644', type: 'blob', content: text }] },
        needs.write,
        (body) => shaIn(body, 'the tree'),
      ),
    createCommit: ({ message, tree, parent }) =>
      ask(
        'POST /repos/{owner}/{repo}/git/commits',
        { message, tree, parents: parent === null ? [] : [parent] },
        needs.write,
        (body) => shaIn(body, 'the commit'),
      ),
    createRef: (name, sha) =>
      ask('POST /repos/{owner}/{repo}/git/refs', { ref: refOf(name), sha }, needs.write, reached(name, sha)),
    moveRef: (name, sha) =>
      ask(
        'PATCH /repos/{owner}/{repo}/git/refs/backup-access-guard/{name}',
        { name, sha, force: false },
        needs.write,
        reached(name, sha),
      ),
  };
};
