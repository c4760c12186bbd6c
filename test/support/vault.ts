import type { TenantState } from '../../src/emulator/tenant-state.ts';

const subscription = '/subscriptions/f0000000-0000-4000-8000-000000000001';
const vault = `${subscription}/resourceGroups/rg-0/providers/Microsoft.DataProtection/backupVaults/bv-1`;
const principalId = 'b8888888-0000-4000-8000-000000000000';
const disk = `${subscription}/resourceGroups/rg-0/providers/Microsoft.Compute/disks/disk-1`;

/** The tenant with a Backup vault whose system-assigned identity holds a role that its policy doesn't ask for. */
export const withVault = (tenant: TenantState): TenantState => ({
  ...tenant,
  graph: {
    ...tenant.graph,
    servicePrincipals: [
      ...(tenant.graph?.servicePrincipals ?? []),
      {
        id: principalId,
        appId: 'a8888888-0000-4000-8000-000000000000',
        displayName: 'bv-1',
        accountEnabled: true,
        servicePrincipalType: 'ManagedIdentity',
        alternativeNames: ['isExplicit=False', vault],
        passwordCredentials: [],
        keyCredentials: [],
      },
    ],
  },
  arm: {
    ...tenant.arm,
    roleAssignments: [
      ...(tenant.arm?.roleAssignments ?? []),
      { scope: disk, roleName: 'Disk Backup Reader', principalId, principalType: 'ServicePrincipal' },
    ],
    resources: [
      ...(tenant.arm?.resources ?? []),
      {
        id: vault,
        name: 'bv-1',
        type: 'Microsoft.DataProtection/backupVaults',
        location: 'westeurope',
        identity: { type: 'SystemAssigned', principalId, tenantId: tenant.tenantId },
        properties: {},
      },
    ],
  },
});

/** Asks for a role that the vault's identity lacks, manages no plane wholly, and so is drift without a finding. */
export const vaultPolicy = `apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata: { name: vault, owner: backup-team@contoso.example }
spec:
  identities:
    - { vault: ${vault}, managedIdentity: system }
  protects:
    - workload: azure-disk
      operations: [backup]
      scopes: { source: [${disk}], snapshots: [${subscription}/resourceGroups/rg-0] }
  access:
    directoryRoles: []
    azureRoles:
      - { role: Disk Backup Reader, scope: ${disk} }
      - { role: Disk Snapshot Contributor, scope: ${subscription}/resourceGroups/rg-0 }
`;
