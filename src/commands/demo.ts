import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodes } from '../core/exit-code.ts';
import { startEmulator } from '../emulator/start-emulator.ts';
import { loadTenantFile } from '../emulator/tenant-file.ts';
import { writeCloudFile } from '../emulator/write-cloud-file.ts';
import { knownToEmulator } from '../known-to-emulator.ts';
import { reportFiles, writeOutputs } from '../render-outputs.ts';
import { runCheck } from '../run-check.ts';
import { packageFile } from './package-file.ts';
import { progressOn, screenOf } from './terminal.ts';

/** `demo`: the check of Contoso's policies against Contoso, served here over HTTPS and read by the real SDKs. */
export const demoCommand = async (reportDir: string): Promise<number> => {
  const state = loadTenantFile(packageFile('examples/contoso/tenant.yaml'));
  const emulator = await startEmulator({ tenant: state, ...knownToEmulator() });
  const folder = await mkdtemp(join(tmpdir(), 'backup-access-guard-'));
  const progress = progressOn(process.stderr);
  try {
    const [caller] = state.callers ?? [];
    const options = {
      policies: packageFile('policies'),
      config: packageFile('examples/contoso/backup-access.yaml'),
      tenant: null,
      cloud: writeCloudFile(emulator, folder),
      snapshot: null,
      evidence: packageFile('examples/contoso/evidence'),
      failOn: null,
      asOf: new Date(state.asOf ?? Date.now()),
      failOnDrift: false,
      live: true,
    };
    const signIn = () => ({
      tenantId: state.tenantId,
      clientId: caller?.appId ?? '',
      by: { type: 'secret' as const, secret: caller?.secret ?? '' },
    });
    const report = await runCheck(options, { signIn, progress: progress.tell });
    progress.clear();
    const files = reportFiles(reportDir);
    const outputs = [{ format: 'text' as const, file: null }, ...files];
    await writeOutputs(report, outputs, screenOf(process.stdout, process.env), (text) => process.stdout.write(text));
    process.stdout.write(`
This was Contoso, a made-up company, served on this machine and read over HTTPS:
${report.requests.token + report.requests.graph + report.requests.resourceManager} requests, none of them a write. The same report is in
${files.map(({ file }) => `  ${file}`).join('\n')}
\`check\` on it would end with exit code ${report.exitCode}; the demo ends with 0.
`);
    return exitCodes.clean;
  } finally {
    progress.clear();
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  }
};
