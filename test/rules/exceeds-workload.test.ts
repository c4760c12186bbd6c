import type { Fact } from '../../src/core/fact.ts';
import type { Policy } from '../../src/core/policy.ts';
import { exceedsWorkload } from '../../src/rules/exceeds-workload.ts';
import { account, appRole, azureRole, disk, exchange, group, subscription, vault } from '../support/facts.ts';
import { policy, protects, vaultSystem } from '../support/policies.ts';
import { type RuleCase, testRule } from '../support/test-rule.ts';

/** A case in which the policy asks for all that is held. */
const asked = (facts: readonly Fact[], ...protected_: readonly string[]): RuleCase => ({
  facts,
  policy: policy({ desired: facts, protects: protected_.map((workload) => protects(workload)) }),
});
const onDisks = (facts: readonly Fact[], more: Partial<Policy> = {}): RuleCase => ({
  facts,
  policy: policy({
    desired: facts,
    protects: [protects('azure-disk', { source: [disk('data1')], snapshots: [group('rg-snapshots')] })],
    ...more,
  }),
});

testRule(exceedsWorkload, {
  pass: {
    'the least, and what sources accept': asked(
      [appRole('Mail.Read'), appRole('User.Read.All'), appRole('MailboxItem.Export.All')],
      'exchange-mail',
    ),
    'what is needed in some cases only': asked([appRole('Member.Read.Hidden')], 'groups'),
    'what finding things takes': asked([appRole('Channel.ReadBasic.All')], 'teams-channel-messages'),
    'a policy that protects nothing': asked([appRole('Reports.Read.All')]),
    'what nobody asked for, which undeclared-access tells': {
      facts: [appRole('Reports.Read.All')],
      policy: policy({ protects: [protects('exchange-mail')] }),
    },
    'a plane that the policy does not manage': {
      facts: [appRole('Reports.Read.All')],
      policy: policy({
        protects: [protects('exchange-mail')],
        governs: new Set(),
        access: {
          applicationPermissions: null,
          delegatedPermissions: null,
          azureRoles: [],
          directoryRoles: null,
          exchangeRoles: null,
          siteGrants: null,
          keyVaultAccess: null,
          groups: null,
        },
      }),
    },
    'what other rules tell: redundant, tier 0, dead, and all mailboxes': asked(
      [
        appRole('Chat.ReadBasic.All'),
        appRole('Chat.Read.All'),
        appRole('User.ReadWrite.All'),
        appRole('Notes.Read.All'),
        appRole('full_access_as_app', { api: exchange }),
      ],
      'teams-chats',
    ),
    'the least roles at their scopes': onDisks([
      azureRole('Disk Backup Reader', disk('data1')),
      azureRole('Disk Snapshot Contributor', group('rg-snapshots')),
    ]),
    'a powerful role': onDisks([azureRole('Contributor', group('rg-app'))]),
    'a subscription, which scope-too-wide tells': onDisks([azureRole('Reader', subscription)]),
    "a vault's role elsewhere, which vault-identity-reaches-unprotected tells": onDisks(
      [azureRole('Storage Blob Data Reader', account('st1', 'rg-other'), { identity: vault() })],
      { identities: [vaultSystem(vault())] },
    ),
    'what the product truly takes': {
      ...asked([appRole('Exchange.ManageAsApp', { api: exchange })]),
      policy: policy({
        desired: [appRole('Exchange.ManageAsApp', { api: exchange })],
        product: { value: 'ninjaone', place: { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 } },
        protects: [protects('exchange-mail')],
      }),
    },
  },
  fail: {
    'permissions of another workload, by what they can do': {
      ...asked([appRole('Mail.Send'), appRole('Chat.Create'), appRole('Reports.Read.All')], 'exchange-mail'),
      says: [
        'high certain Mail.Send: application permission `Mail.Send` on Microsoft Graph serves nothing that the policy protects',
        'medium certain Chat.Create: application permission `Chat.Create` on Microsoft Graph serves nothing that the policy protects',
        'low certain Reports.Read.All: application permission `Reports.Read.All` on Microsoft Graph serves nothing that the policy protects',
      ],
    },
    'a policy without an access map, by what the tenant holds': {
      facts: [appRole('Reports.Read.All')],
      policy: policy({ protects: [protects('exchange-mail')], governs: new Set() }),
      says: [
        'low certain Reports.Read.All: application permission `Reports.Read.All` on Microsoft Graph serves nothing that the policy protects',
      ],
    },
    'one that reads more than is needed': {
      ...asked([appRole('Directory.Read.All')], 'groups'),
      says: [
        'low likely Directory.Read.All: application permission `Directory.Read.All` on Microsoft Graph reads more than backing up `groups` needs: `GroupMember.Read.All` is enough',
      ],
    },
    'roles that nothing needs there': {
      ...onDisks([
        azureRole('Storage Blob Data Contributor', group('rg-app')),
        azureRole('Disk Backup Reader', disk('data9', 'rg-other')),
        azureRole('Reader', disk('data1')),
      ]),
      says: [
        `medium certain Storage Blob Data Contributor: \`Storage Blob Data Contributor\` on \`${group('rg-app')}\` serves nothing that the policy protects`,
        `medium certain Disk Backup Reader: \`Disk Backup Reader\` on \`${disk('data9', 'rg-other')}\` serves nothing that the policy protects`,
        `low certain Reader: \`Reader\` on \`${disk('data1')}\` serves nothing that the policy protects`,
      ],
    },
    'where what is needed is little known': {
      ...asked([appRole('Reports.Read.All')], 'azure-mysql-flexible'),
      says: [
        'low likely Reports.Read.All: application permission `Reports.Read.All` on Microsoft Graph serves nothing that the policy protects',
      ],
    },
  },
});
