import type { EffectiveAccess, Reach, ReachGrant } from '../../src/core/effective.ts';
import { disks, groupScope, hubstor, hubstorApp, serviceManagement, vault } from './report-parts.ts';

const role = (subject: string, group: string, through: readonly string[] = []): ReachGrant => ({
  kind: 'azure-role-assignment',
  subject,
  api: null,
  scope: groupScope(group),
  through,
});

/** A reach that is reached, of Azure, unless told otherwise. */
export const reach = (id: string, what: string, over: Partial<Reach> = {}): Reach => ({
  id,
  area: 'azure',
  what,
  where: '',
  answer: 'yes',
  weight: 'plain',
  by: [],
  more: 0,
  unread: [],
  remarks: [],
  ...over,
});

const inGroups = { where: 'in 2 resource groups', by: [role('Contributor', 'rg-erp-prod'), role('Owner', 'rg-dr')] };
const grave = { weight: 'grave', answer: 'no' } as const;
const counts = {
  ...{ tenantRoots: 0, managementGroups: 0, subscriptions: 0, resourceGroups: 2, disks: 0, storageAccounts: 0 },
  ...{ vaults: 0, keyVaults: 0, otherResources: 0, sites: 0 },
};

/** What the product with an app reaches: much in Azure, and nothing else. */
export const hubstorAccess: EffectiveAccess = {
  policy: hubstor.name,
  identity: hubstorApp,
  displayName: 'HubStor Backup App',
  reaches: [
    reach('takes-over-tenant', 'can take over the tenant', { ...grave, area: 'tenant' }),
    reach('reads-every-mailbox', 'reads every mailbox', { ...grave, area: 'mail' }),
    reach('changes-every-mailbox', 'changes every mailbox', { ...grave, area: 'mail' }),
    reach('assigns-azure-roles', 'assigns any Azure role', {
      where: 'in resource group `rg-dr`',
      by: [role('Owner', 'rg-dr')],
      remarks: ['a condition, which is not evaluated here, may confine `Owner`'],
    }),
    reach('runs-code-on-machines', 'runs code on virtual machines', inGroups),
    reach('reads-account-keys', 'reads storage account keys', inGroups),
    reach('exports-disks', 'exports disks', inGroups),
    reach('deletes-disks', 'deletes disks', inGroups),
    reach('sees-resources', 'sees resources', { ...inGroups, weight: 'slight' }),
    reach('acts-as-users', 'acts as users who sign in', {
      area: 'people',
      where: '(for everybody)',
      by: [
        { kind: 'delegated-grant', subject: 'user_impersonation', api: serviceManagement, scope: null, through: [] },
      ],
    }),
  ],
  in: [
    { path: 'owner', answer: 'yes', what: '1 owner, who can add credentials', by: ['8d0c3b1e'], count: 1 },
    { path: 'secret', answer: 'yes', what: 'whoever has the secret', by: ['3f1a9c52'], count: 1 },
  ],
  out: [
    {
      path: 'azure-role',
      answer: 'yes',
      what: 'it can assign itself any role in resource group `rg-dr`',
      by: ['Owner'],
      count: 1,
    },
    {
      path: 'further-steps',
      answer: 'yes',
      what: 'in further steps, since it changes every user account',
      by: ['User.ReadWrite.All'],
      count: 1,
    },
  ],
  counts,
  remarks: ['it is disabled: nobody signs in as it until it is enabled'],
};

/** What a vault reaches, of which Azure roles could not be read. */
export const vaultAccess: EffectiveAccess = {
  ...hubstorAccess,
  policy: disks.name,
  identity: vault,
  displayName: null,
  reaches: [
    reach('reads-every-mailbox', 'reads every mailbox', {
      area: 'mail',
      weight: 'grave',
      answer: 'unknown',
      unread: [{ kind: 'exchange-role-assignment', reason: null, needs: 'RoleManagement.Read.Exchange' }],
    }),
    reach('exports-disks', 'exports disks', {
      answer: 'unknown',
      unread: [{ kind: 'azure-role-assignment', reason: 'throttled', needs: 'a run at a quieter hour' }],
    }),
    reach('uses-keys', 'uses keys of key vaults', {
      where: 'in key vault `kv-prod`',
      by: [role('Key Vault Crypto Service Encryption User', 'rg-keys', ['4f1d9a70'])],
      more: 3,
    }),
  ],
  in: [
    { path: 'vault-identity', answer: 'unknown', what: 'vaults that use it, which were not read', by: [], count: 0 },
  ],
  out: [],
  counts: { ...counts, resourceGroups: 0, keyVaults: 1 },
  remarks: [],
};
