import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Fails the whole run where the Node of the lock file is not the one that runs: the Action's runtime is Node 24. Then
 * gives all tests one temporary folder, and takes it away when they are done.
 */
export const setup = (): (() => void) => {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 24)
    throw new Error(`tests need Node 24, this is ${process.version}: run them with \`npm test\` after \`npm ci\``);
  const folder = mkdtempSync(join(tmpdir(), 'backup-access-guard-test-'));
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
};
