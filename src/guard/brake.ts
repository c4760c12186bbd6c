import type { Refusal } from '../core/apply.ts';
import type { EarlierRun } from '../core/authority.ts';
import { changedFact } from '../core/change.ts';
import type { Config } from '../core/config.ts';
import { addDuration, type Duration, parseDuration } from '../core/duration.ts';
import { mayRevoke, type Step } from '../core/plan.ts';

/** A step of this plan with the hash of its content. */
export interface BrakeStep {
  readonly step: Step;
  readonly hash: string;
}

/** What the brake weighs: this plan, what the policies govern now, and what earlier runs did. */
export interface BrakeQuestion {
  readonly steps: readonly BrakeStep[];
  /** Keys of the grants that the merged policies govern, as the tenant holds them now. */
  readonly held: readonly string[];
  readonly limits: Config['brake'];
  /** Every run that is known; those before the window are left out here. */
  readonly memory: readonly EarlierRun[];
  readonly now: Date;
}

/** One revoke, of now or of an earlier run. */
interface Revoke {
  readonly id: string;
  readonly hash: string;
}

/** Times that one step may have been done in a window before somebody has to look into who undoes it. */
const flapsAt = 3;

/** Is a run within the window? A moment that can't be read, and one that is still to come, count. */
const isWithin = ({ at }: EarlierRun, window: Duration, now: Date): boolean => {
  const moment = new Date(at);
  return Number.isNaN(moment.getTime()) || addDuration(moment, window).getTime() >= now.getTime();
};

/** Key of the fact that a step is about, by the step's id: `kind/action/key#consent`. */
const keyIn = (id: string): string => id.replace(/^[^/]*\/[^/]*\//, '').replace(/#[^#]*$/, '');

const count = (amount: number, word: string): string => `${amount} ${word}${amount === 1 ? '' : 's'}`;

const raise = (field: string, least: number): string =>
  `look at each revoke of the plan; if all of them are meant, raise \`${field}\` of \`brake\` in \`backup-access.yaml\` to at least ${least} by a pull request of its own, and apply again once it is merged`;

const tell = (revokes: readonly Revoke[], now: ReadonlySet<string>, window: Duration): string => {
  const earlier = revokes.filter(({ hash }) => !now.has(hash)).length;
  return earlier === 0
    ? count(revokes.length, 'revoke')
    : `${count(revokes.length, 'revoke')}, ${earlier} of them by earlier runs within ${window.text},`;
};

/** A step that two policies have is one write; which of its hashes stands for it says nothing of their order. */
const oncePerStep = (revokes: readonly Revoke[]): readonly Revoke[] => {
  const byHash = [...revokes].sort((a, b) => (a.hash < b.hash ? 1 : -1));
  return [...new Map(byHash.map((one) => [one.id, one])).values()];
};

const limitRefusals = (question: BrakeQuestion, window: Duration, runs: readonly EarlierRun[]): Refusal[] => {
  const { steps, held, limits } = question;
  const wanted = steps.filter(({ step }) => mayRevoke(step));
  if (wanted.length === 0) return [];
  const mine = oncePerStep(wanted.map(({ step: { id }, hash }) => ({ id, hash })));
  const now = new Set(mine.map(({ hash }) => hash));
  const done = runs.flatMap((run) => oncePerStep(run.steps.filter(({ revokes }) => revokes)));
  const revokes = [...new Map([...mine, ...done].map((one) => [one.hash, one])).values()];
  const refusals: Refusal[] = [];

  if (revokes.length > limits.revokes)
    refusals.push({
      code: 'brake-revokes',
      why: `${tell(revokes, now, window)} would be more than the ${limits.revokes} that the brake lets pass`,
      wayForward: raise('revokes', revokes.length),
    });

  const touched = new Set(revokes.map(({ id }) => keyIn(id)));
  const governed = new Set([...held, ...touched]).size;
  if (touched.size * 100 > governed * limits.percent)
    refusals.push({
      code: 'brake-percent',
      why: `${tell(revokes, now, window)} would take ${touched.size} of ${count(governed, 'grant')} that the policies govern: more than the ${limits.percent} % that the brake lets pass`,
      wayForward: raise('percent', Math.ceil((touched.size * 100) / governed)),
    });

  for (const identity of [
    ...new Set(wanted.map(({ step }) => changedFact(step.change).identity.toLowerCase())),
  ].sort()) {
    const its = revokes.filter(({ id }) => keyIn(id).split('/').slice(1).join('/').startsWith(`${identity}/`));
    if (its.length > limits.perIdentity)
      refusals.push({
        code: 'brake-identity',
        why: `${tell(its, now, window)} would be taken from \`${identity}\`: more than the ${limits.perIdentity} for one identity that the brake lets pass`,
        wayForward: raise('perIdentity', its.length),
      });
  }
  return refusals;
};

const flapRefusals = ({ steps }: BrakeQuestion, window: Duration, runs: readonly EarlierRun[]): Refusal[] =>
  [...new Set(steps.map(({ step }) => step.id))].sort().flatMap((id) => {
    const times = runs.filter((run) => run.steps.some((one) => one.id === id && one.isDoubtful !== true)).length;
    if (times < flapsAt) return [];
    return {
      code: 'flap',
      why: `the same step was done ${count(times, 'time')} within ${window.text}, and somebody undoes it each time: \`${id}\``,
      wayForward:
        'find out who changes it back, in the audit log of the tenant; then stop them, or make the policy say what they need',
    };
  });

/**
 * Would this plan, with what earlier runs took away, take too much? Counted before the first write. A revoke that an earlier
 * run didn't get to is in both, and counts once.
 */
export const brake = (question: BrakeQuestion): readonly Refusal[] => {
  const window = parseDuration(question.limits.window);
  if (window === null)
    return [
      {
        code: 'brake-window',
        why: `\`${question.limits.window}\` is no time over which the brake could add up revokes`,
        wayForward: 'write `window` of `brake` in `backup-access.yaml` as an ISO 8601 duration, such as `P7D`',
      },
    ];
  const runs = question.memory.filter((run) => isWithin(run, window, question.now));
  return [...limitRefusals(question, window, runs), ...flapRefusals(question, window, runs)];
};
