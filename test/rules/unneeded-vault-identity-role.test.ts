import { unneededVaultIdentityRole } from '../../src/rules/unneeded-vault-identity-role.ts';
import { account, azureRole, backupApp, disk, group, vault } from '../support/facts.ts';
import { appIdentity, policy, protects, vaultSystem } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const app = group('rg-app');
const identities = [vaultSystem(vault())];
const reader = azureRole('Reader', app, { identity: vault() });
const machines = protects('azure-vm', { source: [app] });
const asking = (...workloads: readonly ReturnType<typeof protects>[]) =>
  policy({ identities, protects: workloads, desired: [reader] });

testRule(unneededVaultIdentityRole, {
  pass: {
    'disks, which need roles': { facts: [reader], policy: asking(protects('azure-disk', { source: [disk('data1')] })) },
    'machines, and an encryption key that needs one': {
      facts: [reader],
      policy: asking(
        machines,
        protects('vault-encryption', { key: [`${app}/providers/Microsoft.KeyVault/vaults/kv/keys/k`] }),
      ),
    },
    'no role at all': { facts: [], policy: asking(machines) },
    'an application, which may read machines': {
      facts: [azureRole('Reader', app)],
      policy: policy({ identities: [appIdentity(backupApp)], protects: [machines] }),
    },
    'nothing protected': { facts: [reader], policy: asking() },
    'a role that nobody asks for, which undeclared-access tells': {
      facts: [reader],
      policy: policy({ identities, protects: [machines] }),
    },
    'a role by which restores are staged': {
      facts: [azureRole('Storage Blob Data Contributor', account('st1'), { identity: vault() })],
      policy: policy({ identities, protects: [machines], governs: new Set() }),
    },
    'a leftover of a gone identity': { facts: [{ ...reader, orphaned: true }], policy: asking(machines) },
  },
  fail: {
    'machines only': {
      facts: [reader],
      policy: asking(machines),
      says: [
        "medium certain Reader: `Reader` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-app` is held by a vault's identity, and `azure-vm` needs none: Microsoft's own service takes those backups",
      ],
    },
    'databases by stream, where the plane is not managed': {
      facts: [azureRole('Backup Contributor', vault(), { identity: vault() })],
      policy: policy({
        identities,
        protects: [protects('sql-in-vm-stream'), protects('sap-hana-stream')],
        governs: new Set(),
      }),
      says: [
        "medium certain Backup Contributor: `Backup Contributor` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-backup/providers/Microsoft.DataProtection/backupVaults/bv-prod` is held by a vault's identity, and `sap-hana-stream`, `sql-in-vm-stream` need none: Microsoft's own service takes those backups",
      ],
    },
  },
});
