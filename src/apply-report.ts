import { sha256 } from './adapters/hash.ts';
import { untouchedReport } from './app/untouched-report.ts';
import type { ApplyPart, Refusal } from './core/apply.ts';
import type { Approval } from './core/authority.ts';
import { exitCodes } from './core/exit-code.ts';
import type { Report } from './core/report.ts';
import type { Snapshot } from './core/snapshot.ts';
import type { LoadedFiles } from './load-files.ts';
import type { CheckOptions } from './options.ts';
import { chooseTenant, judgeSeen, type RunContext } from './run-check.ts';
import { version } from './version.ts';

/** What a run that means to write is called in its report. */
export interface ApplyShown extends RunContext {
  readonly mode: 'apply' | 'remediate';
  readonly isDryRun: boolean;
  /** Commit whose policies are applied; `null` outside of Git. */
  readonly commit: string | null;
}

/** What a run did, with what the tenant held before and after. */
export interface ApplyOutcome {
  readonly report: Report;
  readonly before: Snapshot | null;
  readonly after: Snapshot | null;
}

const nothingDone = { results: [], stopped: null, requests: [], journal: null } as const;

/** What a report tells of writing; what isn't said is that nothing was. */
export const partOf = (
  { commit, isDryRun }: ApplyShown,
  { plan }: Report,
  more: Partial<ApplyPart> & { readonly approval?: Approval },
): ApplyPart => {
  const { approval, ...rest } = more;
  return {
    ...nothingDone,
    commit,
    isDryRun,
    pull: approval?.pull ?? null,
    approvers: approval?.approvers ?? [],
    refusals: [],
    withheld: plan.withheld,
    requests: plan.steps.flatMap(({ id, request }) => (request === null ? [] : { step: id, request })),
    ...rest,
  };
};

/** The report of a run that may not write. */
export const refused = (
  context: ApplyShown,
  report: Report,
  refusals: readonly Refusal[],
  approval?: Approval,
): Report => ({
  ...report,
  mode: context.mode,
  exitCode: exitCodes.refused,
  conclusion: 'refused',
  apply: partOf(context, report, { refusals, ...(approval === undefined ? {} : { approval }) }),
});

/** The report of a run that shows what it would write. */
export const dryRun = (context: ApplyShown, report: Report, approval: Approval | null): Report => ({
  ...report,
  mode: context.mode,
  apply: partOf(context, report, approval === null ? {} : { approval }),
});

const unseen = async (files: LoadedFiles, options: CheckOptions, context: ApplyShown): Promise<Report> => {
  const tenant = chooseTenant(files, options.tenant);
  const requests = { graph: 0, resourceManager: 0, token: 0 };
  return judgeSeen({ files, tenant, snapshot: null, requests }, options, context);
};

/** Refused before anything was read of the tenant. */
export const refusedOutcome = async (
  files: LoadedFiles,
  options: CheckOptions,
  context: ApplyShown,
  refusals: readonly Refusal[],
): Promise<ApplyOutcome> => ({
  report: refused(context, await unseen(files, options, context), refusals),
  before: null,
  after: null,
});

/** A push that changes nothing which governs: the tenant was not asked, and nothing is to be done. */
export const applyNothing = ({ config }: LoadedFiles, options: CheckOptions, context: ApplyShown): ApplyOutcome => {
  const failOn = options.failOn ?? config.failOn;
  const report = untouchedReport({
    base: null,
    head: context.commit,
    now: options.asOf,
    failOn,
    version,
    hash: sha256,
  });
  const { threeWay: _, ...told } = report;
  return {
    report: { ...told, mode: context.mode, apply: partOf(context, report, {}) },
    before: null,
    after: null,
  };
};
