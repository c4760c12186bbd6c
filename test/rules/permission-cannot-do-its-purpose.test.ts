import type { Fact } from '../../src/core/fact.ts';
import { permissionCannotDoItsPurpose } from '../../src/rules/permission-cannot-do-its-purpose.ts';
import { appRole } from '../support/facts.ts';
import { policy, protects } from '../support/policies.ts';
import { type RuleCase, testRule } from '../support/test-rule.ts';

const asked = (facts: readonly Fact[], ...protected_: readonly string[]): RuleCase => ({
  facts,
  policy: policy({ desired: facts, protects: protected_.map((workload) => protects(workload)) }),
});

testRule(permissionCannotDoItsPurpose, {
  pass: {
    'what does its work': asked([appRole('Mail.Read', { purpose: 'mail' })], 'exchange-mail'),
    'less beside what does the work, which is redundant': asked(
      [appRole('Mail.ReadBasic.All'), appRole('Mail.Read')],
      'exchange-mail',
    ),
    'less, where nothing of the sort is protected': asked([appRole('Mail.ReadBasic.All')], 'sharepoint'),
    'what finding things takes': asked([appRole('Team.ReadBasic.All')], 'teams-settings'),
    'a purpose that reads': asked([appRole('Chat.Read.All', { purpose: 'chats' })], 'teams-chats'),
    'one that writes, and whose purpose says so': asked(
      [appRole('Mail.ReadWrite', { purpose: 'restores mail' })],
      'exchange-mail',
    ),
    'channels and chats alike': asked(
      [appRole('ChannelMessage.Read.All', { purpose: 'channel messages, as chats' })],
      'teams-channel-messages',
    ),
  },
  fail: {
    'headers for mail': {
      ...asked([appRole('Mail.ReadBasic.All', { purpose: 'restores mail' })], 'exchange-mail'),
      says: [
        'medium certain Mail.ReadBasic.All: application permission `Mail.ReadBasic.All` on Microsoft Graph is less than backing up `exchange-mail` takes, which is `Mail.Read`',
      ],
    },
    'less, though it does what some cases need': {
      ...asked([appRole('Chat.ReadBasic.All')], 'teams-chats'),
      says: [
        'medium certain Chat.ReadBasic.All: application permission `Chat.ReadBasic.All` on Microsoft Graph is less than backing up `teams-chats` takes, which is `Chat.Read.All`',
      ],
    },
    'a reader that is said to restore': {
      ...asked([appRole('Chat.Read.All', { purpose: 'backup and restore of chats' })], 'teams-chats'),
      says: [
        'low likely Chat.Read.All: application permission `Chat.Read.All` on Microsoft Graph only reads, and its purpose `backup and restore of chats` speaks of writing',
      ],
    },
    'channel messages that are said to be chats': {
      ...asked([appRole('ChannelMessage.Read.All', { purpose: 'Teams chat' })], 'teams-channel-messages'),
      says: [
        'low likely ChannelMessage.Read.All: application permission `ChannelMessage.Read.All` on Microsoft Graph reads messages in channels, and its purpose `Teams chat` speaks of chats',
      ],
    },
  },
});
