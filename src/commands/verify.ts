import { sha256 } from '../adapters/hash.ts';
import { readPlanFile } from '../app/plan-file.ts';
import { readJournal } from '../app/read-journal.ts';
import { verifyJournal } from '../app/verify-journal.ts';
import { exitCodes } from '../core/exit-code.ts';
import { UsageError } from '../options.ts';
import { renderJournal } from '../report/render-journal.ts';
import { readNamedFile } from './read-named-file.ts';

/** `verify`: what a journal tells, and whether it can be so; asks nobody. */
export const verifyCommand = async (file: string, planFile: string | null): Promise<number> => {
  const journal = readJournal(await readNamedFile('verify', file), sha256);
  if (!journal.ok) {
    process.stdout.write(`${file}: ${journal.error}\n`);
    return exitCodes.invalid;
  }
  const plan = planFile === null ? null : readPlanFile(await readNamedFile('--plan', planFile), sha256);
  if (plan !== null && !plan.ok) throw new UsageError(`--plan: ${planFile} is no plan to go by: ${plan.error}`);
  const faults = verifyJournal(journal.value.lines, plan?.value ?? null, sha256);
  process.stdout.write(renderJournal({ ...journal.value, faults, byPlan: plan !== null }));
  return faults.length === 0 ? exitCodes.clean : exitCodes.invalid;
};
