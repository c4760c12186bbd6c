import { standingRestoreAccess } from '../../src/rules/standing-restore-access.ts';
import { account, appRole, azureRole, disk, group, vault } from '../support/facts.ts';
import { policy, protects, vaultSystem } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const mail = policy({ protects: [protects('exchange-mail', {}, ['backup', 'restore'])] });
const target = group('rg-restore');
const disks = protects('azure-disk', { source: [disk('data1')], snapshots: [group('rg-snapshots')], target: [target] });
const elevating = { ...disks, elevations: [{ operation: 'restore', maxDuration: 'PT8H' } as const] };
const operator = (created: string | null) => azureRole('Disk Restore Operator', target, { created });

testRule(standingRestoreAccess, {
  pass: {
    'what backs up': { facts: [appRole('Mail.Read'), appRole('User.ReadBasic.All')], policy: mail },
    'a policy that protects nothing': [appRole('Teamwork.Migrate.All'), operator(null)],
    'a retired policy': { facts: [operator(null)], policy: policy({ protects: [disks], state: 'retired' }) },
    'a redundant one of a restore that nobody declares': {
      facts: [appRole('Team.Create'), appRole('Group.ReadWrite.All')],
      policy: policy({ protects: [protects('teams-settings')] }),
    },
    'a wider one without a declared restore, which write-where-read-suffices tells': {
      facts: [appRole('Mail.ReadWrite')],
      policy: policy({ protects: [protects('exchange-mail')] }),
    },
    'a grant as young as an elevation, to its last moment': {
      facts: [operator('2026-11-21T16:00:00Z')],
      policy: policy({ protects: [elevating] }),
    },
    "a vault's identity on what the policy doesn't name, of which vault-identity-reaches-unprotected tells": {
      facts: [azureRole('Storage Account Backup Contributor', account('stother', 'rg-other'), { identity: vault() })],
      policy: policy({
        identities: [vaultSystem(vault())],
        protects: [protects('azure-blob', { source: [account('stdocs')] })],
      }),
    },
    "a vault's identity, of which restore-role-left-behind tells": {
      facts: [azureRole('Disk Restore Operator', target, { identity: vault() })],
      policy: policy({ protects: [disks], identities: [vaultSystem(vault())] }),
    },
    'a role that serves the backup as well': {
      facts: [azureRole('Disk Snapshot Contributor', group('rg-snapshots'))],
      policy: policy({
        protects: [protects('sap-hana-snapshot', { source: [disk('data1')], snapshots: [group('rg-snapshots')] })],
      }),
    },
  },
  fail: {
    'a declared restore': {
      facts: [appRole('Mail.ReadWrite')],
      policy: mail,
      says: [
        'medium certain Mail.ReadWrite: application permission `Mail.ReadWrite` on Microsoft Graph stands at all times, and only restoring `exchange-mail` needs it; `Mail.Read` is enough for all else',
      ],
    },
    'a declared restore, each grant of it, and what is wider than it': {
      facts: [appRole('Sites.ReadWrite.All'), appRole('Sites.FullControl.All')],
      policy: policy({ protects: [protects('sharepoint', {}, ['backup', 'restore'])] }),
      says: [
        'medium certain Sites.ReadWrite.All: application permission `Sites.ReadWrite.All` on Microsoft Graph stands at all times, and only restoring `sharepoint` needs it; `Sites.Read.All` is enough for all else',
        'medium certain Sites.FullControl.All: application permission `Sites.FullControl.All` on Microsoft Graph stands at all times, and only restoring `sharepoint` needs it; `Sites.Read.All` is enough for all else',
      ],
    },
    'one on what is backed up, where it does the backup as well': {
      facts: [azureRole('Disk Restore Operator', disk('data1'))],
      policy: policy({
        protects: [protects('azure-disk', { source: [disk('data1')], snapshots: [group('rg-snapshots')] })],
      }),
      says: [
        `medium certain Disk Restore Operator: \`Disk Restore Operator\` on \`${disk('data1')}\` stands at all times, and only restoring \`azure-disk\` needs it; \`Disk Backup Reader\` is enough for all else`,
      ],
    },
    'one of which the policy says nothing': {
      facts: [appRole('Teamwork.Migrate.All')],
      policy: policy({ protects: [protects('teams-channel-messages')] }),
      says: [
        'medium certain Teamwork.Migrate.All: application permission `Teamwork.Migrate.All` on Microsoft Graph stands at all times, and only restoring `teams-channel-messages` needs it',
      ],
    },
    'a second longer than the elevation': {
      facts: [operator('2026-11-21T15:59:59Z')],
      policy: policy({ protects: [elevating] }),
      says: [
        `medium certain Disk Restore Operator: \`Disk Restore Operator\` on \`${target}\` stands at all times, and only restoring \`azure-disk\` needs it`,
      ],
    },
    'longer than the grace that the configuration gives': {
      facts: [operator('2026-11-19T23:59:59Z')],
      policy: policy({ protects: [disks] }),
      restoreGrace: 'P2D',
      says: [
        `high certain Disk Restore Operator: \`Disk Restore Operator\` on \`${target}\` stands at all times, and only restoring \`azure-disk\` needs it`,
      ],
    },
  },
});
