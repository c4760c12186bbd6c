import type { Refusal } from '../core/apply.ts';
import type { EarlierRun } from '../core/authority.ts';
import { changedFact } from '../core/change.ts';
import type { Config } from '../core/config.ts';
import { addDuration, type Duration, parseDuration } from '../core/duration.ts';
import { mayRevoke, type Step } from '../core/plan.ts';
import { countOf } from './refusals.ts';

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
const keyIn = (id: string): string =>
  id
    .split('/')
    .slice(2)
    .join('/')
    .replace(/#[^#]*$/, '');

const raise = (field: string, least: number): string =>
  `look at each revoke of the plan; if all of them are meant, raise \`${field}\` of \`brake\` in \`backup-access.yaml\` to at least ${least} by a pull request of its own, and apply again once it is merged`;

const tell = (revokes: readonly Revoke[], now: readonly Revoke[], window: Duration): string => {
  const earlier = revokes.length - now.length;
  return earlier === 0
    ? countOf(revokes.length, 'revoke')
    : `${countOf(revokes.length, 'revoke')}, ${earlier} of them by earlier runs within ${window.text},`;
};

/** A step that two policies have is one write; which of its hashes stands for it says nothing of their order. */
const oncePerStep = (revokes: readonly Revoke[]): readonly Revoke[] =>
  [...Map.groupBy(revokes, ({ id }) => id)].flatMap(([id, same]) => {
    const hashes = same.map(({ hash }) => hash).sort();
    return hashes.slice(0, 1).map((hash) => ({ id, hash }));
  });

/** Revokes of a run, with whether it is known that all of them were done, and when. */
const revokesOf = (run: EarlierRun) =>
  oncePerStep(run.steps.filter(({ revokes }) => revokes)).map((one) => ({
    ...one,
    isWhole: !run.steps.some(({ hash, isDoubtful }) => hash === one.hash && isDoubtful === true),
    at: Date.parse(run.at),
  }));

/**
 * What earlier runs took, beside this plan. What was done, given back by somebody and done again counts each time. What a run
 * may not have got to is the same as what a later one does, and counts once with it.
 */
const earlierRevokes = (mine: readonly Revoke[], runs: readonly EarlierRun[]): readonly Revoke[] => {
  const now = new Set(mine.map(({ hash }) => hash));
  return [...Map.groupBy(runs.flatMap(revokesOf), ({ hash }) => hash)].flatMap(([hash, same]) => {
    const whole = same.filter(({ isWhole }) => isWhole);
    const isOpen = same.some((one) => !one.isWhole && !whole.some(({ at }) => at >= one.at));
    return [...whole, ...(isOpen && !now.has(hash) ? same.slice(0, 1) : [])].map(({ id }) => ({ id, hash }));
  });
};

const limitRefusals = (question: BrakeQuestion, window: Duration, runs: readonly EarlierRun[]): Refusal[] => {
  const { steps, held, limits } = question;
  const wanted = steps.filter(({ step }) => mayRevoke(step));
  if (wanted.length === 0) return [];
  const mine = oncePerStep(wanted.map(({ step: { id }, hash }) => ({ id, hash })));
  const revokes = [...mine, ...earlierRevokes(mine, runs)];
  const refusals: Refusal[] = [];

  if (revokes.length > limits.revokes)
    refusals.push({
      code: 'brake-revokes',
      why: `${tell(revokes, mine, window)} would be more than the ${limits.revokes} that the brake lets pass`,
      wayForward: raise('revokes', revokes.length),
    });

  const touched = new Set(revokes.map(({ id }) => keyIn(id)));
  const governed = new Set([...held, ...touched]).size;
  if (touched.size * 100 > governed * limits.percent)
    refusals.push({
      code: 'brake-percent',
      why: `${tell(revokes, mine, window)} would take ${touched.size} of ${countOf(governed, 'grant')} that the policies govern: more than the ${limits.percent} % that the brake lets pass`,
      wayForward: raise('percent', Math.ceil((touched.size * 100) / governed)),
    });

  for (const identity of [
    ...new Set(wanted.map(({ step }) => changedFact(step.change).identity.toLowerCase())),
  ].sort()) {
    const isIts = ({ id }: Revoke): boolean => keyIn(id).split('/').slice(1).join('/').startsWith(`${identity}/`);
    const its = revokes.filter(isIts);
    if (its.length > limits.perIdentity)
      refusals.push({
        code: 'brake-identity',
        why: `${tell(its, mine.filter(isIts), window)} would be taken from \`${identity}\`: more than the ${limits.perIdentity} for one identity that the brake lets pass`,
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
      why: `the same step was done ${countOf(times, 'time')} within ${window.text}, and somebody undoes it each time: \`${id}\``,
      wayForward:
        'find out who changes it back, in the audit log of the tenant; then stop them, or make the policy say what they need',
    };
  });

/**
 * Would this plan, with what earlier runs took away, take too much? Counted before the first write. A revoke that an earlier
 * run may not have got to is in both, and counts once.
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
