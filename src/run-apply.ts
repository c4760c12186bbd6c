import { sha256 } from './adapters/hash.ts';
import { authorise, planToRun } from './app/authorise.ts';
import { runSteps } from './app/run-steps.ts';
import type { ApplyContext } from './apply-context.ts';
import { type ApplyOutcome, dryRun, partOf, refused } from './apply-report.ts';
import type { Applied, Refusal } from './core/apply.ts';
import type { Approval, PlanToRun, Turn } from './core/authority.ts';
import { BrokenRun } from './core/broken-run.ts';
import { CallError } from './core/call-error.ts';
import { exitCodes } from './core/exit-code.ts';
import type { JournalPort } from './core/journal.ts';
import type { Report } from './core/report.ts';
import { err, ok, type Result } from './core/result.ts';
import type { Snapshot } from './core/snapshot.ts';
import { aboutOneself } from './guard/own-identity.ts';
import { knowledgeVersion } from './knowledge/knowledge-version.ts';
import type { CheckOptions } from './options.ts';
import { brakeNow, lookAgain, type Planned, planNow } from './plan-now.ts';
import type { LiveTenant } from './run-check.ts';
import { version } from './version.ts';

/** Milliseconds that writes may take in all, reading back included. */
const writePatience = 1_800_000;

/** A plan that was read live, with at least one step. */
interface Ready extends Planned {
  readonly live: LiveTenant;
  readonly snapshot: Snapshot;
}

const isReady = (planned: Planned): planned is Ready =>
  planned.report.exitCode !== exitCodes.invalid &&
  planned.live !== null &&
  planned.snapshot !== null &&
  planned.report.plan.steps.length > 0;

/** All that has to say yes before the first write, in the order of what it costs to ask. */
const mayRun = async (
  plan: PlanToRun,
  ready: Ready,
  context: ApplyContext,
): Promise<Result<Approval, { readonly refusals: readonly Refusal[]; readonly approval?: Approval }>> => {
  const own = aboutOneself(plan.steps, ready.live.connection);
  if (own.length > 0) return err({ refusals: own });
  context.progress('asking whether this plan was approved');
  const approval = await authorise(plan, context.authority);
  if (!approval.ok) return err({ refusals: approval.error });
  const refusals = await brakeNow(plan, ready, context);
  return refusals.length > 0 ? err({ refusals, approval: approval.value }) : approval;
};

const nothingWritten = (why: string): Applied => ({ results: [], stopped: why });

/** Begins the journal; where that fails nobody is kept waiting for a run that will not be. */
const openFor = async (turn: Turn, context: ApplyContext): Promise<JournalPort> => {
  try {
    return await context.journal();
  } catch (error) {
    await turn.end(nothingWritten('the journal could not be begun'));
    throw error;
  }
};

const write = async (
  plan: PlanToRun,
  { live }: Ready,
  context: ApplyContext,
  { approval, turn, journal }: { readonly approval: Approval; readonly turn: Turn; readonly journal: JournalPort },
): Promise<Applied> => {
  const { write: sender, ports } = live.connection;
  if (sender === undefined) throw new Error('a connection that was to write has no sender');
  const begun = await journal.write({
    type: 'begin',
    tenant: plan.tenant,
    digest: plan.digest,
    knowledge: knowledgeVersion,
    version,
    commit: context.commit,
    pull: approval.pull,
    approvers: approval.approvers,
    run: context.run,
    steps: plan.steps.map(({ id, policy, change, target, after }) => ({ id, policy, change, target, after })),
  });
  if (!begun.ok) return nothingWritten(`the journal can't be written: ${begun.error}`);
  const applied = await runSteps({
    steps: plan.steps,
    ports,
    write: sender,
    journal,
    pause: context.pause,
    now: context.clock,
    stopped: context.stopped,
    mayWrite: turn.mayWrite,
    patience: writePatience,
    progress: context.progress,
  });
  await journal.write({ type: 'end', stopped: applied.stopped });
  return applied;
};

/** What stands after it. That it can't be read takes nothing from what was written. */
const standsNow = async (
  ready: Ready,
  options: CheckOptions,
  context: ApplyContext,
): Promise<Result<{ readonly snapshot: Snapshot; readonly report: Report }, string>> => {
  try {
    return ok(await lookAgain(ready, options, context));
  } catch (error) {
    const why = error instanceof CallError ? error.message : 'the program made a mistake';
    return err(`what stands now could not be read: ${why}`);
  }
};

/**
 * A whole apply: plan of today, gate, brake, lock, writes, and a second look. Throws `UsageError`, and errors of ours. Nothing
 * is written before the gate, the brake and the lock have let it through.
 */
export const runApply = async (options: CheckOptions, context: ApplyContext): Promise<ApplyOutcome> => {
  const planned = await planNow(options, context);
  const { report } = planned;
  const only = (told: Report): ApplyOutcome => ({ report: told, before: planned.snapshot, after: null });
  if (!isReady(planned)) return only({ ...report, mode: context.mode, apply: partOf(context, report, {}) });
  const plan = planToRun(planned.live.is.id, report.plan.digest, report.plan.steps, sha256);
  // What would be restored is shown to whoever is to say yes to it: there is nobody to ask yet.
  if (context.isDryRun && context.mode === 'remediate') return only(dryRun(context, report, null));
  const said = await mayRun(plan, planned, context);
  if (!said.ok) return only(refused(context, report, said.error.refusals, said.error.approval));
  if (context.isDryRun) return only(dryRun(context, report, said.value));
  const turn = await context.authority.begin(plan, said.value);
  if (!turn.ok) return only(refused(context, report, [turn.error], said.value));
  // While it waited for its turn, an approval may have been taken back, or another run have revoked.
  const still = await mayRun(plan, planned, context);
  if (!still.ok) {
    await turn.value.end(nothingWritten('it was refused before its first step'));
    return only(refused(context, report, still.error.refusals, still.error.approval));
  }
  const approval = still.value;
  const journal = await openFor(turn.value, context);
  // The record stays open and the lock runs out: nobody can say what was done, and the next run reads it.
  const applied = await write(plan, planned, context, { approval, turn: turn.value, journal }).catch((error) => {
    throw new BrokenRun(error);
  });
  const ended = await turn.value.end(applied);
  const after = await standsNow(planned, options, context);
  const stands = after.ok ? after.value.report : report;
  const trouble = [ended, after].flatMap((one) => (one.ok ? [] : one.error));
  const isWhole =
    applied.stopped === null &&
    after.ok &&
    applied.results.every(({ state }) => state === 'done' || state === 'already');
  return {
    before: planned.snapshot,
    after: after.ok ? after.value.snapshot : null,
    report: {
      ...stands,
      mode: context.mode,
      plan: report.plan,
      exitCode: isWhole ? stands.exitCode : exitCodes.partial,
      conclusion: isWhole ? stands.conclusion : 'partial',
      apply: partOf(context, report, {
        ...applied,
        stopped: applied.stopped ?? trouble[0] ?? null,
        approval,
        withheld: stands.plan.withheld,
        journal: journal.head(),
      }),
    },
  };
};
