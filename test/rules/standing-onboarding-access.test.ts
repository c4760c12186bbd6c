import { standingOnboardingAccess } from '../../src/rules/standing-onboarding-access.ts';
import { allows, azureRole, group, vault } from '../support/facts.ts';
import { policy, protects, vaultSystem } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const machine = `${group('rg-app')}/providers/Microsoft.Compute/virtualMachines/vm1`;
const backupVault = `${group('rg-backup')}/providers/Microsoft.RecoveryServices/vaults/rsv1`;
const machines = protects('azure-vm', { source: [machine] }, ['backup', 'onboard']);
const elevating = {
  ...protects('azure-vm', { source: [machine] }),
  elevations: [{ operation: 'onboard', maxDuration: 'PT4H' } as const],
};
const starter = (created: string | null) => azureRole('Backup Operator', backupVault, { created });
const endpoints = policy({
  identities: [vaultSystem(vault())],
  protects: [protects('vault-private-endpoint', { source: [group('rg-network')] }, ['onboard'])],
});

testRule(standingOnboardingAccess, {
  pass: {
    'a policy that protects nothing': [starter(null)],
    'a grant as young as an elevation, to its last moment': {
      facts: [starter('2026-11-21T20:00:00Z')],
      policy: policy({ protects: [elevating] }),
    },
    'a role that restores too, where no onboarding is declared': {
      facts: [starter(null)],
      policy: policy({ protects: [protects('azure-vm', { source: [machine] })] }),
    },
    'wide network roles, which vault-private-endpoint-role tells': {
      facts: [azureRole('Contributor', group('rg-network'), { identity: vault() })],
      policy: endpoints,
    },
  },
  fail: {
    'a declared onboarding': {
      facts: [starter(null)],
      policy: policy({ protects: [machines] }),
      says: [
        `medium certain Backup Operator: \`Backup Operator\` on \`${backupVault}\` stands at all times, and only setting up \`azure-vm\` needs it`,
      ],
    },
    'a second longer than the elevation': {
      facts: [starter('2026-11-21T19:59:59Z')],
      policy: policy({ protects: [elevating] }),
      says: [
        `medium certain Backup Operator: \`Backup Operator\` on \`${backupVault}\` stands at all times, and only setting up \`azure-vm\` needs it`,
      ],
    },
    'the very actions that endpoints take': {
      facts: [
        azureRole('Endpoint Joiner', group('rg-network'), {
          identity: vault(),
          permissions: allows(['Microsoft.Network/virtualNetworks/subnets/join/action']),
        }),
      ],
      policy: endpoints,
      says: [
        `medium likely Endpoint Joiner: \`Endpoint Joiner\` on \`${group('rg-network')}\` stands at all times, and only setting up \`vault-private-endpoint\` needs it`,
      ],
    },
  },
});
