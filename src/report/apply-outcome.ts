import type { ApplyPart, StepState } from '../core/apply.ts';
import type { Change } from '../core/change.ts';
import { exitCodes } from '../core/exit-code.ts';
import { mayRevoke, type Withheld } from '../core/plan.ts';
import type { Report } from '../core/report.ts';

/** How a run that meant to write ended. */
export type ApplyEnd =
  /** Nothing was written, because something forbade it. */
  | 'refused'
  /** It only showed what it would write. */
  | 'dry-run'
  /** There was nothing to write, or nothing could be planned. */
  | 'nothing'
  /** Some steps stand, of others that is not so or not known. */
  | 'partial'
  /** Every step of the plan stands. */
  | 'applied';

/** One step with what became of it. */
export interface ApplyRow {
  /** Id of the step. */
  readonly step: string;
  readonly state: StepState;
  readonly detail: string;
  readonly requestIds: readonly string[];
  /** Ids of steps that had to stand before. */
  readonly after: readonly string[];
  /** `null`: the plan has no such step. */
  readonly change: Change | null;
  /** Names of the policies that ask for it. */
  readonly policies: readonly string[];
}

/** What a run says of writing, read once. */
export interface ApplyOutcome {
  readonly part: ApplyPart;
  readonly end: ApplyEnd;
  /** A step a row, in the order of the plan; none where nothing was tried. */
  readonly rows: readonly ApplyRow[];
}

/** Is writing what a reader is told of first? Not where files are wrong, so that nothing was judged, planned or written. */
export const leadsReport = ({ diagnostics }: Report, outcome: ApplyOutcome | null): outcome is ApplyOutcome =>
  outcome !== null && (diagnostics.length === 0 || outcome.end !== 'nothing');

/** What is left out of the plan: after a run, of the plan that would come next. */
export const withheldNow = ({ apply, plan }: Report): readonly Withheld[] => apply?.withheld ?? plan.withheld;

const stands = (state: StepState): boolean => state === 'done' || state === 'already';

/** How writing ended; `null` where nobody meant to write. */
export const applyOutcome = (report: Report): ApplyOutcome | null => {
  const { apply: part } = report;
  if (part === undefined) return null;
  const tried = part.refusals.length === 0 && (part.results.length > 0 || part.stopped !== null);
  const rows = tried ? rowsOf(report, part) : [];
  return { part, rows, end: endOf(report, part, rows, tried) };
};

const endOf = ({ exitCode, plan }: Report, part: ApplyPart, rows: readonly ApplyRow[], tried: boolean): ApplyEnd => {
  if (part.refusals.length > 0 || exitCode === exitCodes.refused) return 'refused';
  if (tried) return exitCode === exitCodes.partial || !rows.every(({ state }) => stands(state)) ? 'partial' : 'applied';
  return part.isDryRun && plan.steps.length > 0 ? 'dry-run' : 'nothing';
};

/** Two policies may have the same step: it ran once. A step that nobody tells of is never taken for done. */
const rowsOf = ({ plan }: Report, { results }: ApplyPart): readonly ApplyRow[] => {
  const told = new Map(results.map((result) => [result.step, result]));
  const untold =
    results.length === 0
      ? ({ state: 'not-run', detail: 'nothing was sent' } as const)
      : ({ state: 'unknown', detail: 'nothing was written down of it' } as const);
  const planned = Map.groupBy(plan.steps, ({ id }) => id);
  const rows = [...planned].map(([step, same]): ApplyRow => {
    const { state, detail, requestIds } = told.get(step) ?? { ...untold, requestIds: [] };
    const after = same[0]?.after ?? [];
    return { step, state, detail, requestIds, after, change: same[0]?.change ?? null, policies: same.map(policyOf) };
  });
  const strange = results.filter(({ step }) => !planned.has(step));
  return [...rows, ...strange.map((result): ApplyRow => ({ ...result, after: [], change: null, policies: [] }))];
};

const policyOf = ({ policy }: { readonly policy: string }): string => policy;

/** How many steps stand. */
export const standing = (rows: readonly ApplyRow[]): number => rows.filter(({ state }) => stands(state)).length;

/** How many steps there are of each state. */
export const countState = (rows: readonly ApplyRow[], state: StepState): number =>
  rows.filter((row) => row.state === state).length;

const takes = ({ change }: ApplyRow): boolean => change !== null && mayRevoke({ change });
const touched = ({ state }: ApplyRow): boolean => state === 'done' || state === 'unknown';

/** Steps that took access, or may have. */
export const taken = (rows: readonly ApplyRow[]): readonly ApplyRow[] =>
  rows.filter((row) => takes(row) && touched(row));

/** Those of them whose replacement was not seen to stand: there must never be one. */
export const takenTooEarly = (rows: readonly ApplyRow[]): readonly ApplyRow[] => {
  const good = new Set(rows.filter(({ state }) => stands(state)).map(({ step }) => step));
  return taken(rows).filter(({ after }) => !after.every((step) => good.has(step)));
};
