import { describe, expect, test } from 'vitest';
import type { RolePermissions } from '../../src/core/fact.ts';
import { appId, roleId } from '../../src/core/ids.ts';
import { azureAdGraph, exchangeOnline, microsoftGraph, sharePointOnline } from '../../src/knowledge/apis.ts';
import { findAzureRole } from '../../src/knowledge/azure-roles.ts';
import {
  escalatingAction,
  leastPrivilegeRoles,
  leastUses,
  powerfulActions,
  powerOf,
  selfEscalation,
} from '../../src/knowledge/escalation.ts';
import data from '../../src/knowledge/generated/escalation.json' with { type: 'json' };
import { isWithin } from '../../src/knowledge/least-roles.ts';
import { findPermission } from '../../src/knowledge/permissions.ts';

const role = (name: string): readonly RolePermissions[] => {
  const found = findAzureRole(name);
  if (found === null) throw new Error(`no such role: ${name}`);
  return found.permissions;
};

describe('permissions that let their holder grant itself more', () => {
  test.each([
    [microsoftGraph, 'application', 'RoleManagement.ReadWrite.Directory', 'it can assign itself Global Administrator'],
    [
      microsoftGraph,
      'application',
      'AppRoleAssignment.ReadWrite.All',
      'it can grant itself any application permission on any API',
    ],
    [
      microsoftGraph,
      'application',
      'Application.ReadWrite.All',
      'it can add a credential to a stronger application and sign in as that',
    ],
    [
      microsoftGraph,
      'delegated',
      'Application.ReadWrite.All',
      'it can add a credential to a stronger application and sign in as that',
    ],
    [
      microsoftGraph,
      'delegated',
      'AppRoleAssignment.ReadWrite.All',
      'it can grant itself any application permission on any API',
    ],
    [
      microsoftGraph,
      'delegated',
      'directory.accessasuser.all',
      'it can do in the directory whatever the signed-in administrator can, assigning roles and credentials included',
    ],
    [
      azureAdGraph,
      'application',
      'Application.ReadWrite.All',
      'it could add a credential to a stronger application and sign in as that',
    ],
  ] as const)('%s %s %s', (api, type, value, why) => {
    expect(selfEscalation(api, type, value)).toBe(why);
  });

  test.each([
    [microsoftGraph, 'application', 'Application.ReadWrite.OwnedBy'],
    [microsoftGraph, 'application', 'Directory.ReadWrite.All'],
    [microsoftGraph, 'application', 'Group.ReadWrite.All'],
    [microsoftGraph, 'application', 'User.ReadWrite.All'],
    [microsoftGraph, 'application', 'Sites.FullControl.All'],
    [microsoftGraph, 'application', 'Application.Read.All'],
    [microsoftGraph, 'application', 'RoleManagement.Read.Directory'],
    [sharePointOnline, 'application', 'Sites.FullControl.All'],
    [sharePointOnline, 'application', 'Application.ReadWrite.All'],
    [exchangeOnline, 'application', 'full_access_as_app'],
    [exchangeOnline, 'application', 'Exchange.ManageAsApp'],
    [azureAdGraph, 'application', 'Directory.AccessAsUser.All'],
  ] as const)('not %s %s %s', (api, type, value) => {
    expect(selfEscalation(api, type, value)).toBeNull();
  });

  test('each is tier 0 where the built-in list has it', () => {
    const others = data.permissions.filter((one) => {
      const found = findPermission(appId(one.api), one.type as 'application', one.value);
      return found !== null && found.sensitivity !== 'tier0';
    });
    expect(others).toEqual([]);
  });
});

describe('Azure roles that let their holder grant itself more', () => {
  test.each([
    ['Owner', 'Microsoft.Authorization/roleAssignments/write'],
    ['User Access Administrator', 'Microsoft.Authorization/roleAssignments/write'],
    ['Role Based Access Control Administrator', 'Microsoft.Authorization/roleAssignments/write'],
    ['Key Vault Data Access Administrator', 'Microsoft.Authorization/roleAssignments/write'],
    ['Azure File Sync Administrator', 'Microsoft.Authorization/roleAssignments/write'],
  ])('%s by %s', (name, action) => {
    expect(escalatingAction(role(name))).toEqual({ action, why: 'it can assign itself any role' });
  });

  test.each([
    ['Contributor'],
    ['Reader'],
    ['Storage Account Contributor'],
    ['Virtual Machine Contributor'],
    ['Backup Contributor'],
    ['Locks Contributor'],
    ['Managed Identity Contributor'],
    ['Storage Account Backup Contributor'],
  ])('not %s', (name) => {
    expect(escalatingAction(role(name))).toBeNull();
  });

  test('a custom role that may write role definitions, in odd case', () => {
    const custom = {
      actions: ['microsoft.authorization/ROLEDEFINITIONS/*'],
      notActions: [],
      dataActions: [],
      notDataActions: [],
    };
    expect(escalatingAction([custom])).toEqual({
      action: 'Microsoft.Authorization/roleDefinitions/write',
      why: 'it can widen a custom role that it holds',
    });
    expect(escalatingAction([{ ...custom, notActions: ['*/write'] }])).toBeNull();
  });
});

