import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file that ships with the program, found from wherever the code runs: `dist/`, or `src/` in a checkout. */
export const packageFile = (path: string): string => {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, 'package.json'))) return join(folder, path);
  throw new Error(`package.json is not above ${import.meta.url}`);
};
