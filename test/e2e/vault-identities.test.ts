import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { TenantState } from '../../src/emulator/tenant-state.ts';
import { fleet } from '../support/fleet.ts';
import { checkOn, serve, temporaryFolder, writePolicies } from '../support/rig.ts';
import { vaultPolicy, withVault } from '../support/vault.ts';

const subscription = '/subscriptions/f0000000-0000-4000-8000-000000000001';
const user = `${subscription}/resourcegroups/rg-0/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-1`;

const withConfig = (text: string): string => {
  const file = join(temporaryFolder(), 'backup-access.yaml');
  writeFileSync(file, `apiVersion: backup-access/v1\nkind: BackupAccessConfig\n${text}\n`);
  return file;
};

/** The vault holds a role for restores since the 1st of November, 21 days before the check. */
const restoring = (tenant: TenantState): TenantState => {
  const served = withVault(tenant);
  const [assignment] = served.arm?.roleAssignments?.slice(-1) ?? [];
  const left = {
    ...assignment,
    scope: `${subscription}/resourceGroups/rg-0`,
    roleName: 'Disk Restore Operator',
    createdOn: '2026-11-01T00:00:00Z',
  };
  return {
    ...served,
    arm: { ...served.arm, roleAssignments: [...(served.arm?.roleAssignments ?? []), left as typeof assignment] },
  } as TenantState;
};

/** The vault has a user-assigned identity beside its own. */
const withSecondIdentity = (tenant: TenantState): TenantState => {
  const served = withVault(tenant);
  const resources = (served.arm?.resources ?? []).map((resource) => {
    const { identity } = resource as { readonly identity?: object };
    if (identity === undefined) return resource;
    const second = {
      [user]: { principalId: 'b9999999-0000-4000-8000-000000000000', clientId: 'a9999999-0000-4000-8000-000000000000' },
    };
    return {
      ...resource,
      identity: { ...identity, type: 'SystemAssigned, UserAssigned', userAssignedIdentities: second },
    };
  });
  return { ...served, arm: { ...served.arm, resources } } as TenantState;
};

const saidBy = async (tenant: TenantState, rule: string, config: string | null) => {
  const emulator = await serve(tenant);
  try {
    const report = await checkOn(emulator, tenant, writePolicies({ 'vault.yaml': vaultPolicy }), { config });
    return report.findings
      .filter((finding) => finding.rule === rule)
      .map(({ severity, identity, subject, place }) => ({ severity, identity, subject, line: place.line }));
  } finally {
    await emulator.close();
  }
};

it('weighs a restore role left behind by the grace of the configuration', async () => {
  const rule = 'restore-role-left-behind';
  const severities = async (config: string | null) =>
    (await saidBy(restoring(fleet(1, 0)), rule, config)).map(({ severity }) => severity);
  expect(await severities(null)).toEqual(['high']);
  expect(await severities(withConfig('restoreGrace: P30D'))).toEqual(['medium']);
});

it('tells of a second identity of a vault that no policy names, and of none where there is none', async () => {
  const rule = 'unclaimed-vault-identity';
  expect(await saidBy(withSecondIdentity(fleet(1, 0)), rule, null)).toEqual([
    { severity: 'low', identity: user, subject: user, line: 6 },
  ]);
  expect(await saidBy(withVault(fleet(1, 0)), rule, null)).toEqual([]);
});
