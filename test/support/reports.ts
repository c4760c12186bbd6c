import type { Change, Drift } from '../../src/core/change.ts';
import type { Diagnostic, Place } from '../../src/core/diagnostic.ts';
import type { AzureRoleAssignmentFact, CredentialFact, DelegatedGrantFact, Fact, KindId } from '../../src/core/fact.ts';
import type { Finding } from '../../src/core/finding.ts';
import { appId, armId, identityId, objectId, roleId } from '../../src/core/ids.ts';
import type { Coverage, PolicySummary, Report, Verdict } from '../../src/core/report.ts';

/** Reports of a small company, made up, for golden files: the app of one product and the vault of another. */
const hubstorApp = '6f1c0f5e-2f0a-4b6e-9d57-0f2a7b6d1c10';
const hubstorObject = '0d3b7c11-8a52-4f0e-b6c4-51f0a2d9e377';
const subscription = '/subscriptions/3b9c1f60-7d0e-4a55-8c3f-2f6a9e1d4b70';
const vault = `${subscription}/resourceGroups/rg-backup/providers/Microsoft.DataProtection/backupVaults/bv-prod`;
const groupScope = (name: string): string => `${subscription}/resourceGroups/${name}`;
const serviceManagement = '797f4846-ba00-4fd7-ba43-dac1f8f63013';

const hubstor: PolicySummary = {
  name: 'hubstor-prod',
  file: 'policies/hubstor.yaml',
  product: 'hubstor',
  enforcement: 'authoritative',
  identities: [{ id: hubstorApp, displayName: 'HubStor Backup App' }],
};

const disks: PolicySummary = {
  name: 'disks-prod',
  file: 'policies/azure-backup/disks.yaml',
  product: 'azure-backup',
  enforcement: 'report',
  identities: [{ id: vault, displayName: null }],
};

const at = (file: string, line: number, column = 9, length = 24): Place => ({
  file,
  line,
  column,
  endLine: line,
  endColumn: column + length,
});

const kinds: readonly KindId[] = [
  'service-principal',
  'app-role-assignment',
  'delegated-grant',
  'azure-role-assignment',
  'directory-role-assignment',
  'credential',
  'vault-identity',
];

const read = (subject: string): readonly Coverage[] =>
  kinds.map((kind) => ({ kind, subject, state: 'complete', reason: null, needs: null, detail: null }));

const rules = ['self-escalation', 'privileged-azure-role', 'long-lived-secret', 'delegated-grant-on-daemon'];

const judged = (policy: string, verdicts: readonly Verdict['verdict'][]): readonly Verdict[] =>
  rules.map((rule, index) => ({ policy, rule, verdict: verdicts[index] ?? 'pass' }));

/** What `SARIF` is told of the rules. */
export const ruleDocs = [
  ['self-escalation', 'access with which its holder can grant itself more', 'critical'] as const,
  ['privileged-azure-role', 'an Azure role that can do far more than a backup needs', 'high'] as const,
  ['long-lived-secret', 'a secret that lives for longer than the policy allows', 'high'] as const,
  ['delegated-grant-on-daemon', 'a delegated permission on an app that no user signs in to', 'medium'] as const,
].map(([id, summary, severity]) => ({
  id,
  summary,
  severity,
  helpUri: `https://backup-access-guard.example/docs/rules/${id}.md`,
}));

/** A finding that stands, unless told otherwise. */
export const finding = (over: Partial<Finding> = {}): Finding => ({
  fingerprint: 'b7e1c0d24f',
  rule: 'privileged-azure-role',
  severity: 'high',
  confidence: 'certain',
  identity: hubstorApp,
  subject: 'Contributor',
  api: null,
  scope: groupScope('rg-erp-prod'),
  policy: 'hubstor-prod',
  place: at('policies/hubstor.yaml', 21),
  message: '`Contributor` on `rg-erp-prod` can run code on every virtual machine there and read every storage key',
  help: 'use `Disk Backup Reader` on the disks and `Disk Snapshot Contributor` on the group that holds snapshots',
  evidence: { actions: ['Microsoft.Compute/virtualMachines/runCommand/action'], actionCount: 13402 },
  side: 'both',
  curedByPlan: false,
  stands: true,
  fix: null,
  exception: null,
  ...over,
});

