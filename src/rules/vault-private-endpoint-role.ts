import { isVaultIdentity } from '../core/identity-of.ts';
import { lookAround } from '../core/protected-scopes.ts';
import { defineRule } from '../core/rule.ts';
import { azureRoles } from '../knowledge/azure-roles.ts';
import { excessPowers } from '../knowledge/excess-powers.ts';
import { contains, intersects } from '../knowledge/role-algebra.ts';

const workload = 'vault-private-endpoint';

/** What creates an endpoint and its record. */
const endpointActions = [
  'Microsoft.Network/privateEndpoints/write',
  'Microsoft.Network/privateDnsZones/write',
  'Microsoft.Network/privateDnsZones/A/write',
];
/** What links it to a network; roles for machines do so too. */
const joins = ['Microsoft.Network/virtualNetworks/subnets/join/action'];

const needed = [
  {
    actions: [
      'Microsoft.Network/privateEndpoints/*',
      'Microsoft.Network/networkInterfaces/read',
      'Microsoft.Network/virtualNetworks/read',
      'Microsoft.Network/virtualNetworks/subnets/join/action',
    ],
    notActions: [],
    dataActions: [],
    notDataActions: [],
  },
  ...(azureRoles.find(({ name }) => name === 'Private DNS Zone Contributor')?.permissions ?? []),
];

/** See docs/rules/vault-private-endpoint-role.md */
export const vaultPrivateEndpointRole = defineRule({
  id: 'vault-private-endpoint-role',
  summary: "A vault's identity holds a network role that private endpoints of today do not need",
  severity: 'low',
  confidence: 'likely',
  kinds: ['azure-role-assignment'],
  since: '0.1.0',
  *check({ facts, policy: { policy }, desired, governs }) {
    const around = lookAround(policy);
    const isDeclared = policy.protects.some((one) => one.workload === workload);
    for (const fact of facts) {
      if (fact.orphaned || fact.permissions === null || !isVaultIdentity(policy, fact.identity)) continue;
      if (governs(fact) && !desired.has(fact.key)) continue;
      // A role on what is backed up says nothing of endpoints.
      if (!isDeclared && around(fact.scope).inside > 0) continue;
      const action =
        intersects(fact.permissions, endpointActions) ??
        (excessPowers(fact, policy).length > 0 ? null : intersects(fact.permissions, joins));
      if (action === null || (isDeclared && contains(needed, fact.permissions).contains)) continue;
      const why = isDeclared
        ? 'private endpoints of the first version need the network actions of it only, those of the second version none'
        : `the policy protects no \`${workload}\`: it looks left from private endpoints of the first version, and those of the second need none`;
      yield {
        at: fact,
        severity: isDeclared ? 'low' : 'medium',
        message: `\`${fact.subject}\` on \`${fact.scope}\` lets a vault's identity change networks (\`${action}\`), and ${why}`,
        help: 'move the vault to private endpoints of the second version and remove the role; until then use a custom role for endpoints and subnets and `Private DNS Zone Contributor` on the zone',
        evidence: { action, declared: isDeclared },
      };
    }
  },
});
