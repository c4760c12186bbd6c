import { type JournalLine, type JournalStep, journalEntries } from '../core/journal.ts';
import { type PlanFile, stepsOfFile } from '../core/plan-file.ts';
import type { Hash } from '../core/ports.ts';
import { requestFits } from '../core/request-fits.ts';
import { hashOf } from './plan-digest.ts';

/** What of a run is known by one line of its journal. */
interface Seen {
  readonly steps: ReadonlyMap<string, JournalStep>;
  /** Step whose request left and whose answer is not noted yet. */
  open: string | null;
  readonly attempts: Map<string, number>;
  /** Steps that were seen to hold. */
  readonly holds: Set<string>;
  readonly ended: Set<string>;
}

const isStanding = (state: string): boolean => state === 'done' || state === 'already';

/** What is wrong with one line, after those before it; sentences without full stop. */
const faultsOf = ({ entry }: JournalLine, seen: Seen): readonly string[] => {
  if (entry.type === 'begin' || entry.type === 'end') return [];
  const id = entry.type === 'result' ? entry.result.step : entry.step;
  const step = seen.steps.get(id);
  if (step === undefined) return [`step \`${id}\` is not one of those that were to run`];
  if (entry.type === 'intent') {
    const before = seen.attempts.get(id) ?? 0;
    const waits = step.after.filter((other) => seen.steps.has(other) && !seen.holds.has(other));
    const faults = [
      ...(seen.open === null ? [] : [`a request leaves before the answer to that of \`${seen.open}\` is noted`]),
      ...(entry.attempt === before + 1 ? [] : [`attempt ${entry.attempt} at \`${id}\` follows attempt ${before}`]),
      ...(seen.ended.has(id) ? [`a request leaves for \`${id}\`, whose result is noted already`] : []),
      ...waits.map((other) => `a request leaves for \`${id}\` before \`${other}\` was seen to hold`),
      ...(requestFits(step.target, step.change.action, entry.request)
        ? []
        : [`${entry.request.method} ${entry.request.path} is not what \`${id}\` is about`]),
    ];
    seen.open = id;
    seen.attempts.set(id, entry.attempt);
    return faults;
  }
  if (entry.type === 'answer') {
    const isIts = seen.open === id && seen.attempts.get(id) === entry.attempt;
    seen.open = null;
    return isIts ? [] : [`an answer is noted for \`${id}\`, for which no request had left`];
  }
  const { state } = entry.result;
  const faults = [
    ...(seen.ended.has(id) ? [`\`${id}\` has two results`] : []),
    ...(state === 'done' && !seen.attempts.has(id) ? [`\`${id}\` is said to be done, but no request left for it`] : []),
    ...(state === 'not-run' && seen.attempts.has(id)
      ? [`\`${id}\` is said not to have run, but a request left for it`]
      : []),
  ];
  seen.ended.add(id);
  if (isStanding(state)) seen.holds.add(id);
  return faults;
};

/** Is it the run of this plan? */
const againstPlan = (lines: readonly JournalLine[], plan: PlanFile, hash: Hash): readonly string[] => {
  const entry = lines[0]?.entry;
  if (entry?.type !== 'begin') return ['it does not say what was to be done'];
  const planned = new Set(stepsOfFile(plan).map((step) => hashOf(step, hash)));
  const others = entry.steps.filter((step) => !planned.has(hashOf({ ...step, request: null }, hash)));
  return [
    ...(entry.tenant === plan.tenant ? [] : [`it is of tenant ${entry.tenant}, and the plan of ${plan.tenant}`]),
    ...(entry.digest === plan.digest ? [] : [`it is of plan ${entry.digest}, and the file holds ${plan.digest}`]),
    ...others.map(({ id }) => `step \`${id}\` is not in the plan as it was run`),
  ];
};

/**
 * What a journal whose chain holds says that can't be so; empty for a run that kept its promises: intent before request, no
 * step but those of the plan, nothing taken before what replaces it was seen. `plan`: the file that it ran by, where there is one.
 */
export const verifyJournal = (lines: readonly JournalLine[], plan: PlanFile | null, hash: Hash): readonly string[] => {
  const begun = journalEntries(lines, 'begin').flatMap(({ steps }) => steps);
  const seen: Seen = {
    steps: new Map(begun.map((step) => [step.id, step])),
    open: null,
    attempts: new Map(),
    holds: new Set(),
    ended: new Set(),
  };
  const times = lines.map(({ at }) => Date.parse(at));
  const faults = lines.flatMap((line, index) => [
    ...((times[index] ?? 0) >= (times[index - 1] ?? 0) ? [] : [`line ${index + 1}: it is older than the line before`]),
    ...faultsOf(line, seen).map((fault) => `line ${index + 1}: ${fault}`),
  ]);
  return [...faults, ...(plan === null ? [] : againstPlan(lines, plan, hash))];
};
