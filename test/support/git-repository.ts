import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from './rig.ts';

const settings = [
  ...['user.name=test', 'user.email=test@contoso.example', 'commit.gpgsign=false', 'core.autocrlf=false'],
  'protocol.file.allow=always',
].flatMap((setting) => ['-c', setting]);
const environment = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };

/** A Git repository of its own, on this disk. */
export interface GitRepository {
  readonly folder: string;
  /** Runs `git` in it and returns what it printed. */
  readonly git: (...words: readonly string[]) => string;
  /** Writes files; `null` takes one away. */
  readonly write: (files: Readonly<Record<string, string | Buffer | null>>) => void;
  /** Writes files, commits everything that lies there, and returns the commit's id. */
  readonly commit: (files?: Readonly<Record<string, string | Buffer | null>>) => string;
}

/** Makes an empty repository, on its branch `main`. */
export const gitRepository = (format: 'sha1' | 'sha256' = 'sha1'): GitRepository => {
  const folder = realpathSync(temporaryFolder());
  const git: GitRepository['git'] = (...words) =>
    execFileSync('git', ['-C', folder, ...settings, ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], ...environment },
    }).trim();
  const write: GitRepository['write'] = (files) => {
    for (const [path, text] of Object.entries(files)) {
      const at = join(folder, path);
      mkdirSync(dirname(at), { recursive: true });
      if (text === null) rmSync(at);
      else writeFileSync(at, text);
    }
  };
  const commit: GitRepository['commit'] = (files = {}) => {
    write(files);
    git('add', '--all', '--force');
    git('commit', '--quiet', '--allow-empty', '--message', 'change');
    return git('rev-parse', 'HEAD');
  };
  git('init', '--quiet', '--initial-branch=main', `--object-format=${format}`);
  return { folder, git, write, commit };
};
