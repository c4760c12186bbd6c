import type { CheckOptions, Output } from '../options.ts';
import { writeOutputs } from '../render-outputs.ts';
import { runCheck } from '../run-check.ts';
import { signInFromEnvironment } from './sign-in-from-environment.ts';
import { progressOn, screenOf } from './terminal.ts';

/** `check`: prints or writes the report; returns the exit code. */
export const checkCommand = async (options: CheckOptions, outputs: readonly Output[]): Promise<number> => {
  const progress = progressOn(process.stderr);
  const report = await runCheck(options, {
    signIn: signInFromEnvironment(process.env),
    progress: progress.tell,
  }).finally(progress.clear);
  await writeOutputs(report, outputs, screenOf(process.stdout, process.env), (text) => process.stdout.write(text));
  return report.exitCode;
};
