import { defineRule } from '../core/rule.ts';
import { scopeName } from '../core/scope.ts';
import { isValue, settingSpot } from '../core/setting-spot.ts';

/** See docs/rules/vault-key-loss.md */
export const vaultKeyLoss = defineRule({
  id: 'vault-key-loss',
  summary: 'The key that encrypts a vault can be lost, or is out of reach already',
  severity: 'high',
  confidence: 'certain',
  kinds: ['vault-protection'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    for (const fact of facts) {
      const name = scopeName(fact.resource);
      if (fact.setting === 'encryption' && fact.details['attached'] === false) {
        const { identity } = fact.details;
        const who =
          identity === 'SystemAssigned'
            ? 'its system-assigned identity, which is off'
            : `\`${scopeName(String(identity))}\`, which it no longer has`;
        yield {
          ...settingSpot(policy, fact),
          severity: 'critical',
          message: `\`${name}\` fetches the key of its backups by ${who}: backups and restores stop, for all that it keeps`,
          help: 'give the vault that identity back at once, with its access to the key, before anything else',
          evidence: { keyUri: fact.details['keyUri'] ?? null, identity: identity ?? null },
        };
      }
      if (fact.setting === 'purgeProtection' && isValue(fact, 'Disabled'))
        yield {
          ...settingSpot(policy, fact),
          message: `key vault \`${name}\` holds the key of \`${scopeName(String(fact.details['vault']))}\` and has no purge protection: who purges the key destroys every backup`,
          help: 'enable purge protection on the key vault; it can never be switched off again',
          evidence: { vault: fact.details['vault'] ?? null },
        };
    }
  },
});
