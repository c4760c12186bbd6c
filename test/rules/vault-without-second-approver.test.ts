import { vaultWithoutSecondApprover } from '../../src/rules/vault-without-second-approver.ts';
import { azureRole, group, vault } from '../support/facts.ts';
import { policy, vaultSystem } from '../support/policies.ts';
import { vaultSetting } from '../support/protection-facts.ts';
import { testRule } from '../support/test-rule.ts';

const named = policy({ identities: [vaultSystem(vault())] });
const elsewhere = '/subscriptions/99999999-9999-4999-8999-999999999999/resourceGroups/rg-guards';
const guardIn = (rg: string): string => `${rg}/providers/Microsoft.DataProtection/resourceGuards/guard`;
const guarded = (rg: string, sameSubscription: boolean) =>
  vaultSetting('multiUserAuthorization', 'Enabled', { guard: guardIn(rg), sameSubscription });
const held = (role: string, scope: string) => azureRole(role, scope, { identity: vault() });

testRule(vaultWithoutSecondApprover, {
  pass: {
    'a guard of another subscription': [guarded(elsewhere, false)],
    'a vault that is guarded, nobody knows by what': [vaultSetting('multiUserAuthorization', 'Enabled')],
    'a role that only reads the guard': [guarded(elsewhere, false), held('Reader', elsewhere)],
    'another setting': [vaultSetting('softDelete', 'Disabled')],
  },
  fail: {
    'no guard': {
      facts: [vaultSetting('multiUserAuthorization', 'Disabled')],
      policy: named,
      says: [
        'medium certain multiUserAuthorization: no resource guard stands before `bv-prod`: one stolen account can switch off soft delete and stop backups',
      ],
    },
    'a guard of the same subscription': {
      facts: [guarded(group('rg-guards'), true)],
      policy: named,
      says: [
        "medium likely multiUserAuthorization: the guard `guard` of `bv-prod` lies in the vault's own subscription, whose owner can do what it guards",
      ],
    },
    'a guard that the identity itself can take away': {
      facts: [guarded(elsewhere, false), held('Contributor', elsewhere)],
      policy: named,
      says: [
        `medium certain multiUserAuthorization: the vault's own identity holds \`Contributor\` on \`${elsewhere}\`, and so can take the guard \`guard\` of \`bv-prod\` away`,
      ],
    },
  },
});
