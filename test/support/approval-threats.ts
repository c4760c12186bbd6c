import type { ThreatRow } from './threat-row.ts';

const merges = 'test/threats/approved-merges.test.ts';
const tenants = 'test/threats/changing-tenants.test.ts';
const planFile = 'test/threats/plan-file-authority.test.ts';
const gate = 'test/guard/gate.test.ts';
const approvals = 'test/guard/approvals.test.ts';
const merged = 'test/guard/merged-pull.test.ts';
const consent = 'test/guard/run-consent.test.ts';
const shown = 'test/guard/shown-plan.test.ts';
const passing = 'test/app/pass-gate.test.ts';
const reads = 'test/app/gate-reads.test.ts';
const plan = 'test/core/plan.test.ts';
const asked = 'test/app/authorise.test.ts';
const brake = 'test/guard/brake.test.ts';
const oracle = [
  'test/guard/gate-oracle.test.ts',
  'judges as the rules do that were written down apart from it',
] as const;

/** What may go wrong between a plan, its approval and its run, and the tests that try it. */
export const approvalThreats: Readonly<Record<string, ThreatRow>> = {
  A01: {
    threat: 'a commit after the approval',
    by: [
      [merges, 'for a commit that came after the approval'],
      [approvals, 'of another commit'],
      [approvals, 'before the last push'],
      oracle,
    ],
  },
  A02: {
    threat: 'something happens between the look and the write',
    by: [
      ['test/threats/moving-gate.test.ts', 'an approver who loses his rights while the job runs'],
      [merged, 'a newer merge'],
    ],
    not: 'after the last look, which is with the lock held and before the first request, the run carries out what was approved until then: an approval taken back later ends no run, a person stops the job',
  },
  A03: {
    threat: 'a pull request that is turned to another branch',
    by: [
      [merges, 'for a pull request that was turned to another branch'],
      [merged, 'another base'],
      [merged, 'another base repository'],
    ],
  },
  A04: {
    threat: 'a squash or a rebase, whose commit no reviewer saw',
    by: [
      [passing, 'opens for an approved %s'],
      [passing, 'closes where a %s mixes in what nobody reviewed'],
      [merged, 'files that the merge changed'],
      [merged, 'a file made executable'],
    ],
  },
  A05: {
    threat: 'a merge queue that joins two pull requests',
    by: [
      [passing, 'closes where a %s mixes in what nobody reviewed'],
      [passing, 'closes where two pull requests brought the commit'],
      [merged, 'a newer merge'],
      ['test/guard/last-access.test.ts', 'whatever is taken, whoever had access keeps some'],
    ],
    not: 'two that touch governed files need a new approval of the second, on top of the first: nothing is approved as a union',
  },
  A06: {
    threat: 'a push or a merge past review',
    by: [
      [merges, 'for a merge that nobody approved'],
      [merges, 'for a push past all pull requests'],
      [merged, 'a direct push'],
      [approvals, 'too few'],
    ],
  },
  A07: {
    threat: 'several pull requests of a commit, or none that is indexed yet',
    by: [
      [passing, 'waits for a pull request that isn’t indexed yet'],
      [passing, 'waits for a minute at most'],
      [passing, 'closes where two pull requests brought the commit'],
      [reads, 'the pull requests of the commit'],
    ],
  },
  A08: {
    threat: 'who wrote it approves it',
    by: [
      [approvals, 'of the author'],
      [approvals, 'of the last pusher'],
      [approvals, 'of a committer'],
      [approvals, 'of a co-author'],
      [passing, 'counts nobody who pushed after others, or whose rights are gone'],
      ['test/guard/pull-authors.test.ts', 'who had a hand in a pull request'],
      oracle,
    ],
  },
  A09: {
    threat: 'an approval that is taken back or dismissed',
    by: [
      [merges, 'for an approval that its giver took back'],
      [merges, 'for an approval that was dismissed'],
      [merges, 'is written, though the approver comments afterwards'],
      [approvals, 'that an objection followed'],
      [approvals, 'that were dismissed'],
      [gate, 'a comment after the approval'],
      oracle,
    ],
  },
  A10: {
    threat: 'an approver who may not write any more',
    by: [
      [merges, 'for the approval of somebody who may not write any more'],
      [approvals, 'of somebody who left'],
      [reads, 'who may write'],
    ],
  },
  A11: {
    threat: 'a program approves',
    by: [
      [merges, 'for the approval of a program'],
      [approvals, 'of a program'],
      [approvals, 'of an app by its name'],
      [passing, 'asks about nobody twice, and about no program'],
    ],
  },
  A12: {
    threat: 'a change that lowers the bar by which it is measured',
    by: [
      [merges, 'for the approval of somebody whom the same merge makes an approver'],
      [merges, 'beyond the brake that the same merge loosens'],
      [merges, 'nobody touches by the merge that allows it'],
      [approvals, 'where nobody may approve'],
    ],
    not: 'it takes as many approvals as any other change: give CODEOWNERS of `backup-access.yaml` to other people',
  },
  A13: {
    threat: 'a pull request whose workflow calls apply',
    by: [
      ['test/entry/action-inputs.test.ts', 'of $mode are refused on $event'],
      ['test/e2e/action.test.ts', 'a mode that writes, on an event that anybody can cause'],
      [merged, 'another event'],
      ['test/examples/workflows.test.ts', 'outside of the environment'],
    ],
    not: 'code of a pull request can leave this program out altogether: that its token is none of the identity that writes is the environment’s part, and Entra’s',
  },
  A14: {
    threat: 'a plan that somebody edits in a comment',
    by: [[merges, 'is never asked for, nor are labels and reactions']],
  },
  A15: {
    threat: 'a plan that was put in place of another',
    by: [
      [planFile, 'that is another than the approved one'],
      ['test/app/plan-file.test.ts', 'a plan file that was changed is refused'],
      [shown, 'of another app'],
      [shown, 'of two digests'],
      ['test/core/reviewed-plan.test.ts', 'is noticed when it is cut or changed anywhere'],
    ],
  },
  A16: {
    threat: 'an old plan for a new head',
    by: [
      [shown, 'of another commit'],
      [planFile, 'of another tenant'],
      [planFile, 'of last week'],
      [planFile, 'of a time to come'],
      [consent, 'no digest'],
    ],
  },
  A17: {
    threat: 'another grant stands where one was to be revoked',
    by: [
      [asked, 'is a step of the same id that does something else'],
      ['test/app/run-steps.test.ts', 'is left alone, and whoever waits for it too'],
      ['test/writers/app-role-assignment.test.ts', 'a new grant of the same: nobody approved its end'],
      ['test/writers/azure-role-assignment.test.ts', 'a new assignment of the same: nobody approved its end'],
      [tenants, 'that somebody else has cleaned up is left as it is'],
    ],
  },
  A18: {
    threat: 'drift after the approval makes more to do',
    by: [
      [tenants, 'is not tidied beyond what was approved'],
      [asked, 'is no, with the step that nobody saw'],
    ],
  },
  A19: {
    threat: 'a digest that changes by itself',
    by: [
      ['test/threats/same-digest.test.ts', 'whatever the size and order of pages, the time zone and the day'],
      [plan, 'the order in which it was found says nothing'],
      ['test/e2e/enforcement.test.ts', 'each has a digest of its own, which neither time nor file names change'],
    ],
  },
  A20: {
    threat: 'a name that changes',
    by: [
      [plan, 'another display name'],
      [plan, 'another purpose'],
    ],
  },
  A21: {
    threat: 'knowledge that changes what is recommended',
    by: [
      [plan, 'the tenant and the knowledge'],
      [asked, 'is a step more'],
    ],
    not: 'new knowledge that leaves every step as it was seen needs no new approval: the steps are what was approved',
  },
  A22: {
    threat: 'another version of the program between approval and run',
    by: [
      [asked, 'is what the authority says, where each step was seen'],
      [asked, 'is a step of the same id that does something else'],
      ['test/app/plan-file.test.ts', 'another version'],
    ],
    not: 'there is one version so far, so no two builds are compared: a step that another version makes otherwise has another hash, and needs a new approval',
  },
  A23: {
    threat: 'nothing to do since nothing could be read or planned',
    by: [
      [tenants, 'makes no success of nothing to do'],
      [shown, 'none'],
    ],
  },
  A24: {
    threat: 'a run weeks after the approval',
    by: [
      [approvals, 'too old'],
      [gate, 'an approval on its last day'],
      [consent, 'an old run'],
    ],
  },
  A25: {
    threat: 'a job that is run again',
    by: [
      ['test/e2e/merge.test.ts', 'writes nothing when it runs again'],
      ['test/app/run-steps.test.ts', 'a second run writes nothing'],
      [tenants, 'loses what was approved, and only once'],
      [merged, 'a newer merge'],
      [consent, 'a run that was run again'],
    ],
  },
  A26: {
    threat: 'a revert that grants again what was taken',
    by: [
      [brake, 'a step done three times'],
      ['test/guard/never-grant.test.ts', 'what is never granted'],
      [merges, 'for a merge that nobody approved'],
    ],
    not: 'the brake counts revokes only: grants in any number pass it, once people approved each of them in a plan of its own',
  },
  A27: {
    threat: 'two pull requests approved on one base, merged one after the other',
    by: [
      [passing, 'closes where a %s mixes in what nobody reviewed'],
      [merged, 'a newer merge'],
      [gate, 'a later tip with the same governed files'],
      [tenants, 'is not tidied beyond what was approved'],
    ],
  },
  A28: {
    threat: 'a check that did not run',
    by: [
      [merges, 'for a merge whose check did not run'],
      [shown, 'none'],
    ],
  },
  A29: {
    threat: 'an approval by a comment, a label or a reaction',
    by: [
      [merges, 'for words that say that it is approved'],
      [merges, 'is never asked for, nor are labels and reactions'],
    ],
  },
  A30: {
    threat: 'an environment without reviewers',
    by: [
      [consent, 'an environment that asks nobody'],
      [consent, 'no such environment'],
      [reads, 'the environment'],
      [merges, 'for a merge that nobody approved'],
    ],
    not: 'after a merge it is the reviews that count, whatever the environment asks; what a plan of GitHub offers no command tells, docs/identities.md does',
  },
};
