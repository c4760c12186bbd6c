import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { json, type Reply } from './api-request.ts';
import { type GitHubCall, partOf } from './github-call.ts';
import { notFoundOnGitHub } from './github-refusal.ts';
import { repoUrl } from './github-rows.ts';

const run = promisify(execFile);
const shaPattern = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
/** Entries of a tree in one answer (source: GitHub REST API, Git trees). */
const entriesAtMost = 100_000;

/** What Git prints, untouched by the settings of whoever runs it; `null` where it fails. */
export const askGit = async (folder: string, ...words: readonly string[]): Promise<Buffer | null> => {
  try {
    const settings = ['-c', 'core.quotePath=false', '-c', 'safe.directory=*'];
    const { stdout } = await run('git', ['-C', folder, ...settings, ...words], {
      encoding: 'buffer',
      maxBuffer: 256 * 1024 * 1024,
    });
    return stdout;
  } catch {
    return null;
  }
};

/** Is there such a commit? Without a repository, every well-formed one is. */
export const commitExists = async (folder: string | undefined, sha: string): Promise<boolean> =>
  shaPattern.test(sha) &&
  (folder === undefined || (await askGit(folder, 'cat-file', '-e', `${sha}^{commit}`)) !== null);

const folderOf = (call: GitHubCall): string => {
  const { git } = call.context.options;
  if (git === undefined || !shaPattern.test(partOf(call, 0))) throw notFoundOnGitHub();
  return git;
};

/** `GET …/git/trees/{sha}?recursive=1`, of a commit or tree. */
export const readTree = async (call: GitHubCall): Promise<Reply> => {
  const folder = folderOf(call);
  const sha = partOf(call, 0);
  const deep = call.request.query.has('recursive') ? ['-r', '-t'] : [];
  const listed = await askGit(folder, 'ls-tree', '-z', '-l', ...deep, sha);
  const root = await askGit(folder, 'rev-parse', '--verify', `${sha}^{tree}`);
  if (listed === null || root === null) throw notFoundOnGitHub();
  const entries = listed
    .toString('utf8')
    .split('\0')
    .flatMap((line) => {
      const [, mode, type, id, size, path] = /^(\d+) (\w+) (\w+) +(\S+)\t([\s\S]+)$/.exec(line) ?? [];
      if (mode === undefined || type === undefined) return [];
      const url = `${repoUrl(call.context)}/git/${type}s/${id}`;
      return [{ path, mode, type, sha: id, url, ...(type === 'blob' ? { size: Number(size) } : {}) }];
    });
  const limit = call.context.options.treeLimit ?? entriesAtMost;
  const tree = root.toString('utf8').trim();
  return json({
    sha: tree,
    url: `${repoUrl(call.context)}/git/trees/${tree}`,
    tree: entries.slice(0, limit),
    truncated: entries.length > limit,
  });
};

/** `GET …/git/blobs/{sha}`: Base64 with a line end every 60 characters, as GitHub sends it. */
export const readBlob = async (call: GitHubCall): Promise<Reply> => {
  const folder = folderOf(call);
  const sha = partOf(call, 0);
  const bytes = await askGit(folder, 'cat-file', 'blob', sha);
  if (bytes === null) throw notFoundOnGitHub();
  return json({
    sha,
    node_id: Buffer.from(`B${sha}`).toString('base64url'),
    size: bytes.length,
    url: `${repoUrl(call.context)}/git/blobs/${sha}`,
    content: bytes.toString('base64').replaceAll(/.{1,60}/g, '$&\n'),
    encoding: 'base64',
  });
};
