import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCloud } from '../adapters/cloud.ts';
import { sha256 } from '../adapters/hash.ts';
import { openJournal } from '../adapters/journal-file.ts';
import { earlierJournals, type ReadJournal } from '../app/earlier-journals.ts';
import { readPlanFile } from '../app/plan-file.ts';
import { diedAtOnce, readJournal } from '../app/read-journal.ts';
import type { ApplyContext } from '../apply-context.ts';
import { planFileAuthority } from '../authority-plan-file.ts';
import type { Authority } from '../core/authority.ts';
import type { ConfigTenant } from '../core/config.ts';
import { parseDuration } from '../core/duration.ts';
import { exitCodes } from '../core/exit-code.ts';
import type { Report } from '../core/report.ts';
import { err } from '../core/result.ts';
import { loadFiles } from '../load-files.ts';
import { type CheckOptions, type Output, UsageError } from '../options.ts';
import { writeOutputs } from '../render-outputs.ts';
import { renderScript } from '../report/render-script.ts';
import { runApply } from '../run-apply.ts';
import { stopOnSignals } from '../stop-on-signals.ts';
import { unsafeEnvironment } from '../unsafe-environment.ts';
import { version } from '../version.ts';
import { writeApplyFiles } from '../write-apply-files.ts';
import { signInFromEnvironment } from './sign-in-from-environment.ts';
import { progressOn, screenOf } from './terminal.ts';

/** What `apply` is told beside what every check is. */
export interface ApplyFlags {
  readonly plan: string;
  readonly approved: string;
  /** Folder of journals: this run's goes there, and earlier ones are what the brake remembers. */
  readonly journals: string;
  /** `script`: write nothing, and print the steps for people to review and run. */
  readonly emit: string | null;
  readonly dryRun: boolean;
  readonly asUser: boolean;
}

const readPlan = async (path: string) => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--plan: ${path} can't be read (${error.code})`);
  });
  const plan = readPlanFile(text, sha256);
  if (!plan.ok) throw new UsageError(`--plan: ${path} is no plan to apply: ${plan.error}`);
  return plan.value;
};

/** Journals of a folder; one that can't be verified makes the brake's memory unknown. */
const earlierIn =
  (folder: string): Authority['earlier'] =>
  async ({ tenant }) => {
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw new UsageError(`--journals: ${folder} can't be read (${error.code})`);
    });
    const journals: ReadJournal[] = [];
    for (const name of names.filter((one) => one.endsWith('.jsonl')).sort()) {
      const file = join(folder, name);
      const text = await readFile(file, 'utf8');
      if (diedAtOnce(text)) continue;
      const read = readJournal(text, sha256);
      if (!read.ok)
        return err({
          code: 'memory-unreadable',
          why: `nobody can tell what earlier runs took away: \`${file}\` is no whole journal (${read.error})`,
          wayForward: 'find out who changed it, move it out of the folder, and apply again',
        });
      journals.push({ file, lines: read.value.lines });
    }
    return earlierJournals(journals, tenant, sha256);
  };

/** A person's own rights are wider than any plan, and their token is on this disk. */
const signInFor =
  (asUser: boolean): ApplyContext['signIn'] =>
  (tenant) => {
    const signIn = signInFromEnvironment(process.env)(tenant);
    if (signIn.by.type === 'azure-cli' && !asUser)
      throw new UsageError(
        'nobody but the apply identity writes: set AZURE_CLIENT_ID with AZURE_CLIENT_SECRET, AZURE_CLIENT_CERTIFICATE_PATH or AZURE_FEDERATED_TOKEN_FILE, or give --as-user to write as whom `az login` says you are',
      );
    return signIn;
  };

/** The steps of today as a script, for the cloud that they are about. */
const scriptOf = async (
  { plan, tenant, asOf }: Report,
  { cloud }: CheckOptions,
  tenants: readonly ConfigTenant[],
): Promise<string> => {
  const known = tenants.find(({ tenantId }) => tenantId === tenant?.id);
  const { graph, resourceManager } = await readCloud(cloud ?? known?.cloud ?? 'public');
  const { steps, withheld, digest } = plan;
  return renderScript({
    steps,
    withheld,
    digest,
    tenant: tenant?.id ?? '',
    cloud: { graph, resourceManager },
    asOf,
    version,
  });
};

const clock = (): Date => new Date();
const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/** `apply --plan FILE --approved DIGEST`: writes what the plan says and the tenant still needs; returns the exit code. */
export const applyCommand = async (
  options: CheckOptions,
  flags: ApplyFlags,
  outputs: readonly Output[],
): Promise<number> => {
  if (flags.emit !== null && flags.emit !== 'script')
    throw new UsageError(`--emit takes script, not \`${flags.emit}\``);
  const unsafe = unsafeEnvironment(process.env);
  if (unsafe !== null) throw new UsageError(unsafe);
  const plan = await readPlan(flags.plan);
  const files = await loadFiles(options);
  const { config } = files;
  const maxAge = parseDuration(config.approval.maxAge);
  if (maxAge === null) throw new UsageError('`maxAge` of `approval` in the configuration is no duration');
  const progress = progressOn(process.stderr);
  const name = `${clock().toISOString().replace(/[:.]/g, '-')}.jsonl`;
  const outcome = await runApply(options, {
    mode: 'apply',
    isDryRun: flags.dryRun || flags.emit !== null,
    commit: null,
    signIn: signInFor(flags.asUser),
    progress: progress.tell,
    authority: planFileAuthority({ plan, approved: flags.approved, maxAge, earlier: earlierIn(flags.journals), clock }),
    journal: () => openJournal(join(flags.journals, name), clock),
    files,
    bar: config,
    ...(plan.purpose === 'rollback' ? { rollback: plan } : {}),
    run: null,
    pause,
    clock,
    stopped: stopOnSignals(process),
  }).finally(progress.clear);
  if (flags.emit !== null && outcome.report.exitCode !== exitCodes.refused) {
    process.stdout.write(await scriptOf(outcome.report, options, config.tenants));
    return outcome.report.exitCode;
  }
  if (!flags.dryRun) await writeApplyFiles(outcome, join(flags.journals, name.replace(/\.jsonl$/, '')));
  await writeOutputs(outcome.report, outputs, screenOf(process.stdout, process.env), (text) =>
    process.stdout.write(text),
  );
  return outcome.report.exitCode;
};
