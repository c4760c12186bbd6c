import type { Step } from '../core/plan.ts';
import type { Answer, TenantPorts } from '../core/ports.ts';
import type { Assessment } from '../core/write.ts';
import { writerOf } from '../writers/index.ts';
import type { StepRun } from './step-run.ts';

/** What reads showed of a step, and how many times in a row. */
export interface Seen {
  readonly answer: Answer<Assessment>;
  readonly times: number;
}

/** Reads that have to agree, one after the other: replicas of a directory don't get a write at the same moment. */
const enough = 5;
/** Milliseconds between two of them. */
export const beat = 2_000;
/** The same once the run was asked to end, and how many reads there may be then: it is killed soon. */
const lastBeat = 400;
const lastReads = 8;
/** Milliseconds for which one step is watched before it is asked again. */
const longest = 60_000;

/** Looks at the tenant now. */
export const lookAt = ({ target, change }: Step, ports: TenantPorts): Promise<Answer<Assessment>> => {
  const writer = writerOf(target.kind);
  if (writer === null) throw new Error(`nobody writes ${target.kind}`);
  return writer.look(target, change.action, ports);
};

const same = (a: Answer<Assessment>, b: Answer<Assessment>): boolean =>
  a.ok && b.ok && JSON.stringify(a.value) === JSON.stringify(b.value);

/** One more read. What can't be read agrees with nothing. */
export const seeAgain = (before: Seen | null, answer: Answer<Assessment>): Seen => ({
  answer,
  times: before !== null && same(before.answer, answer) ? before.times + 1 : 1,
});

export const isSteady = ({ answer, times }: Seen): boolean => answer.ok && times >= enough;

/** What was seen, as a sentence without full stop. */
export const tellSeen = ({ answer }: Seen): string => {
  if (!answer.ok) return `its state can't be read: ${answer.error.request} failed, ${answer.error.detail}`;
  if (answer.value.state === 'surprise') return answer.value.why;
  return answer.value.state === 'done' ? 'reads only begin to show it' : "reads don't show it";
};

/** Waits for the time of the next read; false: there is no next one. At most half of the time that is left is spent so. */
export const beats = ({ time, stopped }: StepRun, most = Number.POSITIVE_INFINITY): (() => Promise<boolean>) => {
  const floor = Math.max(time.left() / 2, time.left() - most);
  let last = 0;
  return async () => {
    const isEnding = stopped() !== null;
    last += isEnding ? 1 : 0;
    if (last > lastReads || time.left() - beat < floor) return false;
    return time.wait(isEnding ? lastBeat : beat);
  };
};

/** Looks until reads agree often enough, beginning with what was seen before. */
export const lookSteadily = async (step: Step, run: StepRun, before: Seen | null = null): Promise<Seen> => {
  const next = beats(run, longest);
  let seen = before ?? seeAgain(null, await lookAt(step, run.ports));
  while (!isSteady(seen) && (await next())) seen = seeAgain(seen, await lookAt(step, run.ports));
  return seen;
};