/** An Azure role of the product's app. */
export const azureRole = (
  role: string,
  group: string,
  over: Partial<AzureRoleAssignmentFact> = {},
): AzureRoleAssignmentFact => ({
  kind: 'azure-role-assignment',
  key: `${hubstorApp}|${role}|${group}`,
  identity: identityId(hubstorApp),
  subject: role,
  role: roleId('b24988ac-6180-42a0-ab88-20f7382dd24c'),
  scope: armId(groupScope(group)),
  condition: null,
  permissions: null,
  roleType: 'BuiltInRole',
  assignmentId: null,
  principal: objectId(hubstorObject),
  orphaned: false,
  created: null,
  purpose: null,
  ...over,
});

const consent: DelegatedGrantFact = {
  kind: 'delegated-grant',
  key: `${hubstorApp}|${serviceManagement}|user_impersonation`,
  identity: identityId(hubstorApp),
  subject: 'user_impersonation',
  api: appId(serviceManagement),
  apiName: 'Azure Service Management',
  consents: [{ grantId: 'Xw8M', type: 'AllPrincipals', principal: null }],
  purpose: null,
};

const secret: CredentialFact = {
  kind: 'credential',
  key: `${hubstorApp}|3f1a9c52-6b7d-4e08-9a41-c2d5e8f01b63`,
  identity: identityId(hubstorApp),
  subject: '3f1a9c52-6b7d-4e08-9a41-c2d5e8f01b63',
  type: 'secret',
  on: 'application',
  displayName: 'HubStor Backup App secret',
  start: '2021-05-03T08:12:00Z',
  end: '2299-12-31T00:00:00Z',
};

/** A fact that a policy asks for and the tenant lacks. */
export const missing = (fact: Fact, policy = 'hubstor-prod'): Drift => ({
  policy,
  change: { action: 'create', cause: 'missing', before: null, after: fact },
});

const undeclared = (fact: Fact, policy = 'hubstor-prod'): Drift => ({
  policy,
  change: { action: 'delete', cause: 'undeclared', before: fact, after: null },
});

const conditional: Change = {
  action: 'update',
  cause: 'changed',
  before: azureRole('Storage Blob Data Contributor', 'rg-erp-prod'),
  after: azureRole('Storage Blob Data Contributor', 'rg-erp-prod', {
    condition: "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'backups'",
  }),
};

const drift: readonly Drift[] = [
  missing(azureRole('Disk Backup Reader', 'rg-erp-prod')),
  missing(azureRole('Disk Snapshot Contributor', 'rg-snapshots')),
  undeclared(azureRole('Contributor', 'rg-legacy')),
  undeclared(consent),
  { policy: 'hubstor-prod', change: conditional },
  undeclared(azureRole('Owner', 'rg-dr', { identity: identityId(vault), key: `${vault}|owner` }), 'disks-prod'),
];

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
  plan: { digest: `sha256:${'9f2c41d7'.repeat(8)}`, steps: [] },
  verdicts: [...judged('hubstor-prod', []), ...judged('disks-prod', [])],
  requests: { graph: 2, resourceManager: 2, token: 3 },
};

/** Findings of every sort, drift of every cause, and a plan. */
export const violations: Report = {
  ...clean,
  exitCode: 1,
  conclusion: 'violations',
  drift,
  plan: {
    digest: clean.plan.digest,
    steps: drift
      .filter(({ policy }) => policy === 'hubstor-prod')
      .map((one, index) => ({ id: `step-${index + 1}`, ...one })),
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
  plan: { digest: clean.plan.digest, steps: [] },
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
  coverage: [],
  policies: [{ ...hubstor, identities: [{ id: hubstorApp, displayName: null }] }],
  verdicts: judged('hubstor-prod', ['pass', 'fail']),
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
    plan: { digest: clean.plan.digest, steps: many.map((one, index) => ({ id: `step-${index}`, ...one })) },
  };
};
