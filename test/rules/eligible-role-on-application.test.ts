import { eligibleRoleOnApplication } from '../../src/rules/eligible-role-on-application.ts';
import { azureRole, backupApp, directoryRole, group, vault } from '../support/facts.ts';
import { crew, eligibleAzureRole, eligibleDirectoryRole, operatorIdentity } from '../support/group-facts.ts';
import { policy, vaultSystem } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const scope = group('rg-app');
const people = policy({ identities: [operatorIdentity] });

testRule(eligibleRoleOnApplication, {
  pass: {
    'an Azure role that the application holds': [azureRole('Disk Backup Reader', scope)],
    'a directory role that the application holds': [directoryRole('Global Reader')],
    'an Azure role that a person activates': {
      facts: [eligibleAzureRole('Disk Restore Operator', scope)],
      policy: people,
    },
    'a directory role that a person activates': { facts: [eligibleDirectoryRole('Global Reader')], policy: people },
    'what people in a group of its may activate': [
      eligibleAzureRole('Disk Restore Operator', scope, { identity: backupApp, through: [crew] }),
    ],
  },
  fail: {
    'an Azure role for an application': {
      facts: [eligibleAzureRole('Disk Restore Operator', scope, { identity: backupApp })],
      says: [
        `medium certain Disk Restore Operator: \`Disk Restore Operator\` on \`${scope}\` has to be activated, which an application or managed identity cannot do: it never holds the role`,
      ],
    },
    'a directory role for an application': {
      facts: [eligibleDirectoryRole('Global Reader', { identity: backupApp })],
      says: [
        'medium certain Global Reader: directory role `Global Reader` on the whole directory has to be activated, which an application or managed identity cannot do: it never holds the role',
      ],
    },
    'an Azure role for a vault': {
      facts: [eligibleAzureRole('Disk Restore Operator', scope, { identity: vault() })],
      policy: policy({ identities: [vaultSystem(vault())] }),
      says: [
        `medium certain Disk Restore Operator: \`Disk Restore Operator\` on \`${scope}\` has to be activated, which an application or managed identity cannot do: it never holds the role`,
      ],
    },
  },
});
