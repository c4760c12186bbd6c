import { createHash } from 'node:crypto';
import { json, type Reply } from './api-request.ts';
import { bodyOf, type GitHubCall, type GitHubContext, partOf, requiredText } from './github-call.ts';
import { askGit, commitExists } from './github-git.ts';
import { GitHubRefusal, notFoundOnGitHub } from './github-refusal.ts';
import { repoUrl } from './github-rows.ts';
import type { GitHubStore } from './github-store.ts';
import { type Json, objectsOf, textsOf } from './json.ts';

/** A commit that was made through the API. */
export interface StoredCommit {
  readonly sha: string;
  readonly tree: string;
  readonly message: string;
  readonly parents: readonly string[];
  readonly author: string;
  /** ISO 8601, UTC, whole seconds. */
  readonly date: string;
}

const shaPattern = /^[0-9a-f]{40}$/;
/** Tree of a commit that nobody made: where no Git repository is served, every well-formed id is a commit. */
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

const emailOf = (author: string): string => `${author}@users.noreply.github.com`;

/** The id that Git gives to a commit. */
const shaOf = ({ tree, message, parents, author, date }: Omit<StoredCommit, 'sha'>): string => {
  const stamp = `${author} <${emailOf(author)}> ${Math.floor(Date.parse(date) / 1000)} +0000`;
  const lines = [`tree ${tree}`, ...parents.map((parent) => `parent ${parent}`), `author ${stamp}`];
  return objectSha('commit', Buffer.from(`${[...lines, `committer ${stamp}`].join('\n')}\n\n${message}`));
};

/** A person's push of one commit to a ref. */
export const pushCommit = ({ commits, refs }: GitHubStore, ref: string, message: string, now: Date): string => {
  const before = refs.get(ref);
  const date = `${now.toISOString().slice(0, 19)}Z`;
  const made = { tree: emptyTree, message, parents: before === undefined ? [] : [before], author: 'ada', date };
  const commit = { ...made, sha: shaOf(made) };
  commits.set(commit.sha, commit);
  refs.set(ref, commit.sha);
  return commit.sha;
};

const findCommit = async ({ store, options }: GitHubContext, sha: string): Promise<StoredCommit | null> => {
  const made = store.commits.get(sha);
  if (made !== undefined) return made;
  if (!(await commitExists(options.git, sha))) return null;
  const nobody = { sha, author: 'ghost', date: '2026-01-01T00:00:00Z' };
  if (options.git === undefined) return { ...nobody, tree: emptyTree, message: 'unknown', parents: [] };
  const text = (await askGit(options.git, 'cat-file', 'commit', sha))?.toString('utf8') ?? '';
  const [head = '', ...message] = text.split('\n\n');
  const under = (word: string): string[] =>
    [...head.matchAll(new RegExp(`^${word} (\\w+)$`, 'gm'))].map(([, id = '']) => id);
  return { ...nobody, tree: under('tree')[0] ?? '', message: message.join('\n\n'), parents: under('parent') };
};

const commitRow = (context: GitHubContext, commit: StoredCommit): Json => {
  const { sha, tree, message, parents, author, date } = commit;
  const url = `${repoUrl(context)}/git`;
  const page = `https://github.com/${context.options.repository}/commit`;
  const person = { name: author, email: emailOf(author), date };
  return {
    sha,
    node_id: Buffer.from(`C${sha}`).toString('base64url'),
    url: `${url}/commits/${sha}`,
    html_url: `${page}/${sha}`,
    author: person,
    committer: person,
    tree: { sha: tree, url: `${url}/trees/${tree}` },
    message,
    parents: parents.map((parent) => ({
      sha: parent,
      url: `${url}/commits/${parent}`,
      html_url: `${page}/${parent}`,
    })),
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  };
};

const refRow = (context: GitHubContext, ref: string, sha: string): Json => ({
  ref,
  node_id: Buffer.from(`REF${ref}`).toString('base64url'),
  url: `${repoUrl(context)}/git/${ref}`,
  object: { sha, type: 'commit', url: `${repoUrl(context)}/git/commits/${sha}` },
});

const refIn = (call: GitHubCall): string => `refs/${partOf(call, 0)}/${partOf(call, 1)}`;

/** `GET …/git/commits/{sha}`. */
export const readCommit = async (call: GitHubCall): Promise<Reply> => {
  const commit = await findCommit(call.context, partOf(call, 0));
  if (commit === null) throw notFoundOnGitHub();
  return json(commitRow(call.context, commit));
};

const objectSha = (type: string, content: Buffer): string =>
  createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex');