describe('power', () => {
  test.each([
    ['Owner', 'critical', 'Microsoft.Authorization/roleAssignments/write'],
    ['Contributor', 'high', 'Microsoft.Compute/virtualMachines/runCommand/action'],
    ['Virtual Machine Contributor', 'high', 'Microsoft.Compute/virtualMachines/runCommand/action'],
    ['Storage Account Contributor', 'high', 'Microsoft.Storage/storageAccounts/listKeys/action'],
    ['Reader and Data Access', 'high', 'Microsoft.Storage/storageAccounts/listKeys/action'],
    [
      'Backup Contributor',
      'high',
      'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/delete',
    ],
    ['Key Vault Crypto Officer', 'high', 'Microsoft.KeyVault/vaults/keys/delete'],
    ['Key Vault Contributor', 'high', 'Microsoft.KeyVault/vaults/write'],
    ['Cosmos DB Operator', 'high', 'Microsoft.DocumentDB/databaseAccounts/delete'],
    [
      'Managed Identity Contributor',
      'high',
      'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write',
    ],
    ['Storage Account Backup Contributor', 'medium', 'Microsoft.Authorization/locks/delete'],
  ])('%s: first of all, %s, %s', (name, severity, action) => {
    expect(powerOf(role(name))[0]).toMatchObject({ severity, action });
  });

  test.each([
    ['Reader'],
    ['Disk Backup Reader'],
    ['Disk Restore Operator'],
    ['Data Operator for Managed Disks'],
    ['Backup Reader'],
    ['Backup Operator'],
    ['Monitoring Reader'],
    ['Storage Blob Data Reader'],
    ['Storage Blob Data Contributor'],
    ['Storage File Restore Contributor'],
    ['Key Vault Crypto Service Encryption User'],
    ['Key Vault Reader'],
    ['PostgreSQL Flexible Server Long Term Retention Backup Role'],
    ['MySQL Backup And Export Operator'],
    ['Elastic SAN Volume Importer'],
    ['Cosmos DB Long Term Retention Backup Role'],
    ['Private DNS Zone Contributor'],
    ['Network Contributor'],
  ])('%s: none', (name) => {
    expect(powerOf(role(name))).toEqual([]);
  });

  test('each way once, gravest first', () => {
    const order = powerOf(role('Owner')).map((one) => one.severity);
    expect(order).toEqual(
      [...order].sort((a, b) => ['critical', 'high', 'medium'].indexOf(a) - ['critical', 'high', 'medium'].indexOf(b)),
    );
    expect(new Set(powerfulActions.map((one) => `${one.plane} ${one.pattern.toLowerCase()}`)).size).toBe(
      powerfulActions.length,
    );
  });
});

describe('roles that are the documented least', () => {
  const id = (name: string) => findAzureRole(name)?.id ?? roleId(name);

  test.each([
    ['Disk Backup Reader', 'azure-disk', 'source', 'resource'],
    ['Disk Snapshot Contributor', 'azure-disk', 'snapshots', 'resourceGroup'],
    ['Disk Restore Operator', 'azure-disk', 'target', 'resourceGroup'],
    ['Reader', 'azure-vm-disk', 'source', 'resourceGroup'],
    ['Storage Account Backup Contributor', 'azure-blob', 'source', 'resource'],
    ['Storage File Backup Contributor', 'azure-files', 'source', 'resource'],
    ['Key Vault Crypto Service Encryption User', 'vault-encryption', 'key', 'resource'],
    ['Azure Backup Snapshot Contributor', 'sql-in-vm-snapshot', 'source', 'resourceGroup'],
    ['Elastic SAN Snapshot Exporter', 'azure-elastic-san', 'source', 'resource'],
  ])('%s for %s at %s, no wider than a %s', (name, workload, at, widest) => {
    expect(leastPrivilegeRoles.has(id(name))).toBe(true);
    expect(leastUses(id(name))).toContainEqual(expect.objectContaining({ workload, at, widest, holder: 'identity' }));
  });

  test.each([
    ['Owner'],
    ['Contributor'],
    ['Storage Account Contributor'],
    ['Virtual Machine Contributor'],
    ['User Access Administrator'],
    ['Key Vault Crypto Officer'],
    ['Cosmos DB Operator'],
    ['Backup Contributor'],
    ['Backup Operator'],
  ])('not %s', (name) => {
    expect(leastPrivilegeRoles.has(id(name))).toBe(false);
  });

  test('Contributor is only what a cluster’s own identity needs', () => {
    expect(new Set(leastUses(id('Contributor')).map((use) => `${use.workload} ${use.holder}`))).toEqual(
      new Set(['azure-kubernetes cluster']),
    );
    expect(leastUses(id('Owner'))).toEqual([]);
  });

  test.each([
    ['resource', 'resource', true],
    ['resource', 'resourceGroup', true],
    ['resourceGroup', 'resourceGroup', true],
    ['resourceGroup', 'resource', false],
    ['subscription', 'resourceGroup', false],
    ['root', 'managementGroup', false],
  ] as const)('a %s is within a %s: %s', (level, widest, expected) => {
    expect(isWithin(level, widest)).toBe(expected);
  });
});
