import type { StepResult, StepState } from '../core/apply.ts';
import type { Step } from '../core/plan.ts';
import type { WriteAnswer, WriteRequest } from '../core/write.ts';
import { judgeAnswer, tellAnswer } from './judge-answer.ts';
import type { Pending } from './settle-steps.ts';
import type { StepRun } from './step-run.ts';
import { beat, beats, isSteady, lookAt, lookSteadily, type Seen, seeAgain, tellSeen } from './watch-step.ts';

/** What came of a step: a result, or one that has still to be read back. */
type Outcome = { readonly result: StepResult } | { readonly pending: Pending };

/** Requests for one step, at most. */
const mostAttempts = 5;
/** Reads that may fail before anything is sent. */
const mostLooks = 3;

/** What was sent for a step so far. */
interface Tries {
  readonly sent: number;
  /** Could one of the requests have been carried out? */
  readonly doubt: boolean;
  /** Did the API say that it was so already? */
  readonly standing: boolean;
  /** The last answer, as a sentence without full stop. */
  readonly said: string;
  readonly requestIds: readonly string[];
}

const noTries: Tries = { sent: 0, doubt: false, standing: false, said: '', requestIds: [] };

const end = ({ id }: Step, { requestIds }: Tries, state: StepState, detail: string): Outcome => ({
  result: { step: id, state, detail, requestIds },
});

/** What a step is called that is not seen to be done: certain only where no request is in doubt. */
const notSeen = ({ sent, doubt, standing }: Tries): StepState => {
  if (sent === 0) return 'not-run';
  return doubt || standing ? 'unknown' : 'not-done';
};

const after = ({ said }: Tries, what: string): string => (said === '' ? what : `${said}; ${what}`);

/** The request that would do a step by what was seen, or how the step ends. */
const decide = (step: Step, seen: Seen, tries: Tries): Outcome | { readonly request: WriteRequest } => {
  const { answer } = seen;
  if (!answer.ok) return end(step, tries, 'unknown', after(tries, tellSeen(seen)));
  if (tries.sent > 0 && !isSteady(seen))
    return end(step, tries, 'unknown', after(tries, "reads don't agree on whether it was done"));
  const { value } = answer;
  if (value.state === 'surprise')
    return end(
      step,
      tries,
      tries.doubt ? 'unknown' : 'not-done',
      `${value.why}: a change of that needs a new approval`,
    );
  if (value.state === 'done') {
    if (tries.sent === 0)
      return { pending: { step, state: 'already', because: 'it seemed to be so already', requestIds: [] } };
    return end(step, tries, tries.doubt ? 'done' : 'already', after(tries, 'reads show it'));
  }
  if (tries.sent < mostAttempts) return { request: value.request };
  return end(step, tries, notSeen(tries), after(tries, `it was sent ${mostAttempts} times, and reads don't show it`));
};

/** Reads before anything is sent. A change of a list that others share is made from what several reads agree on. */
const lookFirst = async (step: Step, run: StepRun): Promise<Seen> => {
  const next = beats(run);
  let seen = seeAgain(null, await lookAt(step, run.ports));
  for (let looks = 1; !seen.answer.ok && looks < mostLooks && (await next()); looks += 1)
    seen = seeAgain(null, await lookAt(step, run.ports));
  const { answer } = seen;
  const replaces = answer.ok && answer.value.state === 'ready' && answer.value.request.method !== 'POST';
  return replaces && step.target.kind === 'delegated-grant' ? lookSteadily(step, run, seen) : seen;
};

/** Waits as the answer asks, at least a growing pause; ends the run where that is longer than it may take. */
const waitFor = async (answer: WriteAnswer, sent: number, run: StepRun): Promise<void> => {
  const asked = answer.came ? (answer.retryAfter ?? 0) : 0;
  let left = Math.max(asked, beat * 2 ** (sent - 1));
  if (left > run.time.left()) {
    run.halt(`the service asks to wait ${Math.ceil(left / 1000)} seconds, longer than this run may still take`);
    return;
  }
  // In short pauses: a run that is asked to end doesn't wait.
  for (; left > 0 && run.stopped() === null; left -= beat) await run.time.wait(Math.min(left, beat));
};

/** May one more request leave? The error says why not. */
const maySend = async (run: StepRun): Promise<string | null> => {
  if (run.halted() !== null) return run.halted();
  const may = await run.mayWrite();
  if (!may.ok) run.halt(may.error);
  return run.halted();
};

/** Sends a request once, with its intent on disk before and its answer after; `null`: nothing left. */
const sendOnce = async (
  step: Step,
  request: WriteRequest,
  attempt: number,
  run: StepRun,
): Promise<WriteAnswer | null> => {
  if ((await maySend(run)) !== null) return null;
  if (!(await run.note({ type: 'intent', step: step.id, attempt, request }))) return null;
  const answer = await run.write.send(request);
  await run.note({ type: 'answer', step: step.id, attempt, answer });
  return answer;
};

/** How a step ends whose request was turned down. */
const turnedDown = async (step: Step, tries: Tries, run: StepRun): Promise<Outcome> => {
  if (!tries.doubt) return end(step, tries, 'not-done', tries.said);
  const seen = await lookSteadily(step, run);
  const isDone = isSteady(seen) && seen.answer.ok && seen.answer.value.state === 'done';
  if (isDone) return end(step, tries, 'done', after(tries, 'reads show that an earlier request did it'));
  return end(step, tries, 'unknown', after(tries, 'an earlier request may have done it'));
};

/**
 * Does one step: looks, writes down what it is about to send, sends it, and where the answer leaves a doubt looks again,
 * five times, before it sends anything else.
 */
export const runStep = async (step: Step, run: StepRun): Promise<Outcome> => {
  let tries = noTries;
  let seen = await lookFirst(step, run);
  for (;;) {
    const next = decide(step, seen, tries);
    if (seen.answer.ok && seen.answer.value.state === 'surprise') run.surprised();
    if (!('request' in next)) return next;
    const answer = await sendOnce(step, next.request, tries.sent + 1, run);
    if (answer === null) return end(step, tries, notSeen(tries), after(tries, `the run ended: ${run.halted()}`));
    const heard = judgeAnswer(next.request, answer);
    const id = answer.came ? answer.requestId : null;
    tries = {
      sent: tries.sent + 1,
      doubt: tries.doubt || heard === 'doubt',
      standing: heard === 'standing',
      said: tellAnswer(answer),
      requestIds: id === null ? tries.requestIds : [...tries.requestIds, id],
    };
    const { requestIds } = tries;
    if (heard === 'accepted')
      return { pending: { step, state: 'done', because: 'the request was accepted', requestIds } };
    if (heard === 'refused') run.halt(`a request was refused, and others would be too: ${tries.said}`);
    if (heard === 'refused' || heard === 'blocked') return turnedDown(step, tries, run);
    await waitFor(answer, tries.sent, run);
    seen = await lookSteadily(step, run);
  }
};
