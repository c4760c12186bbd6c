import { vaultPrivateEndpointRole } from '../../src/rules/vault-private-endpoint-role.ts';
import { allows, azureRole, group, vault } from '../support/facts.ts';
import { policy, protects, vaultSystem } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const network = group('rg-network');
const identity = vault();
const identities = [vaultSystem(identity)];
const contributor = azureRole('Contributor', network, { identity });
const declaring = policy({
  identities,
  protects: [protects('vault-private-endpoint', { source: [network] })],
  desired: [contributor],
});
const open = policy({ identities, governs: new Set() });
const endpoints = azureRole('Endpoints', network, {
  identity,
  permissions: allows([
    'Microsoft.Network/privateEndpoints/*',
    'Microsoft.Network/virtualNetworks/subnets/join/action',
  ]),
});

testRule(vaultPrivateEndpointRole, {
  pass: {
    'the documented actions, where endpoints are declared': {
      facts: [endpoints, azureRole('Private DNS Zone Contributor', network, { identity })],
      policy: policy({
        identities,
        protects: [protects('vault-private-endpoint', { source: [network] })],
        governs: new Set(),
      }),
    },
    'a role without network actions': {
      facts: [azureRole('Disk Snapshot Contributor', network, { identity })],
      policy: open,
    },
    'a role that only reads networks': { facts: [azureRole('Reader', network, { identity })], policy: open },
    'a role on what is backed up': {
      facts: [contributor],
      policy: policy({ identities, governs: new Set(), protects: [protects('azure-vm', { source: [network] })] }),
    },
    'a role for machines, which joins them to networks': {
      facts: [azureRole('Virtual Machine Contributor', network, { identity })],
      policy: open,
    },
    'an application': [azureRole('Contributor', network)],
    'a role that nobody asks for, which undeclared-access tells': {
      facts: [contributor],
      policy: policy({ identities }),
    },
    'a leftover of a gone identity': { facts: [{ ...contributor, orphaned: true }], policy: open },
  },
  fail: {
    'Contributor, where endpoints are declared': {
      facts: [contributor],
      policy: declaring,
      says: [
        "low likely Contributor: `Contributor` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-network` lets a vault's identity change networks (`Microsoft.Network/privateEndpoints/write`), and private endpoints of the first version need the network actions of it only, those of the second version none",
      ],
    },
    'Contributor, where they are not': {
      facts: [contributor],
      policy: open,
      says: [
        "medium likely Contributor: `Contributor` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-network` lets a vault's identity change networks (`Microsoft.Network/privateEndpoints/write`), and the policy protects no `vault-private-endpoint`: it looks left from private endpoints of the first version, and those of the second need none",
      ],
    },
    'a role that only joins networks': {
      facts: [
        azureRole('Joiner', network, {
          identity,
          permissions: allows(['Microsoft.Network/virtualNetworks/subnets/join/action']),
        }),
      ],
      policy: open,
      says: [
        "medium likely Joiner: `Joiner` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-network` lets a vault's identity change networks (`Microsoft.Network/virtualNetworks/subnets/join/action`), and the policy protects no `vault-private-endpoint`: it looks left from private endpoints of the first version, and those of the second need none",
      ],
    },
    'the documented actions, left behind': {
      facts: [endpoints],
      policy: open,
      says: [
        "medium likely Endpoints: `Endpoints` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-network` lets a vault's identity change networks (`Microsoft.Network/privateEndpoints/write`), and the policy protects no `vault-private-endpoint`: it looks left from private endpoints of the first version, and those of the second need none",
      ],
    },
  },
});
