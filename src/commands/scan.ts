import type { CheckOptions, Output } from '../options.ts';
import { reportFiles, writeOutputs } from '../render-outputs.ts';
import { runScan } from '../run-scan.ts';
import { signInFromEnvironment } from './sign-in-from-environment.ts';
import { progressOn, screenOf } from './terminal.ts';

/** `scan`: the check, drift and backup software without a policy; returns the exit code. `reportDir`: for report files too. */
export const scanCommand = async (
  options: CheckOptions,
  outputs: readonly Output[],
  reportDir: string | null,
): Promise<number> => {
  const progress = progressOn(process.stderr);
  const report = await runScan(options, {
    signIn: signInFromEnvironment(process.env),
    progress: progress.tell,
  }).finally(progress.clear);
  const all = [...outputs, ...(reportDir === null ? [] : reportFiles(reportDir))];
  await writeOutputs(report, all, screenOf(process.stdout, process.env), (text) => process.stdout.write(text));
  return report.exitCode;
};
