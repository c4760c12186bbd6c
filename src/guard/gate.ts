import type { Refusal } from '../core/apply.ts';
import type { GateQuestion, GateVerdict, ReviewedPlan } from '../core/gate.ts';
import type { GateEvidence, PullEvidence } from '../core/gate-evidence.ts';
import type { Hash } from '../core/ports.ts';
import { countVotes, type Votes } from './approvals.ts';
import { ofMerge, ofPlace, ofPulls } from './merged-pull.ts';
import { countOf, nameSome, refuse } from './refusals.ts';
import { consentTo } from './run-consent.ts';
import { shownPlan } from './shown-plan.ts';

/** By what the check runs of plans are known. */
export interface GateRules {
  /** Name of our check run. */
  readonly checkName: string;
  readonly hash: Hash;
}

const events = ['push', 'workflow_dispatch', 'schedule'];

const ofQuestion = ({ event, approval }: GateQuestion): Refusal[] => {
  const found: Refusal[] = [];
  if (!events.includes(event))
    found.push(
      refuse(
        'other-event',
        `the job runs on \`${event}\``,
        'run it on `push`, or mode `remediate` on `workflow_dispatch`',
      ),
    );
  if (!Number.isSafeInteger(approval.required) || approval.required < 1 || approval.approvers.length === 0)
    found.push(
      refuse(
        'no-approvers',
        'before this merge, `backup-access.yaml` named nobody whose approval would count',
        'name `approval.approvers` and merge that first: it holds from the next merge on',
      ),
    );
  return found;
};

const ofVotes = ({ counted, discounted, against }: Votes, number: number, required: number): Refusal[] => {
  const found: Refusal[] = [];
  if (against.length > 0)
    found.push(
      refuse(
        'changes-requested',
        `${nameSome(against.map((login) => `\`${login}\``))} asked for changes in #${number}, and still does`,
        'settle it with them: their approval, or the dismissal of their review, takes it back',
      ),
    );
  if (counted.length < required || !(required >= 1)) {
    const others = discounted.length === 0 ? '' : `: ${nameSome(discounted)}`;
    found.push(
      refuse(
        'approvals-missing',
        `#${number} has ${countOf(counted.length, 'approval')} that count${counted.length === 1 ? 's' : ''}, of ${required} needed${others}`,
        'have a pull request that touches the policies approved by more of the approvers before it is merged',
      ),
    );
  }
  return found;
};

/** When approvals must still hold: a run that restores brings consent of its own, so there it is the merge. */
const agedAt = ({ event, now }: GateQuestion, { pull }: PullEvidence): Date =>
  event === 'push' || pull.mergedAt === null ? now : new Date(pull.mergedAt);

/** May this job write, by what GitHub told? Any doubt closes; all that closes it is told. */
export const judgeGate = (
  question: GateQuestion,
  evidence: GateEvidence,
  { checkName, hash }: GateRules,
): GateVerdict => {
  const { pull: of, people, run } = evidence;
  const before = [...ofQuestion(question), ...ofPlace(question, evidence), ...ofPulls(evidence)];
  if (of === null) return closed(null, before);
  const { approval } = question;
  const votes = countVotes(of, people, { maxAge: approval.maxAge, aged: agedAt(question, of) });
  const { counted } = votes;
  const refusals = [
    ...before,
    ...ofMerge(question, evidence, of),
    ...ofVotes(votes, of.pull.number, approval.required),
  ];
  let approvers = counted.map(({ login }) => login);
  let reviewed: ReviewedPlan | null = null;
  if (question.event === 'push') {
    const shown = counted.length > 0 ? shownPlan(counted, of.plans, { checkName, head: of.pull.head, hash }) : null;
    if (shown?.ok) reviewed = shown.value;
    else if (shown !== null) refusals.push(shown.error);
  } else if (run === null) refusals.push(lacking);
  else {
    const consent = consentTo(run, people, question);
    refusals.push(...consent.refusals);
    approvers = [...approvers, ...consent.by];
    // Stryker disable next-line ConditionalExpression: a run without a digest is refused already; a second lock
    if (question.planDigest !== null) reviewed = { digest: question.planDigest, steps: new Map() };
  }
  // Stryker disable next-line ConditionalExpression: no plan is known only where something was refused; a second lock
  if (refusals.length > 0 || reviewed === null) return closed(of.pull.number, refusals);
  return {
    open: true,
    pull: of.pull.number,
    head: of.pull.head,
    approvers: [...new Set(approvers)].sort(),
    reviewed,
  };
};

const lacking = refuse('gate-unreadable', 'GitHub did not tell all that the approval hangs on', 'run the job again');

const closed = (pull: number | null, refusals: readonly Refusal[]): GateVerdict => ({
  open: false,
  pull,
  refusals: refusals.length > 0 ? refusals : [lacking],
});
