import { lstat, readdir, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { Evidence } from '../core/evidence.ts';
import { fileProblem } from '../core/file-problem.ts';
import { parseEvidence } from '../core/parse-evidence.ts';
import { maxFileBytes } from '../core/text-faults.ts';
import { blobId } from './git-blob.ts';
import { readText } from './read-text.ts';

/** A file read whole, once: what is judged is what was read then. */
export interface TextFile {
  /** Relative to the working directory, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface FileSet {
  readonly files: readonly TextFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Most policy files, and most evidence files, of one run. */
export const maxFiles = 2000;
/** Evidence lists every mailbox or site of a tenant, so it may be far longer than a policy. */
const maxEvidenceBytes = 64 * 1024 * 1024;
const maxFolderDepth = 16;

/** A path as reports show it: from the working directory, with forward slashes. */
export const shownPath = (path: string): string => {
  const fromHere = relative(process.cwd(), resolve(path));
  const shown = fromHere === '' ? '.' : fromHere.startsWith('..') && isAbsolute(path) ? path : fromHere;
  return shown.split(sep).join('/');
};

const problem = (path: string, code: string, message: string, help: string): Diagnostic =>
  fileProblem(shownPath(path), code, message, help);

interface Found {
  readonly paths: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return code === 'EACCES' || code === 'EPERM' ? 'this account may not read it' : `the system says ${code}`;
};

const unreadable = (path: string, error: unknown): Diagnostic =>
  problem(path, 'unreadable-file', `can't be read: ${reasonOf(error)}`, 'look at its owner and permissions');

const isThere = async (path: string): Promise<boolean> => {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    // Only "no such file" means that it isn't there; anything else shows when it is read.
    return !(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'));
  }
};

/** What kind of thing a path is, as far as reading goes: no link is followed, nothing but files and folders opened. */
const look = async (path: string, root: string): Promise<'file' | 'folder' | Diagnostic> => {
  try {
    const stat = await lstat(path);
    if (stat.isSymbolicLink()) {
      return problem(
        path,
        'symbolic-link',
        'this is a symbolic link, which is not followed',
        'put the file itself here',
      );
    }
    const real = await realpath(path);
    if (real !== root && !real.startsWith(root.endsWith(sep) ? root : root + sep)) {
      return problem(path, 'outside-folder', 'this lies outside of the folder', 'put the file itself here');
    }
    if (stat.isDirectory()) return 'folder';
    if (stat.isFile()) return 'file';
    return problem(path, 'not-a-file', 'this is no regular file', 'remove the pipe, device or socket');
  } catch (error) {
    return unreadable(path, error);
  }
};

/** Files below a folder whose names end as asked, sorted by path, whatever order the disk lists them in. */
const find = async (root: string, ending: RegExp, skip: (path: string) => boolean): Promise<Found> => {
  const paths: string[] = [];
  const diagnostics: Diagnostic[] = [];
  const realRoot = await realpath(root);
  const visit = async (folder: string, depth: number): Promise<void> => {
    if (depth > maxFolderDepth) {
      const message = `folders lie more than ${maxFolderDepth} levels deep`;
      diagnostics.push(problem(folder, 'too-deep', message, 'move the files up'));
      return;
    }
    const names = (await readdir(folder)).sort(byName);
    for (const name of names) {
      const path = join(folder, name);
      if (skip(path) || name === '.git' || name === 'node_modules') continue;
      const what = await look(path, realRoot);
      const isWanted = ending.test(name);
      if (what === 'folder') {
        await visit(path, depth + 1).catch((error: unknown) => diagnostics.push(unreadable(path, error)));
      } else if (what === 'file') {
        if (isWanted) paths.push(path);
      } else if (isWanted || what.code !== 'not-a-file') {
        diagnostics.push(what);
      }
    }
  };
  await visit(root, 1);
  return { paths: paths.sort(byName), diagnostics };
};

const readAll = async (found: Found, limit: number): Promise<FileSet> => {
  const files: TextFile[] = [];
  const diagnostics = [...found.diagnostics];
  const [first] = found.paths;
  if (found.paths.length > maxFiles && first !== undefined) {
    const message = `there are ${found.paths.length} files here; the limit is ${maxFiles}`;
    return {
      files,
      diagnostics: [...diagnostics, problem(join(first, '..'), 'too-many-files', message, 'split the folder')],
    };
  }
  for (const path of found.paths) {
    const read = await readText(path, limit);
    if (read.ok) files.push({ path: shownPath(path), text: read.value });
    else diagnostics.push(problem(path, read.error.code, read.error.message, read.error.help));
  }
  return { files, diagnostics };
};

const findIn = async (path: string): Promise<Found> => {
  const none = (diagnostic: Diagnostic): Found => ({ paths: [], diagnostics: [diagnostic] });
  if (!(await isThere(path))) {
    const help = 'create it with a policy in it, or name another with `--policies`';
    return none(problem(path, 'missing-folder', 'there is no such file or folder', help));
  }
  // The folder that a person names may be reached by a link; what lies in it may not.
  const absolute = resolve(path);
  const stat = await lstat(await realpath(absolute));
  if (stat.isFile()) return { paths: [path], diagnostics: [] };
  if (!stat.isDirectory()) {
    return none(problem(path, 'not-a-file', 'this is no regular file and no folder', 'name a folder of policies'));
  }
  const products = join(path, 'products');
  const found = await find(path, /\.ya?ml$/i, (candidate) => candidate === products);
  if (found.paths.length > 0 || found.diagnostics.length > 0) return found;
  const help = 'put a policy in it, a file that ends with `.yaml`: no policy is not the same as no complaint';
  return none(problem(path, 'no-policies', 'there is no policy in this folder', help));
};

/**
 * The policy files of a folder (without its `products/`), or of a list of files and folders. Whatever can't be read,
 * or isn't there, is a diagnostic: no file is left out in silence.
 */
export const readPolicyFiles = async (target: string | readonly string[]): Promise<FileSet> => {
  const paths = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const path of [target].flat()) {
    try {
      const found = await findIn(path);
      for (const each of found.paths) paths.add(each);
      diagnostics.push(...found.diagnostics);
    } catch (error) {
      diagnostics.push(unreadable(path, error));
    }
  }
  return readAll({ paths: [...paths].sort(byName), diagnostics }, maxFileBytes);
};

/** The configuration file; `null` where there is none. */
export const readConfigFile = async (path: string): Promise<TextFile | Diagnostic | null> => {
  if (!(await isThere(path))) return null;
  const read = await readText(path, maxFileBytes);
  if (read.ok) return { path: shownPath(path), text: read.value };
  return problem(path, read.error.code, read.error.message, read.error.help);
};

/** Evidence as it was read, with the id that Git gives each of its files. */
export interface ReadEvidence {
  readonly evidence: readonly Evidence[];
  readonly files: readonly { readonly path: string; readonly sha: string }[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Evidence of a folder and the folders below it. No such folder: `null`. */
export const readEvidence = async (folder: string): Promise<ReadEvidence | null> => {
  if (!(await isThere(folder))) return null;
  try {
    const found = await find(folder, /\.json$/i, () => false);
    const { files, diagnostics } = await readAll(found, maxEvidenceBytes);
    const parsed = files.map(({ path, text }) => parseEvidence(path, text));
    return {
      evidence: parsed.flatMap((result) => (result.ok ? [result.value] : [])),
      files: files.map(({ path, text }) => ({ path, sha: blobId(text) })),
      diagnostics: [...diagnostics, ...parsed.flatMap((result) => (result.ok ? [] : result.error))],
    };
  } catch (error) {
    return { evidence: [], files: [], diagnostics: [unreadable(folder, error)] };
  }
};

/**
 * The product profiles beside the policies: what lies below `products/` in the policies' folder, or beside a single
 * policy file. No such folder: no profiles.
 */
export const readProductFiles = async (target: string): Promise<FileSet> => {
  const nothing: FileSet = { files: [], diagnostics: [] };
  if (!(await isThere(target))) return nothing;
  try {
    const real = await realpath(target);
    const isFolder = (await lstat(real)).isDirectory();
    const place = join(isFolder ? target : dirname(target), 'products');
    if (!(await isThere(place))) return nothing;
    const what = await look(place, isFolder ? real : dirname(real));
    if (what === 'file') return nothing;
    if (what !== 'folder') return { files: [], diagnostics: [what] };
    return await readAll(await find(place, /\.ya?ml$/i, () => false), maxFileBytes);
  } catch (error) {
    return { files: [], diagnostics: [unreadable(target, error)] };
  }
};
