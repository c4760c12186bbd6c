import { sha256 } from './adapters/hash.ts';
import { hashOf } from './app/plan-digest.ts';
import type { Refusal } from './core/apply.ts';
import type { Authority } from './core/authority.ts';
import { addDuration, type Duration } from './core/duration.ts';
import { type PlanFile, stepsOfFile } from './core/plan-file.ts';
import { err, ok } from './core/result.ts';

/** A plan that a person at a command line, or another CI system, was shown and says to have approved. */
export interface PlanFileAuthorityInput {
  readonly plan: PlanFile;
  /** Digest that was approved, as whoever calls says it. */
  readonly approved: string;
  /** How old a plan may be. */
  readonly maxAge: Duration;
  /** What earlier journals say, or why nobody can tell. */
  readonly earlier: Authority['earlier'];
  readonly clock: () => Date;
}

const again = 'make the plan again with `plan --out FILE`, have it approved, and apply it with its digest';

const refusalsOf = ({ plan, approved, maxAge, clock }: PlanFileAuthorityInput, tenant: string): readonly Refusal[] => {
  const now = clock().getTime();
  const made = Date.parse(plan.madeAt);
  const refuse = (code: string, why: string): Refusal => ({ code, why, wayForward: again });
  return [
    ...(plan.digest === approved
      ? []
      : [refuse('not-approved', `the plan has the digest ${plan.digest}, and ${approved} was approved`)]),
    ...(plan.tenant === tenant
      ? []
      : [refuse('other-tenant', `the plan is of tenant ${plan.tenant}, and this is ${tenant}`)]),
    ...(made > now || addDuration(new Date(made), maxAge).getTime() < now
      ? [
          refuse(
            'stale',
            `the plan was made at ${plan.madeAt}: it may be ${maxAge.text} old, and not of a time to come`,
          ),
        ]
      : []),
  ];
};

/** The file decides, and whoever names its digest: only steps of it may run. */
export const planFileAuthority = (input: PlanFileAuthorityInput): Authority => ({
  approve: async ({ tenant }) => {
    const refusals = refusalsOf(input, tenant);
    if (refusals.length > 0) return err(refusals);
    const steps = stepsOfFile(input.plan);
    return ok({ pull: null, approvers: [], allowed: new Map(steps.map((step) => [step.id, hashOf(step, sha256)])) });
  },
  earlier: input.earlier,
  // Nobody but GitHub can keep a second writer away here: names of grants are fixed, so two of them do no harm.
  begin: async () => ok({ mayWrite: async () => ok(undefined), end: async () => ok(undefined) }),
});
