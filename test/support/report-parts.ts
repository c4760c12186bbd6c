import type { Change, Drift } from '../../src/core/change.ts';
import type { Place } from '../../src/core/diagnostic.ts';
import type { AzureRoleAssignmentFact, CredentialFact, DelegatedGrantFact, Fact, KindId } from '../../src/core/fact.ts';
import type { Finding } from '../../src/core/finding.ts';
import { appId, armId, identityId, objectId, roleId } from '../../src/core/ids.ts';
import type { Coverage, PolicySummary, Verdict } from '../../src/core/report.ts';

/** App id of the product with an app. */
export const hubstorApp = '6f1c0f5e-2f0a-4b6e-9d57-0f2a7b6d1c10';
const hubstorObject = '0d3b7c11-8a52-4f0e-b6c4-51f0a2d9e377';
const subscription = '/subscriptions/3b9c1f60-7d0e-4a55-8c3f-2f6a9e1d4b70';
/** Resource id of the vault. */
export const vault = `${subscription}/resourceGroups/rg-backup/providers/Microsoft.DataProtection/backupVaults/bv-prod`;
/** Scope of a resource group. */
export const groupScope = (name: string): string => `${subscription}/resourceGroups/${name}`;
/** App id of an API. */
export const serviceManagement = '797f4846-ba00-4fd7-ba43-dac1f8f63013';

/** Policy of the product with an app. */
export const hubstor: PolicySummary = {
  name: 'hubstor-prod',
  file: 'policies/hubstor.yaml',
  product: 'hubstor',
  enforcement: 'authoritative',
  identities: [{ id: hubstorApp, displayName: 'HubStor Backup App' }],
};

/** Policy of the product with a vault. */
export const disks: PolicySummary = {
  name: 'disks-prod',
  file: 'policies/azure-backup/disks.yaml',
  product: 'azure-backup',
  enforcement: 'report',
  identities: [{ id: vault, displayName: null }],
};

/** A place in a file. */
export const at = (file: string, line: number, column = 9, length = 24): Place => ({
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

/** Coverage in which all was read. */
export const read = (subject: string): readonly Coverage[] =>
  kinds.map((kind) => ({ kind, subject, state: 'complete', reason: null, needs: null, detail: null }));

const rules = ['self-escalation', 'privileged-azure-role', 'long-lived-secret', 'delegated-grant-on-daemon'];

/** One verdict a rule; `pass` where none is given. */
export const judged = (policy: string, verdicts: readonly Verdict['verdict'][]): readonly Verdict[] =>
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

/** A secret that never expires. */
export const secret: CredentialFact = {
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

/** A fact that the tenant holds and no policy asks for. */
export const undeclared = (fact: Fact, policy = 'hubstor-prod'): Drift => ({
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

/** Differences of every cause. */
export const drift: readonly Drift[] = [
  missing(azureRole('Disk Backup Reader', 'rg-erp-prod')),
  missing(azureRole('Disk Snapshot Contributor', 'rg-snapshots')),
  undeclared(azureRole('Contributor', 'rg-legacy')),
  undeclared(consent),
  { policy: 'hubstor-prod', change: conditional },
  undeclared(azureRole('Owner', 'rg-dr', { identity: identityId(vault), key: `${vault}|owner` }), 'disks-prod'),
];
