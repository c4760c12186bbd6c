const deletesMachines = /^Microsoft\.Compute\/(disks|virtualMachines)\/delete$/i;
const deletesAccounts = /^Microsoft\.Storage\/storageAccounts\/delete$/i;
const deletesServers = /^Microsoft\.(DBfor\w+\/flexibleServers|DocumentDB\/databaseAccounts)\/delete$/i;

/** Ends everything in a resource group, the group itself included. */
export const deletesGroups = /^Microsoft\.Resources\/subscriptions\/resourceGroups\/delete$/i;

/** Ends the things that a workload protects, one by one; `null`: there is no action for it, or nothing to end. */
export const endOfSource = (workload: string): RegExp | null => {
  if (/^azure-(vm|disk)|-in-vm-|^sap-/.test(workload)) return deletesMachines;
  if (/^azure-(blob|data-lake|files)/.test(workload)) return deletesAccounts;
  return /^azure-(postgresql|mysql|cosmos)/.test(workload) ? deletesServers : null;
};

/** Does the workload protect data of its own, and not only serve a vault? */
export const hasData = (workload: string): boolean =>
  workload !== 'vault-encryption' && workload !== 'vault-private-endpoint';

/** Ends recovery points in such a vault, or what keeps them from being ended: soft delete, retention, resource guards. */
export const endOfVault = (vault: string): RegExp =>
  /\/providers\/Microsoft\.RecoveryServices\//i.test(vault) ? endsRecoveryServices : endsBackupVault;

const endsRecoveryServices =
  /^Microsoft\.(RecoveryServices\/Vaults|DataProtection\/(resourceGuards|subscriptions))\/.*(delete|write)$/i;
const endsBackupVault = /^Microsoft\.DataProtection\/(backupVaults|resourceGuards|subscriptions)\/.*(delete|write)$/i;

/** Ends snapshots and restore points outside vaults. */
export const destroysSnapshots = /^Microsoft\.Compute\/(snapshots|restorePointCollections)\/delete$/i;

/** Ends keys, and with them what they encrypt. */
export const destroysKeys = /^Microsoft\.KeyVault\/.*(delete|purge\/action)$/i;
