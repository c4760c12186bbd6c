import { scopeTooWide } from '../../src/rules/scope-too-wide.ts';
import { account, allows, azureRole, disk, group, subscription } from '../support/facts.ts';
import { policy, protects } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const app = group('rg-app');
const elsewhere = '/subscriptions/99999999-9999-4999-8999-999999999999';
const managementGroup = '/providers/Microsoft.Management/managementGroups/contoso';
const disks = policy({ protects: [protects('azure-vm-disk', { source: [disk('data1'), disk('data2')] })] });
const wholeGroup = policy({ protects: [protects('azure-vm-disk', { source: [app] })] });
const wholeSubscription = policy({ protects: [protects('azure-vm-disk', { source: [subscription] })] });
const mail = policy({ protects: [protects('sharepoint', { source: ['https://contoso.sharepoint.com/sites/a'] })] });

testRule(scopeTooWide, {
  pass: {
    'roles on the protected things': {
      facts: [azureRole('Disk Backup Reader', disk('data1')), azureRole('Reader', disk('data2'))],
      policy: disks,
    },
    'a role on a resource group that is protected as a whole': {
      facts: [azureRole('Disk Backup Reader', app)],
      policy: wholeGroup,
    },
    'a group role on a group': {
      facts: [azureRole('Disk Snapshot Contributor', group('rg-snapshots')), azureRole('Reader', app)],
      policy: disks,
    },
    'a wide role of no least use on a group: judged by its actions': {
      facts: [azureRole('Contributor', app)],
      policy: disks,
    },
    'a role for disks on their group, where a third party takes snapshots of machines': {
      facts: [azureRole('Disk Backup Reader', app)],
      policy: disks,
    },
    'a role on a group in which nothing is protected': {
      facts: [azureRole('Storage Blob Data Contributor', group('rg-app-dr'))],
      policy: disks,
    },
    'a restore role on the group that machines are restored to, which takes data of its accounts': {
      facts: [azureRole('VM Restore Operator', group('rg-restore'))],
      policy: policy({ protects: [protects('azure-vm-disk', { source: [app], target: [group('rg-restore')] })] }),
    },
    'a data role on an account': {
      facts: [azureRole('Storage Blob Data Contributor', account('st1'))],
      policy: wholeGroup,
    },
    'Reader on a subscription that is protected as a whole': {
      facts: [azureRole('Reader', subscription)],
      policy: wholeSubscription,
    },
    'Reader on a machine in a subscription of which nothing else is protected': {
      facts: [azureRole('Reader', `${elsewhere}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm`)],
      policy: disks,
    },
    'a role held by an identity that is gone': {
      facts: [azureRole('Owner', subscription, { orphaned: true })],
      policy: disks,
    },
  },
  fail: {
    'a role for disks on their subscription': {
      facts: [azureRole('Disk Backup Reader', subscription)],
      policy: disks,
      says: [
        `high certain Disk Backup Reader: \`Disk Backup Reader\` on \`${subscription}\` reaches a whole subscription, with all that is added to it later; the policy protects 2 scopes in it`,
      ],
    },
    'roles on a subscription in which nothing is protected': {
      facts: [azureRole('Contributor', elsewhere), azureRole('Reader', elsewhere)],
      policy: disks,
      says: [
        `high certain Contributor: \`Contributor\` on \`${elsewhere}\` reaches a whole subscription, with all that is added to it later; the policy names nothing that it protects there`,
        `medium certain Reader: \`Reader\` on \`${elsewhere}\` reaches a whole subscription, with all that is added to it later; the policy names nothing that it protects there`,
      ],
    },
    'Reader on a subscription': {
      facts: [azureRole('Reader', subscription)],
      policy: wholeGroup,
      says: [
        `medium certain Reader: \`Reader\` on \`${subscription}\` reaches a whole subscription, with all that is added to it later; the policy protects 1 scope in it`,
      ],
    },
    'a role on a management group and on the root': {
      facts: [azureRole('Disk Snapshot Contributor', managementGroup), azureRole('Contributor', '/')],
      policy: disks,
      says: [
        `high certain Disk Snapshot Contributor: \`Disk Snapshot Contributor\` on \`${managementGroup}\` reaches a whole management group, with all that is added to it later; the policy protects 2 scopes in it`,
        'high certain Contributor: `Contributor` on `/` reaches every subscription of the tenant, with all that is added to it later; the policy protects 2 scopes in it',
      ],
    },
    'a role on a subscription that is protected as a whole': {
      facts: [azureRole('Disk Backup Reader', subscription)],
      policy: wholeSubscription,
      says: [
        `medium likely Disk Backup Reader: \`Disk Backup Reader\` on \`${subscription}\` reaches a whole subscription, with all that is added to it later; the policy protects just that, which a person should look at`,
      ],
    },
    'a role on a subscription, in a policy that protects nothing in Azure': {
      facts: [azureRole('Unread', subscription, { permissions: null })],
      policy: mail,
      says: [
        `high likely Unread: \`Unread\` on \`${subscription}\` reaches a whole subscription, with all that is added to it later; the policy names nothing that it protects there`,
      ],
    },
    'data roles on a resource group': {
      facts: [azureRole('Storage Blob Data Contributor', app), azureRole('Storage Blob Data Reader', app)],
      policy: wholeGroup,
      says: [
        `medium likely Storage Blob Data Contributor: \`Storage Blob Data Contributor\` on \`${app}\` reads, writes and deletes the data of every storage account in the resource group`,
        `low likely Storage Blob Data Reader: \`Storage Blob Data Reader\` on \`${app}\` reads the data of every storage account in the resource group`,
      ],
    },
    'a custom data role on a resource group': {
      facts: [
        azureRole('Blobs', app, { permissions: allows([], { dataActions: ['Microsoft.Storage/storageAccounts/*'] }) }),
      ],
      policy: disks,
      says: [
        `medium likely Blobs: \`Blobs\` on \`${app}\` reads, writes and deletes the data of every storage account in the resource group`,
      ],
    },
    'a role for disks on a group of which only disks are protected': {
      facts: [azureRole('Disk Backup Reader', app.toUpperCase())],
      policy: policy({ protects: [protects('azure-disk', { source: [disk('data1'), disk('data2')] })] }),
      says: [
        `medium likely Disk Backup Reader: \`Disk Backup Reader\` on \`${app.toUpperCase()}\` reaches a whole resource group, of which the policy protects 2 resources; the role is meant for single resources`,
      ],
    },
    'a role that lifts locks, on a group of which one account is protected': {
      facts: [azureRole('Storage Account Backup Contributor', app)],
      policy: policy({ protects: [protects('azure-blob', { source: [account('st1')] })] }),
      says: [
        `medium likely Storage Account Backup Contributor: \`Storage Account Backup Contributor\` on \`${app}\` reaches a whole resource group, of which the policy protects 1 resource; the role is meant for single resources`,
      ],
    },
  },
});
