import type { StepResult } from '../core/apply.ts';
import type { Step } from '../core/plan.ts';
import type { StepRun } from './step-run.ts';
import { beats, isSteady, lookAt, type Seen, seeAgain, tellSeen } from './watch-step.ts';

/** A step that is believed to stand, and has to be seen to. */
export interface Pending {
  readonly step: Step;
  /** What it is called once it is seen: `done` where something was sent for it. */
  readonly state: 'done' | 'already';
  /** What makes us believe it, as a sentence without full stop. */
  readonly because: string;
  readonly requestIds: readonly string[];
}

const seenToStand = ({ state, because }: Pending): string =>
  state === 'already' ? 'it was so already' : `${because}, and reads show it`;

/** What is known of a step after one more read; `null`: not enough. */
const settled = (pending: Pending, seen: Seen): StepResult | null => {
  const { step, state, because, requestIds } = pending;
  if (!isSteady(seen) || !seen.answer.ok) return null;
  const stands = seen.answer.value.state;
  if (stands === 'done') return { step: step.id, state, detail: seenToStand(pending), requestIds };
  // What was sent may still be on its way; what was not won't come.
  if (stands === 'ready' && state === 'done') return null;
  return { step: step.id, state: 'unknown', detail: `${because}, but now ${tellSeen(seen)}`, requestIds };
};

const unsettled = ({ step, because, requestIds }: Pending, seen: Seen): StepResult => ({
  step: step.id,
  state: 'unknown',
  detail: `${because}, but it was not seen to hold before the time was over: ${tellSeen(seen)}`,
  requestIds,
});

/** Reads steps back, all at once, until each was seen to stand in five reads in a row, or the time is over. */
export const settleSteps = async (pending: readonly Pending[], run: StepRun): Promise<readonly StepResult[]> => {
  const next = beats(run);
  const results: StepResult[] = [];
  let open: readonly { readonly pending: Pending; readonly seen: Seen | null }[] = pending.map((one) => ({
    pending: one,
    seen: null,
  }));
  while (open.length > 0) {
    const looks = await Promise.all(
      open.map(async (one) => ({ ...one, seen: seeAgain(one.seen, await lookAt(one.pending.step, run.ports)) })),
    );
    const found = looks.map((one) => ({ ...one, result: settled(one.pending, one.seen) }));
    results.push(...found.flatMap(({ result }) => result ?? []));
    const left = found.filter(({ result }) => result === null);
    if (left.length > 0 && !(await next())) return [...results, ...left.map((one) => unsettled(one.pending, one.seen))];
    open = left;
  }
  return results;
};
