import { askGit } from './github-git.ts';
import type { GitHubPull } from './github-state.ts';

/** Lines of the head that a hunk of a diff shows. */
interface ShownLines {
  readonly first: number;
  readonly last: number;
}

/** A file that a pull request changes. */
export interface DiffFile {
  readonly path: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed';
  readonly previous: string | null;
  readonly sha: string | null;
  /** Hunks without file headers; `null` for a file that is no text, or only moved. */
  readonly patch: string | null;
  readonly shown: readonly ShownLines[];
}

const words: Readonly<Record<string, DiffFile['status']>> = { A: 'added', D: 'removed', M: 'modified', R: 'renamed' };

const shownIn = (patch: string | null): readonly ShownLines[] =>
  [...(patch ?? '').matchAll(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm)].flatMap(([, first, count]) => {
    const length = Number(count ?? 1);
    return length === 0 ? [] : [{ first: Number(first), last: Number(first) + length - 1 }];
  });

/** What a pull request changes since it left its base, as Git tells it with three lines around. */
export const diffOf = async (folder: string, pull: GitHubPull): Promise<readonly DiffFile[]> => {
  const range = `${pull.baseSha}...${pull.headSha}`;
  const diff = ['diff', '--no-color', '--no-ext-diff', '--no-textconv', '-M'];
  const listed = (await askGit(folder, ...diff, '--raw', '--no-abbrev', '-z', range))?.toString('utf8') ?? '';
  const fields = listed.split('\0');
  const files: DiffFile[] = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const [, , , sha = '', letter = 'M'] = (fields[at] ?? '').split(' ');
    const status = words[letter.slice(0, 1)] ?? 'modified';
    const from = fields[at + 1] ?? '';
    const path = status === 'renamed' ? (fields[at + 2] ?? '') : from;
    at += status === 'renamed' ? 3 : 2;
    const names = status === 'renamed' ? [from, path] : [path];
    const text = (await askGit(folder, ...diff, '-U3', range, '--', ...names))?.toString('utf8') ?? '';
    const start = text.search(/^@@ /m);
    const patch = start === -1 ? null : text.slice(start).replace(/\n$/, '');
    const previous = status === 'renamed' ? from : null;
    files.push({ path, status, previous, sha: status === 'removed' ? null : sha, patch, shown: shownIn(patch) });
  }
  return files;
};
