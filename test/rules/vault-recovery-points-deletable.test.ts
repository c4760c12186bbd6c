import { vaultRecoveryPointsDeletable } from '../../src/rules/vault-recovery-points-deletable.ts';
import { azureRole, disk, group, vault } from '../support/facts.ts';
import { policy, vaultSystem } from '../support/policies.ts';
import { vaultSetting } from '../support/protection-facts.ts';
import { testRule } from '../support/test-rule.ts';

const named = policy({ identities: [vaultSystem(vault())] });
const held = (role: string, scope: string) => azureRole(role, scope, { identity: vault() });
const fires = (facts: Parameters<typeof testRule>[1]['fail'][string]['facts'], ...says: string[]) => ({
  facts,
  policy: named,
  says,
});

testRule(vaultRecoveryPointsDeletable, {
  pass: {
    'a vault that is well kept': [vaultSetting('softDelete', 'AlwaysOn'), vaultSetting('immutability', 'Locked')],
    'the spelling of Recovery Services': [vaultSetting('softDelete', 'AlwaysON')],
    'settings that other rules judge': [vaultSetting('publicNetworkAccess', 'Off')],
    'a value that Azure came up with since': [vaultSetting('immutability', 'Sealed')],
    'a lock that the identity may not take off': [
      vaultSetting('locks', '1'),
      held('Disk Backup Reader', disk('data1')),
    ],
    'a role above another vault': [vaultSetting('locks', '1'), held('Owner', group('rg-other'))],
    'no lock at all': [vaultSetting('locks', '0'), held('Owner', group('rg-backup'))],
  },
  fail: {
    'soft delete that is off': fires(
      [vaultSetting('softDelete', 'Off')],
      'high certain softDelete: soft delete of `bv-prod` is `Off`: a deleted backup is gone at once, and for good',
    ),
    'soft delete that is merely on': fires(
      [vaultSetting('softDelete', 'On')],
      'low certain softDelete: soft delete of `bv-prod` is `On` and not `AlwaysOn`: whoever deletes backups can switch it off first',
    ),
    'no immutability': fires(
      [vaultSetting('immutability', 'Disabled')],
      'medium certain immutability: immutability of `bv-prod` is `Disabled`: recovery points can be deleted before they expire',
    ),
    'immutability that is not locked': fires(
      [vaultSetting('immutability', 'Unlocked')],
      'low certain immutability: immutability of `bv-prod` is `Unlocked`: whoever may write the vault can disable it',
    ),
    'a lock that the identity itself may take off': fires(
      [vaultSetting('locks', '2'), held('Owner', group('rg-backup'))],
      `medium certain locks: the lock on \`bv-prod\` holds nobody back who has the vault's own identity: \`Owner\` on \`${group('rg-backup')}\` allows \`Microsoft.Authorization/locks/delete\``,
    ),
  },
});
