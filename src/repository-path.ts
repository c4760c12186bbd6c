import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';

/** Tells where in a repository, checked out at `root`, a file of this disk lies: `null` outside of it. */
export const repositoryPath = (root: string): ((file: string) => string | null) => {
  const real = realOf(root);
  return (file) => {
    const from = relative(real, realOf(file));
    if (from === '' || from === '..' || from.startsWith(`..${sep}`) || isAbsolute(from)) return null;
    return from.split(sep).join('/');
  };
};

/** Where a path really lies, links followed; as it is written where there is nothing. */
const realOf = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
};
