import type { Applied, StepResult } from '../core/apply.ts';
import { changedFact } from '../core/change.ts';
import type { Step } from '../core/plan.ts';
import { runStep } from './run-step.ts';
import { type Pending, settleSteps } from './settle-steps.ts';
import { openRun, type RunInput, type StepRun } from './step-run.ts';

/** Steps that do the same for several policies run once; the first one waits for what any of them waits for. */
const distinct = (steps: readonly Step[]): readonly Step[] => {
  const byId = Map.groupBy(steps, ({ id }) => id);
  return [...byId.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    return { ...first, after: [...new Set([first, ...others].flatMap(({ after }) => after))] };
  });
};

const meaning = ({ target, change }: Step): string => JSON.stringify([target, change.action]);

/** Ids under which policies ask for different things: nobody can have approved both. */
const ambiguousIds = (steps: readonly Step[]): ReadonlySet<string> => {
  const byId = Map.groupBy(steps, ({ id }) => id);
  return new Set([...byId].flatMap(([id, same]) => (new Set(same.map(meaning)).size > 1 ? id : [])));
};

const isSameConsent = ({ target: one }: Step, { target: other }: Step): boolean =>
  one.kind === 'delegated-grant' &&
  other.kind === 'delegated-grant' &&
  one.client === other.client &&
  one.resource === other.resource &&
  one.consent === other.consent &&
  one.user === other.user;

/** Has something to be seen to stand before a step? What it waits for, and what lies in the same grant. */
const needsSettling = (step: Step, pending: readonly Pending[]): boolean =>
  pending.some(({ step: earlier }) => step.after.includes(earlier.id) || isSameConsent(step, earlier));

const verbs = { create: 'granting', update: 'changing', delete: 'revoking' } as const;

const tellStep = ({ change }: Step, index: number, count: number): string =>
  `step ${index + 1} of ${count}, ${verbs[change.action]} ${changedFact(change).subject}`;

const notRun = ({ id }: Step, detail: string): StepResult => ({ step: id, state: 'not-run', detail, requestIds: [] });

const stands = ({ state }: StepResult): boolean => state === 'done' || state === 'already';

/** What became of steps so far. */
const openBook = (run: StepRun) => {
  const results = new Map<string, StepResult>();
  let pending: readonly Pending[] = [];
  const add = async (result: StepResult): Promise<void> => {
    results.set(result.step, result);
    await run.note({ type: 'result', result });
  };
  return {
    results,
    add,
    believe: (one: Pending): void => {
      pending = [...pending, one];
    },
    pending: () => pending,
    settle: async (): Promise<void> => {
      const open = pending;
      pending = [];
      if (open.length > 0) run.progress(`reading back ${open.length === 1 ? 'one step' : `${open.length} steps`}`);
      for (const result of await settleSteps(open, run)) await add(result);
    },
    missing: ({ after }: Step): readonly string[] =>
      after.filter((id) => {
        const result = results.get(id);
        return result === undefined || !stands(result);
      }),
  };
};

/**
 * The one loop that writes: step by step in the order given, each only after what it waits for was seen to stand in five
 * reads. A run that is cut anywhere can be run again: what stands is found, and not written twice.
 */
export const runSteps = async (input: RunInput): Promise<Applied> => {
  const run = openRun(input);
  const book = openBook(run);
  const steps = distinct(input.steps);
  const ambiguous = ambiguousIds(input.steps);
  for (const [index, step] of steps.entries()) {
    if (run.halted() !== null) break;
    if (ambiguous.has(step.id)) {
      await book.add(notRun(step, 'two policies ask for it in different ways: let them ask for the same'));
      continue;
    }
    if (needsSettling(step, book.pending())) await book.settle();
    if (run.halted() !== null) break;
    const missing = book.missing(step);
    if (missing.length > 0) {
      await book.add(notRun(step, `it waits for what was not seen to stand: ${missing.join(', ')}`));
      continue;
    }
    run.progress(tellStep(step, index, steps.length));
    const outcome = await runStep(step, run);
    if ('pending' in outcome) book.believe(outcome.pending);
    else await book.add(outcome.result);
  }
  await book.settle();
  const left = steps.filter(({ id }) => !book.results.has(id));
  for (const step of left) await book.add(notRun(step, `the run ended before its turn: ${run.halted()}`));
  const results = steps.flatMap(({ id }) => book.results.get(id) ?? []);
  return { results, stopped: results.every(stands) ? run.broken() : run.halted() };
};