/** `POST …/git/trees`: of files whose text is sent along. */
export const createTree = (call: GitHubCall): Reply => {
  const { store } = call.context;
  const files = objectsOf(bodyOf(call), 'tree').map((entry) => {
    const [path, mode, content] = ['path', 'mode', 'content'].map((field) => requiredText(entry, field));
    if (path === undefined || mode !== '100644' || content === undefined || /[\0/]/.test(path))
      throw new GitHubRefusal(422, 'Invalid tree info');
    return { path, mode, type: 'blob', sha: objectSha('blob', Buffer.from(content)) };
  });
  if (files.length === 0) throw new GitHubRefusal(422, 'Invalid tree info');
  const rows = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const parts = rows.flatMap(({ path, mode, sha }) => [Buffer.from(`${mode} ${path}\0`), Buffer.from(sha, 'hex')]);
  const sha = objectSha('tree', Buffer.concat(parts));
  store.trees.add(sha);
  const url = `${repoUrl(call.context)}/git`;
  const tree = rows.map((row) => ({ ...row, url: `${url}/blobs/${row.sha}` }));
  return json({ sha, url: `${url}/trees/${sha}`, tree, truncated: false }, 201);
};

/** `POST …/git/commits`: a commit to which nothing points yet. */
export const createCommit = async (call: GitHubCall): Promise<Reply> => {
  const { context, token } = call;
  const { store, options, now } = context;
  const body = bodyOf(call);
  const [message, tree, parents] = [
    requiredText(body, 'message'),
    requiredText(body, 'tree'),
    textsOf(body, 'parents'),
  ];
  const typeOf = async (folder: string) => (await askGit(folder, 'cat-file', '-t', tree))?.toString('utf8').trim();
  const isTree =
    shaPattern.test(tree) &&
    (options.git === undefined || store.trees.has(tree) || (await typeOf(options.git)) === 'tree');
  if (!isTree) throw new GitHubRefusal(422, 'Tree SHA does not exist');
  for (const parent of parents)
    if ((await findCommit(context, parent)) === null)
      throw new GitHubRefusal(422, 'Parent SHA does not exist or is not a commit object');
  const date = `${now().toISOString().slice(0, 19)}Z`;
  const made = { tree, message, parents, author: token.author, date };
  const commit = { ...made, sha: shaOf(made) };
  store.commits.set(commit.sha, commit);
  return json(commitRow(context, commit), 201);
};

/** `GET …/git/ref/{ref}`. */
export const readRef = (call: GitHubCall): Reply => {
  const ref = refIn(call);
  const sha = call.context.store.refs.get(ref);
  if (sha === undefined) throw notFoundOnGitHub();
  return json(refRow(call.context, ref, sha));
};

/** `POST …/git/refs`. */
export const createRef = async (call: GitHubCall): Promise<Reply> => {
  const { context } = call;
  const body = bodyOf(call);
  const [ref, sha] = [requiredText(body, 'ref'), requiredText(body, 'sha')];
  if (!/^refs\/[^/]+\/.+$/.test(ref)) throw new GitHubRefusal(422, `Reference name must start with 'refs/'.`);
  if ((await findCommit(context, sha)) === null) throw new GitHubRefusal(422, 'Object does not exist');
  if (context.store.refs.has(ref)) throw new GitHubRefusal(422, 'Reference already exists');
  context.store.refs.set(ref, sha);
  return json(refRow(context, ref, sha), 201);
};

/** Does `sha` come after `before`, or is it the same? */
const follows = async (context: GitHubContext, sha: string, before: string): Promise<boolean> => {
  const [open, seen] = [[sha], new Set<string>()];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === before) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...((await findCommit(context, at))?.parents ?? []));
  }
  return false;
};

/** `PATCH …/git/refs/{ref}`: only forward, unless forced. */
export const moveRef = async (call: GitHubCall): Promise<Reply> => {
  const { context } = call;
  const { store } = context;
  const body = bodyOf(call);
  const [ref, sha] = [refIn(call), requiredText(body, 'sha')];
  const before = store.refs.get(ref);
  if (before === undefined) throw new GitHubRefusal(422, 'Reference does not exist');
  if ((await findCommit(context, sha)) === null) throw new GitHubRefusal(422, 'Object does not exist');
  const isForward = body['force'] === true || (await follows(context, sha, before));
  // Who else moved it while the history was walked was faster.
  if (!isForward || store.refs.get(ref) !== before) throw new GitHubRefusal(422, 'Update is not a fast forward');
  store.refs.set(ref, sha);
  return json(refRow(context, ref, sha));
};

/** `DELETE …/git/refs/{ref}`. */
export const deleteRef = (call: GitHubCall): Reply => {
  if (!call.context.store.refs.delete(refIn(call))) throw new GitHubRefusal(422, 'Reference does not exist');
  return { status: 204 };
};
