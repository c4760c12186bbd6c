import { vaultProtectsNothing } from '../../src/rules/vault-protects-nothing.ts';
import { vault } from '../support/facts.ts';
import { policy, vaultSystem } from '../support/policies.ts';
import { vaultSetting } from '../support/protection-facts.ts';
import { testRule } from '../support/test-rule.ts';

const named = policy({ identities: [vaultSystem(vault())] });
const items = (active: number, all: number) =>
  vaultSetting('protectedItems', String(active), { items: all, sources: null });

testRule(vaultProtectsNothing, {
  pass: {
    'a vault in use': [items(12, 12)],
    'one thing left': [items(1, 12)],
    'a vault that was never used': [items(0, 0)],
  },
  fail: {
    'everything stopped': {
      facts: [items(0, 12)],
      policy: named,
      says: ['low certain protectedItems: `bv-prod` stopped backing up all 12 things that it holds backups of'],
    },
    'the only thing stopped': {
      facts: [items(0, 1)],
      policy: named,
      says: ['low certain protectedItems: `bv-prod` stopped backing up the one thing that it holds backups of'],
    },
  },
});
