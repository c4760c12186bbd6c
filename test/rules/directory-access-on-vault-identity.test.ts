import { directoryAccessOnVaultIdentity } from '../../src/rules/directory-access-on-vault-identity.ts';
import { appRole, azureRole, delegated, directoryRole, disk, vault } from '../support/facts.ts';
import { managedIdentity, policy, vaultSystem } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const identity = vault();
const identities = [vaultSystem(identity)];
const open = policy({ identities, governs: new Set() });
const reads = appRole('Directory.Read.All', { identity });

testRule(directoryAccessOnVaultIdentity, {
  pass: {
    'Azure roles': { facts: [azureRole('Disk Backup Reader', disk('data1'), { identity })], policy: open },
    'an application, which backs up Microsoft 365': [appRole('Sites.Read.All')],
    'the identity of a machine, on which a product may run': {
      facts: [appRole('Sites.Read.All', { identity: '/vm' })],
      policy: policy({ identities: [managedIdentity('/vm')], governs: new Set() }),
    },
    'a permission that nobody asks for, which undeclared-access tells': {
      facts: [reads],
      policy: policy({ identities }),
    },
  },
  fail: {
    'a permission that the policy asks for': {
      facts: [reads],
      policy: policy({ identities, desired: [reads] }),
      says: [
        "medium certain Directory.Read.All: application permission `Directory.Read.All` on Microsoft Graph is held by a vault's identity, and Azure Backup works with Azure roles alone",
      ],
    },
    'a directory role that reaches everything': {
      facts: [directoryRole('Global Administrator', { identity })],
      policy: open,
      says: [
        "high certain Global Administrator: directory role `Global Administrator` is held by a vault's identity, and Azure Backup works with Azure roles alone",
      ],
    },
    'a delegated permission': {
      facts: [delegated('User.Read', { identity })],
      policy: open,
      says: [
        "medium certain User.Read: delegated permission `User.Read` on Microsoft Graph is held by a vault's identity, and Azure Backup works with Azure roles alone",
      ],
    },
  },
});
