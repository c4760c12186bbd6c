import { execFile } from 'node:child_process';
import type { BaseFiles } from '../core/base-files.ts';
import type { RepositoryFile } from '../core/github.ts';
import { err, ok, type Result } from '../core/result.ts';
import { maxFileBytes } from '../core/text-faults.ts';
import { decodeText } from './read-text.ts';

const listLimit = 64 * 1024 * 1024;
const patience = 60_000;
const wholeId = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

/** Settings that would have Git run something, or reach for a network, are off, whatever the repository says. */
const settings = ['core.fsmonitor=', 'core.hooksPath=/dev/null', 'safe.directory=*', 'protocol.allow=never'];

/** Nothing of the caller's `GIT_…` variables, and no secret, reaches Git. */
const environment = (): NodeJS.ProcessEnv => {
  const kept = ['PATH', 'SystemRoot'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
  };
};

type GitAnswer = Result<Buffer, 'absent' | 'failed' | 'too-large'>;

const run = (folder: string, words: readonly string[], limit: number): Promise<GitAnswer> =>
  new Promise((resolve) => {
    // No path and no name of Git holds one, and a process can't be given it.
    if (words.some((word) => word.includes('\0'))) {
      resolve(err('failed'));
      return;
    }
    const before = settings.flatMap((setting) => ['-c', setting]);
    execFile(
      'git',
      ['-C', folder, '--no-replace-objects', '--no-pager', '--literal-pathspecs', ...before, ...words],
      { encoding: 'buffer', env: environment(), maxBuffer: limit, timeout: patience, windowsHide: true },
      (error, stdout) => {
        if (error === null) resolve(ok(stdout));
        else if (error.code === 'ENOENT') resolve(err('absent'));
        else resolve(err(error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER' ? 'too-large' : 'failed'));
      },
    );
  });

const line = (bytes: Buffer): string => bytes.toString('utf8').replace(/\n$/, '');

/** `100644 blob <id>\t<path>` of `ls-tree -z`, whatever the path is made of. */
const parseEntry = (entry: string): RepositoryFile | null => {
  const found = /^(\d{6}) (?:blob|commit) ([0-9a-f]{40}(?:[0-9a-f]{24})?)\t(.+)$/s.exec(entry);
  const [, mode, sha, path] = found ?? [];
  return mode === undefined || sha === undefined || path === undefined ? null : { mode, sha, path };
};

const listTree = async (root: string, commit: string, under: readonly string[]) => {
  const paths = under.includes('') ? [] : under;
  const listed = await run(root, ['ls-tree', '-r', '-z', '--full-tree', commit, '--', ...paths], listLimit);
  if (!listed.ok) return err(`Git could not list the files of \`${commit.slice(0, 12)}\``);
  const entries = listed.value.toString('utf8').split('\0').filter(Boolean).map(parseEntry);
  const files = entries.filter((entry) => entry !== null);
  return files.length === entries.length ? ok(files) : err('Git listed files in a way that makes no sense');
};

const readBlob = async (root: string, sha: string): Promise<Result<string, string>> => {
  if (!wholeId.test(sha)) return err(`\`${sha.slice(0, 80)}\` is no id of Git`);
  const read = await run(root, ['cat-file', 'blob', sha], maxFileBytes);
  if (!read.ok)
    return err(
      read.error === 'too-large'
        ? `a file of the base has more than ${maxFileBytes} bytes`
        : `a file of the base, \`${sha.slice(0, 12)}\`, is not in this checkout`,
    );
  const text = decodeText(read.value);
  return text.ok ? text : err(`a file of the base is no text: ${text.error.message}`);
};

const findCommit = async (root: string, ref: string): Promise<Result<string, string>> => {
  const named = await run(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], 4096);
  const commit = named.ok ? line(named.value) : '';
  const isHere = wholeId.test(commit) && (await run(root, ['cat-file', '-e', `${commit}^{commit}`], 4096)).ok;
  return isHere
    ? ok(commit)
    : err(`\`${ref.slice(0, 200)}\` is no commit of this checkout: fetch it, in a workflow by \`fetch-depth: 0\``);
};

/** The files of a commit, read from the repository that a folder lies in. Runs nothing but `git`, and writes nothing. */
export const openGit = async (ref: string, folder: string): Promise<Result<BaseFiles, string>> => {
  const top = await run(folder, ['rev-parse', '--show-toplevel'], 65_536);
  if (!top.ok)
    return err(
      top.error === 'absent' ? 'there is no `git` on this machine' : `\`${folder}\` lies in no Git repository`,
    );
  const root = line(top.value);
  const found = await findCommit(root, ref);
  if (!found.ok) return found;
  const head = await findCommit(root, 'HEAD');
  return ok({
    base: found.value,
    head: head.ok ? head.value : null,
    root,
    list: (under) => listTree(root, found.value, under),
    read: (sha) => readBlob(root, sha),
  });
};

/**
 * The commits that the checked-out one was merged from, first the base's; empty where it is no merge. They are told
 * even by a checkout of one commit alone, which doesn't hold them.
 */
export const parentsOfMerge = async (folder: string): Promise<readonly string[]> => {
  const read = await run(folder, ['cat-file', 'commit', 'HEAD'], 1024 * 1024);
  const head = read.ok ? (read.value.toString('utf8').split('\n\n')[0] ?? '') : '';
  const parents = [...head.matchAll(/^parent ([0-9a-f]{40}|[0-9a-f]{64})$/gm)].flatMap(([, id]) => id ?? []);
  return parents.length > 1 ? parents : [];
};
