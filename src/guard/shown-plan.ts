import type { Refusal } from '../core/apply.ts';
import type { ReviewedPlan } from '../core/gate.ts';
import type { StoredPlan } from '../core/gate-port.ts';
import type { Hash } from '../core/ports.ts';
import { err, ok, type Result } from '../core/result.ts';
import { parseReviewedText } from '../core/reviewed-plan.ts';
import type { Vote } from './approvals.ts';
import { refuse } from './refusals.ts';

/** GitHub's own app, by which workflows write. */
const workflows = 'github-actions';

/** By what check runs are known as ours. */
export interface PlanMark {
  readonly checkName: string;
  readonly head: string;
  readonly hash: Hash;
}

type Finished = StoredPlan & { readonly completedAt: string };

const again = (why: string): Refusal =>
  refuse(
    'plan-unknown',
    why,
    'run the check of the pull request again and approve its plan, or open a pull request that touches the policies',
  );

/** The check runs that were the newest when somebody approved: more than one where they ended in the same second. */
const shownTo = (vote: Vote, plans: readonly Finished[]): readonly Finished[] => {
  const before = plans.filter(({ completedAt }) => Date.parse(completedAt) < Date.parse(vote.at));
  const newest = Math.max(...before.map(({ completedAt }) => Date.parse(completedAt)));
  return before.filter(({ completedAt }) => Date.parse(completedAt) === newest);
};

const readPlan = (plan: Finished, { checkName, hash }: PlanMark): Result<ReviewedPlan, Refusal> => {
  const what = `what the check run \`${checkName}\` kept of its plan can't be used`;
  if (plan.text === null) return err(again(`${what}: it holds none`));
  const read = parseReviewedText(plan.text, hash);
  if (!read.ok) return err(again(`${what}: ${read.error}`));
  if (plan.externalId !== read.value.digest) return err(again(`${what}: it names two digests`));
  return read;
};

/** The plan that everybody saw who approved: each the newest check run that was there before. */
export const shownPlan = (
  votes: readonly Vote[],
  plans: readonly StoredPlan[],
  mark: PlanMark,
): Result<ReviewedPlan, Refusal> => {
  const ours = plans.filter(
    (plan): plan is Finished =>
      plan.app === workflows &&
      plan.name === mark.checkName &&
      plan.head === mark.head &&
      // Stryker disable next-line ConditionalExpression: a time that is none is before nothing; said for the types
      plan.completedAt !== null,
  );
  const shown = votes.map((vote) => ({ vote, plans: shownTo(vote, ours) }));
  for (const { vote, plans: newest } of shown)
    if (newest.length === 0)
      return err(again(`no check run \`${mark.checkName}\` was there before \`${vote.login}\` approved`));
  const seen: ReviewedPlan[] = [];
  for (const plan of shown.flatMap(({ plans: newest }) => newest)) {
    const read = readPlan(plan, mark);
    if (!read.ok) return read;
    seen.push(read.value);
  }
  const [one] = seen;
  if (one === undefined) return err(again('nobody approved, so no plan was shown to anybody'));
  if (seen.some(({ digest }) => digest !== one.digest))
    return err(
      refuse(
        'plans-differ',
        'it is not one plan that was shown to those who approved: the check ran again, and found another',
        'let them approve again, now that the plan is the same for all',
      ),
    );
  return ok(one);
};
