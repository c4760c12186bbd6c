import { defineRule } from '../core/rule.ts';
import type { VaultProtectionFact } from '../core/safety-fact.ts';
import { sameArmId, scopeName } from '../core/scope.ts';
import { isValue, settingSpot } from '../core/setting-spot.ts';

const isSetting = (facts: readonly VaultProtectionFact[], vault: VaultProtectionFact, setting: string) =>
  facts.find((fact) => fact.setting === setting && sameArmId(fact.resource, vault.resource));

/** Copies in another region that only Microsoft can open: what a vault with a key of its own can't change. */
const isShut = (fact: VaultProtectionFact, facts: readonly VaultProtectionFact[]): boolean => {
  const redundancy = isSetting(facts, fact, 'redundancy');
  return (
    isValue(fact, 'Disabled') &&
    redundancy !== undefined &&
    isValue(redundancy, 'GeoRedundant') &&
    isSetting(facts, fact, 'encryption') === undefined
  );
};

/** See docs/rules/vault-in-one-region.md */
export const vaultInOneRegion = defineRule({
  id: 'vault-in-one-region',
  summary: 'The backups of a vault are lost with its datacentre, or out of reach with its region',
  severity: 'low',
  confidence: 'certain',
  kinds: ['vault-protection'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    for (const fact of facts) {
      const vault = scopeName(fact.resource);
      if (fact.setting === 'redundancy' && isValue(fact, 'LocallyRedundant'))
        yield {
          ...settingSpot(policy, fact),
          message: `\`${vault}\` keeps all copies in one datacentre (\`LocallyRedundant\`)`,
          help: 'choose `ZoneRedundant` or `GeoRedundant`; a vault that protects something already has to be replaced for that',
          evidence: { value: fact.value },
        };
      if (fact.setting === 'crossRegionRestore' && isShut(fact, facts))
        yield {
          ...settingSpot(policy, fact),
          message: `\`${vault}\` keeps copies in another region, from which nobody can restore until Microsoft declares a disaster`,
          help: 'enable cross-region restore; it can never be switched off again',
          evidence: { value: fact.value },
        };
    }
  },
});
