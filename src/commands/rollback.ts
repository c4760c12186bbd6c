import { writeFile } from 'node:fs/promises';
import { sha256 } from '../adapters/hash.ts';
import { inversePlan } from '../app/inverse-plan.ts';
import { makePlanFile } from '../app/plan-file.ts';
import { readJournal } from '../app/read-journal.ts';
import { exitCodes } from '../core/exit-code.ts';
import { renderPlanFile } from '../core/plan-file.ts';
import { guardSettingsOf } from '../guard/guard-world.ts';
import { kinds } from '../kinds/index.ts';
import { loadFiles } from '../load-files.ts';
import { type CheckOptions, UsageError } from '../options.ts';
import { inertLine } from '../report/inert.ts';
import { renderDiagnostics } from '../report/render-diagnostics.ts';
import { stepLine } from '../report/step-line.ts';
import { chooseTenant, policiesOf, readLive } from '../run-check.ts';
import { version } from '../version.ts';
import { readNamedFile } from './read-named-file.ts';
import { signInFromEnvironment } from './sign-in-from-environment.ts';
import { progressOn, screenOf } from './terminal.ts';

/** `rollback`: a plan that takes back what the run of a journal did. It writes a file and nothing else. */
export const rollbackCommand = async (options: CheckOptions, journal: string, out: string): Promise<number> => {
  const read = readJournal(await readNamedFile('--journal', journal), sha256);
  if (!read.ok) throw new UsageError(`--journal: ${read.error}`);
  const { lines } = read.value;
  const files = await loadFiles(options);
  if (files.diagnostics.length > 0) {
    process.stderr.write(renderDiagnostics(files.diagnostics, screenOf(process.stderr, process.env)));
    return exitCodes.invalid;
  }
  const progress = progressOn(process.stderr);
  const context = { signIn: signInFromEnvironment(process.env), progress: progress.tell };
  const tenant = chooseTenant(files, options.tenant);
  const { snapshot } = await readLive(files, tenant, options, context).finally(progress.clear);
  if (snapshot === null) return exitCodes.incomplete;
  const begin = lines[0]?.entry;
  if (begin?.type !== 'begin' || begin.tenant !== snapshot.tenant.id)
    throw new UsageError(`--journal: ${journal} is not of tenant ${snapshot.tenant.id}: nothing was planned`);
  const policies = policiesOf(files, tenant);
  const guards = guardSettingsOf(files.config);
  const input = { policies, snapshot, kinds, hash: sha256, guards, now: options.asOf };
  const { steps, withheld, left } = inversePlan(lines, input);
  const file = makePlanFile({
    purpose: 'rollback',
    tenant: snapshot.tenant.id,
    policies: [],
    steps,
    toolVersion: version,
    now: options.asOf,
    hash: sha256,
  });
  await writeFile(out, renderPlanFile(file));
  const told = [
    ...steps.map(stepLine),
    ...withheld.map((one) => `left out: ${stepLine(one)}: ${inertLine(one.why)}; ${inertLine(one.wayForward)}`),
    ...left.map(({ step, why }) => `left as it is: ${stepLine(step)}: ${inertLine(why)}`),
    ...(steps.length === 0
      ? []
      : ['What comes back has a new id and a new date. Mend the policies too, or the next apply does it all again.']),
    `${out}: ${steps.length} ${steps.length === 1 ? 'step' : 'steps'}, ${file.digest}`,
  ];
  process.stdout.write(`${told.join('\n')}\n`);
  return exitCodes.clean;
};
