import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodes } from '../core/exit-code.ts';
import { loadFaultFile } from '../emulator/fault-file.ts';
import { startEmulator } from '../emulator/start-emulator.ts';
import { loadTenantFile } from '../emulator/tenant-file.ts';
import { writeCloudFile } from '../emulator/write-cloud-file.ts';
import { knownToEmulator } from '../known-to-emulator.ts';

interface EmulateFlags {
  readonly tenant: string;
  readonly log?: string;
  readonly faults?: string;
}

/** `emulate`: serves until it is told to stop; prints one JSON line when it is ready. */
export const emulateCommand = async ({ tenant, log, faults }: EmulateFlags): Promise<number> => {
  const state = loadTenantFile(tenant);
  const lines = log === undefined ? null : createWriteStream(log, { flags: 'w' });
  const emulator = await startEmulator({
    tenant: state,
    ...knownToEmulator(),
    ...(lines === null ? {} : { log: (line) => lines.write(`${JSON.stringify(line)}\n`) }),
    ...(faults === undefined ? {} : { faults: loadFaultFile(faults) }),
  });
  const folder = await mkdtemp(join(tmpdir(), 'backup-access-guard-'));
  const cloud = writeCloudFile(emulator, folder);
  const stopped = new Promise<void>((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
  process.stdout.write(`${JSON.stringify({ cloud, tenantId: state.tenantId, ...emulator.cloud })}\n`);
  await stopped;
  await emulator.close();
  lines?.end();
  await rm(folder, { recursive: true, force: true });
  return exitCodes.clean;
};
