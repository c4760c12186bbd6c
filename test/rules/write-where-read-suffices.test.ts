import { writeWhereReadSuffices } from '../../src/rules/write-where-read-suffices.ts';
import { appRole, sharePoint } from '../support/facts.ts';
import { line, policy, protects } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const mail = policy({ protects: [protects('exchange-mail')] });
const sites = policy({ protects: [protects('onedrive'), protects('sharepoint')] });
const chats = policy({ protects: [protects('teams-chats')] });

testRule(writeWhereReadSuffices, {
  pass: {
    'the least of a backup': { facts: [appRole('Mail.Read'), appRole('User.ReadBasic.All')], policy: mail },
    'what sources accept as well': { facts: [appRole('User.Read.All')], policy: mail },
    'a policy that protects nothing': [appRole('Mail.ReadWrite')],
    "what the product's own backup takes": {
      facts: [appRole('TeamSettings.ReadWrite.All')],
      policy: policy({
        product: { value: 'veeam-microsoft-365', place: line(5) },
        protects: [protects('teams-settings')],
      }),
    },
    'a retired policy': {
      facts: [appRole('Mail.ReadWrite')],
      policy: policy({ protects: [protects('exchange-mail')], state: 'retired' }),
    },
    'a restore that the policy declares, which standing-restore-access tells': {
      facts: [appRole('Mail.ReadWrite')],
      policy: policy({ protects: [protects('exchange-mail', {}, ['backup', 'restore'])] }),
    },
    'what writes and serves nothing, which exceeds-workload tells': { facts: [appRole('Mail.Send')], policy: mail },
    'a wider one that only reads': {
      facts: [appRole('Directory.Read.All')],
      policy: policy({ protects: [protects('groups')] }),
    },
    'tier 0': { facts: [appRole('Group.ReadWrite.All')], policy: policy({ protects: [protects('groups')] }) },
    'a backup that writes by its nature': {
      facts: [appRole('BackupRestore-Configuration.ReadWrite.All')],
      policy: policy({ protects: [protects('microsoft-365-backup-storage')] }),
    },
  },
  fail: {
    'mail, with the Exchange role that would do': {
      facts: [appRole('Mail.ReadWrite')],
      policy: mail,
      says: [
        'medium certain Mail.ReadWrite: application permission `Mail.ReadWrite` on Microsoft Graph writes, and backing up `exchange-mail` only reads: `Mail.Read` is enough',
      ],
    },
    'of a chain only the broadest: the others are redundant': {
      facts: [appRole('Sites.ReadWrite.All'), appRole('Sites.Manage.All')],
      policy: sites,
      says: [
        'medium certain Sites.Manage.All: application permission `Sites.Manage.All` on Microsoft Graph writes, and backing up `onedrive` and `sharepoint` only reads: `Sites.Read.All` is enough',
      ],
    },
    'full control, on each API': {
      facts: [appRole('Sites.FullControl.All'), appRole('Sites.FullControl.All', { api: sharePoint })],
      policy: sites,
      says: [
        'high certain Sites.FullControl.All: application permission `Sites.FullControl.All` on Microsoft Graph writes, and backing up `onedrive` and `sharepoint` only reads: `Sites.Read.All` is enough',
        'high certain Sites.FullControl.All: application permission `Sites.FullControl.All` on Office 365 SharePoint Online writes, and backing up `onedrive` and `sharepoint` only reads: `Sites.Read.All` is enough',
      ],
    },
    'what a restore could not even use': {
      facts: [appRole('Chat.ReadWrite.All'), appRole('ChatMember.ReadWrite.All')],
      policy: chats,
      says: [
        'medium certain Chat.ReadWrite.All: application permission `Chat.ReadWrite.All` on Microsoft Graph writes, and backing up `teams-chats` only reads: `Chat.Read.All` is enough',
        'medium certain ChatMember.ReadWrite.All: application permission `ChatMember.ReadWrite.All` on Microsoft Graph writes, and backing up `teams-chats` only reads: `ChatMember.Read.All` is enough',
      ],
    },
  },
});
