import type { ApplyPart, StepResult, StepState } from '../../src/core/apply.ts';
import type { Step, Withheld } from '../../src/core/plan.ts';
import type { Report, Verdict } from '../../src/core/report.ts';
import { stepsOf } from './plan-steps.ts';
import { azureRole, drift, finding, groupScope, undeclared } from './report-parts.ts';
import { clean, incomplete, invalid, violations } from './reports.ts';

/** Two grants, a change and two revokes of one identity: what takes access waits for the grants. */
export const plannedSteps: readonly Step[] = stepsOf(drift.filter(({ policy }) => policy === 'hubstor-prod')).map(
  (step, at) => ({
    ...step,
    request: {
      api: 'resourceManager',
      method: step.change.action === 'delete' ? 'DELETE' : 'PUT',
      path: `${groupScope('rg-erp-prod')}/providers/Microsoft.Authorization/roleAssignments/0000000${at}?api-version=2022-04-01`,
      body: step.change.action === 'delete' ? null : { properties: { principalType: 'ServicePrincipal' } },
    },
  }),
);

const part: ApplyPart = {
  results: [],
  stopped: null,
  commit: '4e9d2c83'.repeat(5),
  pull: 12,
  approvers: ['ada', 'grace'],
  refusals: [],
  withheld: [],
  isDryRun: false,
  requests: plannedSteps.map(({ id, request }) => {
    if (request === null) throw new Error('a step without a request');
    return { step: id, request };
  }),
  journal: null,
};

const planned = { digest: clean.plan.digest, steps: plannedSteps, withheld: [] };

/** What the rule on backups says of both policies. */
export const backupVerdicts = (verdict: Verdict['verdict']): readonly Verdict[] =>
  clean.policies.map(({ name }) => ({ policy: name, rule: 'missing-for-workload', verdict }));

/** A report of a run on five steps. */
export const applyReport = (more: Partial<ApplyPart>, over: Partial<Report> = {}): Report => ({
  ...clean,
  mode: 'apply',
  plan: planned,
  verdicts: [...clean.verdicts, ...backupVerdicts('pass')],
  ...over,
  apply: { ...part, ...more },
});

/** States of the five steps, in the order of the plan. */
export const resultsOf = (...states: readonly StepState[]): readonly StepResult[] =>
  states.map((state, at) => ({
    step: plannedSteps[at]?.id ?? `step ${at}`,
    state,
    detail: details[state],
    requestIds: state === 'not-run' || state === 'already' ? [] : [`5d1c9e0${at}-2b7a-4f10-8c33-6ab1f0d2e491`],
  }));

const details: Readonly<Record<StepState, string>> = {
  done: 'read back five times',
  already: 'read once before anything was sent',
  'not-done': 'HTTP 403, AuthorizationFailed: the client has no permission to do this',
  unknown: 'no answer came, and the tenant could not be read for 10 minutes',
  'not-run': 'it waits for steps that are not known to stand',
};

/** How a run ends that stopped part way. */
export const partial = { exitCode: 4, conclusion: 'partial' } as const;
const journal = 'c0ffee12'.repeat(8);

/** A change that no plan makes. */
export const withheld: Withheld = {
  ...undeclared(azureRole('Disk Snapshot Contributor', 'rg-legacy')),
  code: 'breaks-backup',
  why: 'without it, `backup` of `azure-vm-disk` lacks `Microsoft.Compute/snapshots/write` on `rg-legacy`',
  wayForward: 'ask for a role that allows it on `rg-legacy`, or take `rg-legacy` out of `protects`',
};

const needsApproval = {
  code: 'needs-approval',
  why: 'the tenant has changed since the plan was reviewed: one step was not in it (revoke `Contributor` of HubStor)',
  wayForward: 'open a pull request that touches the policy, whose check shows the plan of today',
};
const tooMany = {
  code: 'brake-revokes',
  why: '25 steps take access away, 20 are allowed',
  wayForward:
    'merge it in smaller parts, or raise `brake.revokes` in `backup-access.yaml` in a pull request of its own',
};

/** A grant that a backup needs and the tenant lacks. */
export const lacksGrant = finding({
  fingerprint: 'bb01',
  rule: 'missing-for-workload',
  subject: 'Disk Backup Reader',
  message: 'backup of `azure-vm-disk` lacks `Disk Backup Reader` on `rg-erp-prod`',
  help: 'ask for it under `azureRoles`',
  side: 'tenant',
});

/** By the name of their golden files. */
export const applyReports: Readonly<Record<string, Report>> = {
  refused: applyReport(
    { refusals: [needsApproval, tooMany], approvers: [] },
    { exitCode: 5, conclusion: 'refused', drift, findings: violations.findings },
  ),
  'dry-run': applyReport({ isDryRun: true }, { conclusion: 'changes', drift }),
  applied: applyReport({ results: resultsOf('done', 'done', 'already', 'done', 'done'), journal }),
  'applied-rest': applyReport(
    { results: resultsOf('done', 'done', 'done', 'done', 'done'), journal, withheld: [withheld] },
    {
      exitCode: 1,
      conclusion: 'violations',
      findings: violations.findings,
      verdicts: [...violations.verdicts, ...backupVerdicts('pass')],
    },
  ),
  partial: applyReport(
    {
      results: resultsOf('done', 'unknown', 'already', 'not-done', 'not-run'),
      stopped: 'the write identity may not do this: HTTP 403, AuthorizationFailed',
      journal,
    },
    { ...partial, findings: [lacksGrant], drift: drift.slice(1, 3), verdicts: backupVerdicts('fail') },
  ),
  unsent: applyReport(
    { stopped: 'the journal can’t be written: no space left on device' },
    { ...partial, coverage: incomplete.coverage },
  ),
  nothing: applyReport({ requests: [] }, { plan: clean.plan }),
  'left-out': applyReport(
    { requests: [], withheld: [withheld], commit: null, pull: null, approvers: [] },
    { plan: { ...clean.plan, withheld: [withheld] }, mode: 'remediate', drift: [withheld] },
  ),
  unread: applyReport(
    { requests: [] },
    { plan: clean.plan, exitCode: 3, conclusion: 'incomplete', coverage: incomplete.coverage },
  ),
  mistakes: applyReport({ requests: [] }, { ...invalid, mode: 'apply' }),
};
