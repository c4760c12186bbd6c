import { expect } from './expectations.ts';
import { runOnce, setStage, type Trial, type Verdict } from './run-once.ts';
import { shortened, trialsOf } from './trials.ts';

/** How many programs run at the same time. */
const atOnce = 5;

/** What a whole run of the harness found. */
export interface Found {
  readonly steps: number;
  readonly verdicts: readonly Verdict[];
}

const reasonsOf = (verdict: Verdict): readonly string[] => [
  ...verdict.reference,
  ...verdict.second,
  ...verdict.outside,
  ...verdict.gaps,
  ...verdict.intents,
  ...verdict.journals,
  ...(verdict.struck ? [] : ['the fault met nothing']),
];

/** What is wrong with it, a line each. */
export const tellWrong = (verdict: Verdict): readonly string[] =>
  reasonsOf(verdict).map((reason) => `${verdict.trial.fault} at ${verdict.trial.at}: ${reason}`);

/** Learns from a run without faults where faults can strike, and runs once for each. */
export const runTrials = async (
  isShort: boolean,
  progress: (done: number, count: number, verdict: Verdict) => void,
): Promise<Found> => {
  const stage = await setStage((plan, { held }) => expect(plan, held));
  const clean = await runOnce({ fault: 'none', at: 'nowhere' }, stage);
  const wrong = tellWrong({ ...clean, struck: true });
  if (wrong.length > 0) throw new Error(`a run without faults goes wrong: ${wrong.join('\n')}`);
  const all = trialsOf(clean);
  const trials = isShort ? shortened(all) : all;
  const verdicts: Verdict[] = [];
  const queue = [...trials];
  const work = async (): Promise<void> => {
    for (let trial: Trial | undefined = queue.shift(); trial !== undefined; trial = queue.shift()) {
      const verdict = await runOnce(trial, stage);
      verdicts.push(verdict);
      progress(verdicts.length, trials.length, verdict);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { steps: stage.plan.steps.length, verdicts };
};
