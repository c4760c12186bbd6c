import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from './start-emulator.ts';

/** Writes `cloud.json` and, beside it, `ca.pem` into a folder; returns the path of the cloud file. */
export const writeCloudFile = (emulator: Emulator, folder: string): string => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'ca.pem'), emulator.caPem);
  const path = join(folder, 'cloud.json');
  writeFileSync(path, `${JSON.stringify({ ...emulator.cloud, ca: 'ca.pem' }, null, 2)}\n`);
  return path;
};
