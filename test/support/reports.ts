import type { Diagnostic } from '../../src/core/diagnostic.ts';
import type { Coverage, Report } from '../../src/core/report.ts';
import { writeOf } from './plan-steps.ts';
import { hubstorAccess, vaultAccess } from './report-access.ts';
import {
  at,
  azureRole,
  disks,
  drift,
  finding,
  groupScope,
  hubstor,
  hubstorApp,
  judged,
  missing,
  read,
  secret,
  serviceManagement,
  undeclared,
  vault,
} from './report-parts.ts';

/** Everything as it should be. */
export const clean: Report = {
  mode: 'check',
  version: '0.1.0',
  tenant: { id: '9a1c6f0e-54b7-4c39-8f0d-7be2a5d1c604', cloud: 'public', name: 'contoso' },
  asOf: '2026-11-22T00:00:00Z',
  exitCode: 0,
  conclusion: 'clean',
  source: 'live',
  failOn: 'medium',
  policies: [hubstor, disks],
  coverage: [...read('hubstor-prod'), ...read('disks-prod')],
  diagnostics: [],
  findings: [],
  drift: [],
  plan: { digest: `sha256:${'9f2c41d7'.repeat(8)}`, steps: [], withheld: [] },
  verdicts: [...judged('hubstor-prod', []), ...judged('disks-prod', [])],
  effectiveAccess: [],
  reader: null,
  requests: { graph: 2, resourceManager: 2, token: 3 },
};

/** Findings of every sort, drift of every cause, and a plan. */
export const violations: Report = {
  ...clean,
  exitCode: 1,
  conclusion: 'violations',
  effectiveAccess: [hubstorAccess],
  drift,
  plan: {
    digest: clean.plan.digest,
    steps: drift
      .filter(({ policy }) => policy === 'hubstor-prod')
      .map((one, index) => ({ ...writeOf(one), id: `step-${index + 1}`, after: [] })),
    withheld: [],
  },
  verdicts: [
    ...judged('hubstor-prod', ['fail', 'fail', 'fail', 'excepted']),
    ...judged('disks-prod', ['pass', 'fail']),
  ],
  findings: [
    finding(),
    finding({
      fingerprint: '0c93aa17e2',
      rule: 'self-escalation',
      severity: 'critical',
      subject: 'Owner',
      scope: groupScope('rg-premium-prod'),
      place: at('policies/hubstor.yaml', 24),
      message: 'HubStor Backup App can assign itself any role on `rg-premium-prod`',
      help: 'nothing in premium storage needs `Owner`; ask for `Disk Snapshot Contributor`',
      evidence: { actions: ['Microsoft.Authorization/roleAssignments/write'] },
    }),
    finding({
      fingerprint: '5d20f1b8c6',
      rule: 'long-lived-secret',
      subject: secret.subject,
      scope: null,
      place: at('policies/hubstor.yaml', 8, 7, 46),
      message:
        'the secret `3f1a9c52-6b7d-4e08-9a41-c2d5e8f01b63` never expires (until 2299-12-31), 180 days are allowed',
      help: 'use a federated credential or a certificate',
      evidence: { end: '2299-12-31', maxDays: 180 },
      side: 'tenant',
    }),
    finding({
      fingerprint: 'e4417b09da',
      severity: 'medium',
      confidence: 'likely',
      identity: vault,
      subject: 'Owner',
      scope: groupScope('rg-dr'),
      policy: 'disks-prod',
      place: at('policies/azure-backup/disks.yaml', 9, 7, 40),
      message: `\`Owner\` at \`${groupScope('rg-dr')}\` is more than a vault needs to restore disks`,
      help: 'use `Disk Restore Operator`',
      side: 'tenant',
    }),
    finding({ fingerprint: 'aa01', scope: groupScope('rg-legacy'), side: 'tenant', curedByPlan: true, stands: false }),
    finding({
      fingerprint: 'aa02',
      rule: 'delegated-grant-on-daemon',
      severity: 'medium',
      subject: 'user_impersonation',
      api: serviceManagement,
      scope: null,
      side: 'tenant',
      curedByPlan: true,
      stands: false,
    }),
    finding({
      fingerprint: 'aa03',
      subject: 'Storage Account Contributor',
      place: at('policies/hubstor.yaml', 27),
      exception: {
        reason: 'keys are rotated each night until the vendor supports Entra sign-in',
        approvedBy: 'security@contoso.example',
        expires: '2027-01-31',
        place: at('policies/hubstor.yaml', 34, 7, 80),
      },
    }),
  ],
};

