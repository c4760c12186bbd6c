import { openGit } from '../adapters/git.ts';
import { folderOf } from '../load-base.ts';
import { type CheckOptions, type Output, UsageError } from '../options.ts';
import { writeOutputs } from '../render-outputs.ts';
import { runCheck } from '../run-check.ts';
import { signInFromEnvironment } from './sign-in-from-environment.ts';
import { progressOn, screenOf } from './terminal.ts';

/** The commit that somebody named: one that isn't there is a mistake in the call. */
const openBase = async (ref: string, { policies }: CheckOptions) => {
  const base = await openGit(ref, await folderOf(policies));
  if (!base.ok) throw new UsageError(`--base: ${base.error}`);
  return base;
};

/** `check`: prints or writes the report; returns the exit code. */
export const checkCommand = async (
  options: CheckOptions,
  outputs: readonly Output[],
  ref: string | null,
): Promise<number> => {
  const base = ref === null ? null : await openBase(ref, options);
  const progress = progressOn(process.stderr);
  const report = await runCheck(options, {
    signIn: signInFromEnvironment(process.env),
    progress: progress.tell,
    ...(base === null ? {} : { base }),
  }).finally(progress.clear);
  await writeOutputs(report, outputs, screenOf(process.stdout, process.env), (text) => process.stdout.write(text));
  return report.exitCode;
};
