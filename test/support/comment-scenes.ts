import { identityId } from '../../src/core/ids.ts';
import type { PolicySummary, Report, Verdict } from '../../src/core/report.ts';
import { accessAfter, accessNow } from './comment-access.ts';
import { added, removed, stepsOf, way } from './comment-parts.ts';
import {
  at,
  azureRole,
  finding,
  groupScope,
  hubstor,
  judged,
  missing,
  read,
  secret,
  undeclared,
  vault,
} from './report-parts.ts';
import { clean } from './reports.ts';
/** Policy that says what is protected. */
export const protecting: PolicySummary = {
  ...hubstor,
  protects: [{ workload: 'azure-vm-disk', operations: ['discover', 'backup'] }],
};

/** Verdict on whether backups have what they need. */
export const works = (policy: string, verdict: Verdict['verdict'] = 'pass'): Verdict => ({
  policy,
  rule: 'missing-for-workload',
  verdict,
});

/** Grant to read disks. */
export const reader = azureRole('Disk Backup Reader', 'rg-erp-prod', { purpose: 'disk backup exports disks' });
/** Grant to keep snapshots. */
export const snapshots = azureRole('Disk Snapshot Contributor', 'rg-snapshots');
/** Grant that is far too much. */
export const contributor = azureRole('Contributor', 'rg-erp-prod');

/** A finding that stood before. */
export const aged = finding({
  fingerprint: '5d20f1b8c6',
  rule: 'long-lived-secret',
  subject: secret.subject,
  scope: null,
  place: at('policies/hubstor.yaml', 8, 7, 46),
  message: 'the secret `3f1a9c52-6b7d-4e08-9a41-c2d5e8f01b63` never expires (until 2299-12-31), 180 days are allowed',
  help: 'use a federated credential, or a secret of at most 180 days',
  side: 'tenant',
});
/** A finding that the plan cures. */
export const tooMuch = finding({
  curedByPlan: true,
  stands: false,
  side: 'tenant',
  scope: groupScope('rg-erp-prod'),
});

/** Drift of another identity. */
export const vaultOwner = undeclared(
  azureRole('Owner', 'rg-dr', { identity: identityId(vault), key: `${vault}|owner` }),
  'disks-prod',
);
/** Grant of another identity. */
export const restorer = azureRole('Disk Restore Operator', 'rg-dr', {
  identity: identityId(vault),
  key: `${vault}|restore`,
});
/** One role goes, two come. */
export const narrowing = [missing(reader), missing(snapshots), undeclared(contributor)];

/** Contributor goes, two narrow roles come, one finding stood before. */
export const narrowed: Report = {
  ...clean,
  exitCode: 1,
  conclusion: 'violations',
  policies: [protecting],
  coverage: read('hubstor-prod'),
  verdicts: [...judged('hubstor-prod', ['pass', 'pass', 'fail']), works('hubstor-prod')],
  findings: [aged, tooMuch],
  drift: narrowing,
  plan: { digest: clean.plan.digest, steps: stepsOf(narrowing), withheld: [] },
  effectiveAccess: [accessNow],
  threeWay: {
    ...way,
    asked: [added(reader, 21), added(snapshots, 22), removed(contributor, 21)],
    findingsBefore: [aged.fingerprint, tooMuch.fingerprint],
    accessAfter: [accessAfter],
  },
};

/** The pull request edits a comment of a policy, or what was done by hand already. */
export const unchanged: Report = {
  ...clean,
  verdicts: [...clean.verdicts, works('hubstor-prod'), works('disks-prod')],
  threeWay: { ...way, asked: [added(reader, 21, { effect: 'already-so', step: null })] },
};

/** Narrowed, and nothing left to decide. */
export const tidy: Report = { ...narrowed, exitCode: 0, conclusion: 'changes', findings: [tooMuch] };
