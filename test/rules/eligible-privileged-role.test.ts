import type { Fact } from '../../src/core/fact.ts';
import { eligiblePrivilegedRole } from '../../src/rules/eligible-privileged-role.ts';
import { azureRole, backupApp, directoryRole, group, subscription } from '../support/facts.ts';
import { eligibleAzureRole, eligibleDirectoryRole, operator, operatorIdentity } from '../support/group-facts.ts';
import { policy } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const people = policy({ identities: [operatorIdentity] });
const asking = (...desired: readonly Fact[]) => policy({ identities: [operatorIdentity], desired });
const owner = eligibleAzureRole('Owner', subscription);
const administrator = eligibleDirectoryRole('Global Administrator');

testRule(eligiblePrivilegedRole, {
  pass: {
    'a role that only reads': { facts: [eligibleAzureRole('Reader', subscription)], policy: people },
    'a role for restores, which people activate for an hour': {
      facts: [eligibleAzureRole('Disk Restore Operator', group('rg-app'))],
      policy: people,
    },
    'a directory role that only reads': { facts: [eligibleDirectoryRole('Global Reader')], policy: people },
    'roles that are held, which other rules tell': {
      facts: [
        azureRole('Owner', subscription, { identity: operator }),
        directoryRole('Global Administrator', { identity: operator }),
      ],
      policy: people,
    },
    'an application, which activates nothing': {
      facts: [eligibleAzureRole('Owner', subscription, { identity: backupApp })],
    },
  },
  fail: {
    'a role that assigns roles': {
      facts: [owner],
      policy: people,
      says: [
        `high certain Owner: \`Owner\` on \`${subscription}\` can be activated, and then allows \`Microsoft.Authorization/roleAssignments/write\` (assigns any role to anyone)`,
      ],
    },
    'the same where the policy asks for it': {
      facts: [owner],
      policy: asking(owner),
      says: [
        `low certain Owner: \`Owner\` on \`${subscription}\` can be activated, and then allows \`Microsoft.Authorization/roleAssignments/write\` (assigns any role to anyone)`,
      ],
    },
    'a directory role that takes over the tenant': {
      facts: [administrator],
      policy: people,
      says: [
        'high certain Global Administrator: directory role `Global Administrator` on the whole directory can be activated, and then it does anything in the tenant',
      ],
    },
    'one in an administrative unit': {
      facts: [eligibleDirectoryRole('User Administrator', { scope: '/administrativeUnits/u' })],
      policy: people,
      says: [
        'medium certain User Administrator: directory role `User Administrator` on `/administrativeUnits/u` can be activated, and then it manages users and groups, and resets passwords of most users',
      ],
    },
  },
});
