import { writeSnapshot } from '../adapters/snapshot-file.ts';
import { redactSnapshot } from '../app/redact-snapshot.ts';
import { exitCodes } from '../core/exit-code.ts';
import { loadFiles } from '../load-files.ts';
import type { CheckOptions } from '../options.ts';
import { renderDiagnostics } from '../report/render-diagnostics.ts';
import { chooseTenant, readLive } from '../run-check.ts';
import { signInFromEnvironment } from './sign-in-from-environment.ts';
import { progressOn, screenOf } from './terminal.ts';

/** `snapshot`: what the tenant holds for these policies, in a file that `check --snapshot` judges offline. `redact`: without names and people. */
export const snapshotCommand = async (options: CheckOptions, out: string, redact: boolean): Promise<number> => {
  const files = await loadFiles(options);
  if (files.diagnostics.length > 0) {
    process.stderr.write(renderDiagnostics(files.diagnostics, screenOf(process.stderr, process.env)));
    return exitCodes.invalid;
  }
  const progress = progressOn(process.stderr);
  const context = { signIn: signInFromEnvironment(process.env), progress: progress.tell };
  const { snapshot } = await readLive(files, chooseTenant(files, options.tenant), options, context).finally(
    progress.clear,
  );
  if (snapshot === null) return exitCodes.incomplete;
  await writeSnapshot(out, redact ? redactSnapshot(snapshot) : snapshot);
  const gaps = snapshot.gaps.length;
  process.stdout.write(
    `${out}: ${snapshot.facts.length} facts of ${snapshot.identities.length} identities, ${gaps} ${gaps === 1 ? 'gap' : 'gaps'}\n`,
  );
  return gaps === 0 ? exitCodes.clean : exitCodes.incomplete;
};
