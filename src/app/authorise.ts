import type { Refusal } from '../core/apply.ts';
import type { Approval, Authority, PlanToRun } from '../core/authority.ts';
import { changedFact } from '../core/change.ts';
import type { Step } from '../core/plan.ts';
import type { Hash } from '../core/ports.ts';
import { err, ok, type Result } from '../core/result.ts';
import { hashOf } from './plan-digest.ts';

/** The steps of a plan, to be asked about. */
export const planToRun = (tenant: string, digest: string, steps: readonly Step[], hash: Hash): PlanToRun => ({
  tenant,
  digest,
  steps,
  hashes: new Map(steps.map((step) => [step.id, hashOf(step, hash)])),
});

const mostNamed = 5;

/** Steps that nobody saw who approved; empty where what would run is part of what was approved. */
const unseenSteps = ({ steps, hashes }: PlanToRun, { allowed }: Approval): readonly Step[] =>
  steps.filter(({ id }) => allowed.get(id) === undefined || allowed.get(id) !== hashes.get(id));

const tellStep = ({ change }: Step): string => {
  const fact = changedFact(change);
  const verb = { create: 'grant', update: 'change', delete: 'revoke' }[change.action];
  return `${verb} \`${fact.subject}\` of \`${fact.identity}\``;
};

const needsApproval = (unseen: readonly Step[]): Refusal => {
  const named = unseen.slice(0, mostNamed).map(tellStep).join(', ');
  const more = unseen.length > mostNamed ? `, and ${unseen.length - mostNamed} more` : '';
  return {
    code: 'needs-approval',
    why: `the tenant has changed since the plan was reviewed: ${unseen.length === 1 ? 'one step was' : `${unseen.length} steps were`} not in it (${named}${more})`,
    wayForward:
      'nothing was written; open a pull request that touches the policy, whose check shows the plan of today, or let an approver start mode `remediate` for the plan of today',
  };
};

/** May this plan run, each step of it? */
export const authorise = async (
  plan: PlanToRun,
  authority: Authority,
): Promise<Result<Approval, readonly Refusal[]>> => {
  const approval = await authority.approve(plan);
  if (!approval.ok) return approval;
  const unseen = unseenSteps(plan, approval.value);
  return unseen.length === 0 ? ok(approval.value) : err([needsApproval(unseen)]);
};
