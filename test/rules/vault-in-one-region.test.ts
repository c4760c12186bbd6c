import { vaultInOneRegion } from '../../src/rules/vault-in-one-region.ts';
import { vault } from '../support/facts.ts';
import { policy, vaultSystem } from '../support/policies.ts';
import { vaultSetting } from '../support/protection-facts.ts';
import { testRule } from '../support/test-rule.ts';

const named = policy({ identities: [vaultSystem(vault())] });
const geo = vaultSetting('redundancy', 'GeoRedundant');
const shut = vaultSetting('crossRegionRestore', 'Disabled');

testRule(vaultInOneRegion, {
  pass: {
    'three zones': [vaultSetting('redundancy', 'ZoneRedundant'), shut],
    'another region, open to restores': [geo, vaultSetting('crossRegionRestore', 'Enabled')],
    'another region, and a key of its own that forbids it': [geo, shut, vaultSetting('encryption', 'Enabled')],
    'the switch alone': [shut],
    'a vault of another place': [vaultSetting('redundancy', 'GeoRedundant', {}, { resource: vault('bv-test') }), shut],
  },
  fail: {
    'one datacentre': {
      facts: [vaultSetting('redundancy', 'LocallyRedundant')],
      policy: named,
      says: ['low certain redundancy: `bv-prod` keeps all copies in one datacentre (`LocallyRedundant`)'],
    },
    'another region, shut': {
      facts: [geo, shut],
      policy: named,
      says: [
        'low certain crossRegionRestore: `bv-prod` keeps copies in another region, from which nobody can restore until Microsoft declares a disaster',
      ],
    },
  },
});
