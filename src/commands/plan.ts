import { writeFile } from 'node:fs/promises';
import { sha256 } from '../adapters/hash.ts';
import { makePlanFile } from '../app/plan-file.ts';
import { exitCodes } from '../core/exit-code.ts';
import { renderPlanFile } from '../core/plan-file.ts';
import { notUndoable } from '../core/undo.ts';
import { type CheckOptions, UsageError } from '../options.ts';
import { writeOutputs } from '../render-outputs.ts';
import { stepLine } from '../report/step-line.ts';
import { runCheck } from '../run-check.ts';
import { version } from '../version.ts';
import { signInFromEnvironment } from './sign-in-from-environment.ts';
import { progressOn, screenOf } from './terminal.ts';

/** `plan`: a check whose plan is kept in a file, for people to look at and for `apply --plan`. */
export const planCommand = async (options: CheckOptions, out: string): Promise<number> => {
  if (options.snapshot !== null)
    throw new UsageError('plan reads the tenant itself: what a snapshot holds may be gone');
  const progress = progressOn(process.stderr);
  const context = { signIn: signInFromEnvironment(process.env), progress: progress.tell };
  const report = await runCheck(options, context).finally(progress.clear);
  const say = (text: string) => process.stdout.write(text);
  await writeOutputs(report, [{ format: 'text', file: null }], screenOf(process.stdout, process.env), say);
  const { tenant, plan } = report;
  if (report.exitCode === exitCodes.invalid || tenant === null || plan.policies === undefined) {
    say(`No plan was written to ${out}.\n`);
    return report.exitCode;
  }
  const { policies, steps } = plan;
  const now = options.asOf;
  const file = makePlanFile({
    purpose: 'apply',
    tenant: tenant.id,
    policies,
    steps,
    toolVersion: version,
    now,
    hash: sha256,
  });
  await writeFile(out, renderPlanFile(file));
  const lost = steps.flatMap((step) => {
    const why = notUndoable(step);
    return why === null ? [] : `can't be undone: ${stepLine(step)}: ${why}\n`;
  });
  say(`${lost.join('')}${out}: ${steps.length} ${steps.length === 1 ? 'step' : 'steps'}, ${file.digest}\n`);
  return report.exitCode;
};