/** Two parts of the tenant could not be read. */
export const incomplete: Report = {
  ...clean,
  exitCode: 3,
  conclusion: 'incomplete',
  effectiveAccess: [hubstorAccess, vaultAccess],
  coverage: [
    ...read('hubstor-prod').map(
      (row): Coverage =>
        row.kind === 'app-role-assignment'
          ? {
              ...row,
              state: 'gap',
              reason: 'forbidden',
              needs: 'Application.Read.All',
              detail: '403 Authorization_RequestDenied',
            }
          : row,
    ),
    ...read('disks-prod').map(
      (row): Coverage =>
        row.kind === 'azure-role-assignment'
          ? {
              ...row,
              state: 'gap',
              reason: 'throttled',
              needs: 'a run at a quieter hour',
              detail: '429 for 120 seconds',
            }
          : row,
    ),
  ],
  verdicts: [...judged('hubstor-prod', ['unknown']), ...judged('disks-prod', ['unknown', 'unknown', 'pass', 'error'])],
  findings: [finding({ confidence: 'likely' })],
};

const mistake = (over: Partial<Diagnostic>): Diagnostic => ({
  code: 'unknown-permission',
  message: '`Mail.Raed` is not an application permission of `Microsoft Graph`',
  help: 'did you mean `Mail.Read`?',
  place: at('policies/vplus.yaml', 14, 11, 9),
  source: '        - Mail.Raed',
  subject: 'Mail.Raed',
  policy: 'vplus-prod',
  ...over,
});

/** Mistakes in files, and nothing else. */
export const invalid: Report = {
  ...clean,
  exitCode: 2,
  conclusion: 'invalid',
  policies: [],
  coverage: [],
  verdicts: [],
  plan: { digest: clean.plan.digest, steps: [], withheld: [] },
  reader: null,
  requests: { graph: 0, resourceManager: 0, token: 0 },
  diagnostics: [
    mistake({}),
    mistake({
      code: 'unknown-key',
      message: '`aplicationPermissions` is not a key of `access`',
      help: 'did you mean `applicationPermissions`?',
      place: at('policies/vplus.yaml', 12, 5, 21),
      source: '    aplicationPermissions:',
      subject: 'aplicationPermissions',
    }),
    mistake({
      code: 'bad-id',
      message: '`appId` has 35 characters, a GUID has 36',
      help: null,
      place: at('policies/a-folder/of-the-team/hubstor.yaml', 7, 142, 35),
      source: `    - { ${'description: "a comment that nobody will ever read", '.repeat(2)}note: "and more of it", appId: 6f1c0f5e-2f0a-4b6e-9d57-0f2a7b6d1c1, objectId: 0d3b7c11-8a52-4f0e-b6c4-51f0a2d9e377 }`,
      subject: 'appId',
      policy: null,
    }),
  ],
};

/** Policies alone, as a fork's pull request is judged. */
export const offline: Report = {
  ...clean,
  tenant: null,
  source: 'offline',
  exitCode: 1,
  conclusion: 'violations',
  effectiveAccess: [{ ...hubstorAccess, displayName: null, in: [], remarks: [] }],
  coverage: [],
  policies: [{ ...hubstor, identities: [{ id: hubstorApp, displayName: null }] }],
  verdicts: judged('hubstor-prod', ['pass', 'fail']),
  reader: null,
  requests: { graph: 0, resourceManager: 0, token: 0 },
  findings: [
    finding({ side: 'policy' }),
    finding({ fingerprint: 'ff', severity: 'low', side: 'policy', stands: false }),
  ],
};

/** By the name of their golden files. */
export const reports: Readonly<Record<string, Report>> = { clean, violations, incomplete, invalid, offline };

/** A tenant in which everything is wrong: `size` findings that stand, as many differences, and a plan for each. */
export const crowded = (size: number): Report => {
  const severities = ['low', 'medium', 'high', 'critical'] as const;
  const findings = Array.from({ length: size }, (_, index) =>
    finding({
      fingerprint: `f${index}`,
      severity: severities[index % 4] ?? 'low',
      scope: groupScope(`rg-${index}`),
      place: at('policies/hubstor.yaml', index + 1),
    }),
  );
  const many = findings.map((_, index) =>
    index % 2 === 0 ? missing(azureRole('Reader', `rg-${index}`)) : undeclared(azureRole('Owner', `rg-${index}`)),
  );
  return {
    ...violations,
    findings,
    drift: many,
    plan: {
      digest: clean.plan.digest,
      steps: many.map((one, index) => ({ ...writeOf(one), id: `step-${index}`, after: [] })),
      withheld: [],
    },
  };
};
