import type { Cases, CorpusCase } from './corpus-case.ts';
import { keeperTakesOver } from './labels.ts';
import { elevation, protect } from './policy-text.ts';

/**
 * What Microsoft's pages say that each workload takes, written down from the table of least permissions: of a backup, of
 * a restore on top, and a permission that writes what the backup reads.
 */
interface Row {
  readonly least: readonly string[];
  /** A permission that writes, and the one that it holds in it. */
  readonly writes?: readonly [writer: string, reader: string];
  /** What only a restore takes. */
  readonly restore?: readonly string[];
}

const rows: Readonly<Record<string, Row>> = {
  'exchange-mail': {
    least: ['User.ReadBasic.All', 'Mail.Read'],
    writes: ['Mail.ReadWrite', 'Mail.Read'],
    restore: ['Mail.ReadWrite'],
  },
  'exchange-calendar': {
    least: ['Calendars.Read'],
    writes: ['Calendars.ReadWrite', 'Calendars.Read'],
    restore: ['Calendars.ReadWrite'],
  },
  'exchange-contacts': {
    least: ['Contacts.Read'],
    writes: ['Contacts.ReadWrite', 'Contacts.Read'],
    restore: ['Contacts.ReadWrite'],
  },
  'exchange-mailbox-settings': {
    least: ['MailboxSettings.Read'],
    writes: ['MailboxSettings.ReadWrite', 'MailboxSettings.Read'],
    restore: ['MailboxSettings.ReadWrite'],
  },
  'exchange-group-mailbox': { least: ['Group-Conversation.Read.All'] },
  todo: {
    least: ['Tasks.Read.All'],
    writes: ['Tasks.ReadWrite.All', 'Tasks.Read.All'],
    restore: ['Tasks.ReadWrite.All'],
  },
  planner: {
    least: ['Tasks.Read.All'],
    writes: ['Tasks.ReadWrite.All', 'Tasks.Read.All'],
    restore: ['Tasks.ReadWrite.All'],
  },
  onedrive: {
    least: ['Files.Read.All', 'User.Read.All'],
    writes: ['Files.ReadWrite.All', 'Files.Read.All'],
    restore: ['Files.ReadWrite.All'],
  },
  onenote: {
    least: ['Files.Read.All'],
    writes: ['Files.ReadWrite.All', 'Files.Read.All'],
    restore: ['Files.ReadWrite.All'],
  },
  sharepoint: {
    least: ['Sites.Read.All'],
    writes: ['Sites.ReadWrite.All', 'Sites.Read.All'],
    restore: ['Sites.ReadWrite.All'],
  },
  'sharepoint-permissions': { least: ['Sites.FullControl.All'] },
  'teams-settings': {
    least: ['TeamSettings.Read.All', 'ChannelSettings.Read.All'],
    writes: ['TeamSettings.ReadWrite.All', 'TeamSettings.Read.All'],
    restore: ['Team.Create', 'Channel.Create', 'TeamSettings.ReadWrite.All', 'ChannelSettings.ReadWrite.All'],
  },
  'teams-members': {
    least: ['TeamMember.Read.All', 'ChannelMember.Read.All'],
    writes: ['ChannelMember.ReadWrite.All', 'ChannelMember.Read.All'],
  },
  'teams-channel-messages': { least: ['ChannelMessage.Read.All'], restore: ['Teamwork.Migrate.All'] },
  'teams-chats': { least: ['Chat.Read.All'], writes: ['Chat.ReadWrite.All', 'Chat.Read.All'] },
  'teams-files': {
    least: ['Files.Read.All'],
    writes: ['Files.ReadWrite.All', 'Files.Read.All'],
    restore: ['Files.ReadWrite.All'],
  },
  'teams-tabs': {
    least: ['TeamsTab.Read.All'],
    writes: ['TeamsTab.ReadWrite.All', 'TeamsTab.Read.All'],
    restore: ['TeamsTab.Create'],
  },
  'teams-shifts': {
    least: ['Schedule.Read.All'],
    writes: ['Schedule.ReadWrite.All', 'Schedule.Read.All'],
    restore: ['Schedule.ReadWrite.All'],
  },
  groups: {
    least: ['GroupMember.Read.All'],
    writes: ['GroupMember.ReadWrite.All', 'GroupMember.Read.All'],
    restore: ['Group.Create', 'GroupMember.ReadWrite.All'],
  },
  'entra-users': {
    least: ['User.Read.All', 'GroupMember.Read.All'],
    writes: ['User.ReadWrite.All', 'User.Read.All'],
    restore: ['User.DeleteRestore.All', 'User.EnableDisableAccount.All'],
  },
  'entra-devices': { least: ['Device.Read.All'] },
  'entra-applications': {
    least: ['Application.Read.All', 'Directory.Read.All'],
    writes: ['Application.ReadWrite.All', 'Application.Read.All'],
    restore: ['Application.ReadWrite.All'],
  },
  'entra-administrative-units': { least: ['AdministrativeUnit.Read.All'] },
  'entra-conditional-access': {
    least: ['Policy.Read.All'],
    restore: ['Policy.ReadWrite.ConditionalAccess', 'Application.Read.All'],
  },
  'entra-roles': {
    least: ['RoleManagement.Read.Directory'],
    writes: ['RoleManagement.ReadWrite.Directory', 'RoleManagement.Read.Directory'],
    restore: ['RoleManagement.ReadWrite.Directory'],
  },
  'entra-audit-logs': { least: ['AuditLog.Read.All'] },
  'microsoft-365-backup-storage': {
    least: [
      'BackupRestore-Configuration.ReadWrite.All',
      'BackupRestore-Search.Read.All',
      'BackupRestore-Monitor.Read.All',
    ],
    restore: ['BackupRestore-Restore.ReadWrite.All'],
  },
};

/** Lists of tier 0: its members reach control of the tenant in further steps, the others need none. */
const tier0 = new Set([
  'GroupMember.ReadWrite.All',
  'User.ReadWrite.All',
  'User.DeleteRestore.All',
  'User.EnableDisableAccount.All',
  'Policy.ReadWrite.ConditionalAccess',
]);
const selfEscalating = new Set(['Application.ReadWrite.All', 'RoleManagement.ReadWrite.Directory']);

/** What is to be said of a permission for its power alone. */
const power = (permissions: readonly string[]): string[] => {
  const told = permissions.flatMap((name) => {
    if (selfEscalating.has(name)) return [`self-escalation · ${name}`];
    return tier0.has(name) ? [`tier0-permission · ${name}`] : [];
  });
  return told.length === 0 ? [] : [...told, keeperTakesOver];
};

/** What one of these holds in it, of the same workload; `null` where it only adds. */
const readIn = (row: Row, permission: string): string | null => {
  if (row.writes?.[0] === permission) return row.writes[1];
  return permission === 'ChannelSettings.ReadWrite.All' ? 'ChannelSettings.Read.All' : null;
};

const all = (permissions: readonly string[]): string => permissions.join(', ');

const casesOf = ([workload, row]: readonly [string, Row]): (readonly [string, CorpusCase])[] => {
  const { least, writes, restore } = row;
  const backup = [protect(workload)];
  const plain: (readonly [string, CorpusCase])[] = [
    [
      `${workload}: the least that its backup takes`,
      {
        policy: { protects: backup, graph: all(least) },
        tempts: ['missing-for-workload', 'exceeds-workload', 'permission-cannot-do-its-purpose', 'tier0-permission'],
        expect: [],
      },
    ],
    [
      `${workload}: the least, on a fork's pull request`,
      {
        policy: { protects: backup, graph: all(least) },
        held: 'unseen',
        tempts: ['missing-for-workload', 'exceeds-workload', 'no-owner', 'unused-exception'],
        expect: [],
      },
    ],
    ...least.map((lost): readonly [string, CorpusCase] => [
      `${workload}: without ${lost}`,
      {
        policy: { protects: backup, graph: all(least.filter((one) => one !== lost)) },
        expect: [`missing-for-workload · ${lost}`],
      },
    ]),
  ];
  const written: (readonly [string, CorpusCase])[] =
    writes === undefined
      ? []
      : [
          [
            `${workload}: ${writes[0]} where ${writes[1]} is enough`,
            {
              policy: { protects: backup, graph: all(least.map((one) => (one === writes[1] ? writes[0] : one))) },
              tempts: ['missing-for-workload', 'exceeds-workload', 'standing-restore-access'],
              expect: power([writes[0]]).length > 0 ? power([writes[0]]) : [`write-where-read-suffices · ${writes[0]}`],
            },
          ],
        ];
  if (restore === undefined) return [...plain, ...written];
  const covered = restore.flatMap((one) => readIn(row, one) ?? []);
  return [
    ...plain,
    ...written,
    [
      `${workload}: restore at any time`,
      {
        policy: {
          protects: [protect(workload, 'backup restore')],
          graph: all([...least.filter((one) => !covered.includes(one)), ...restore]),
        },
        tempts: ['write-where-read-suffices', 'missing-for-workload', 'exceeds-workload'],
        expect: [...restore.map((one) => `standing-restore-access · ${one}`), ...power(restore)],
      },
    ],
    [
      `${workload}: restore as an elevation, of which nothing stands`,
      {
        policy: { protects: [protect(workload, 'backup', [], elevation('restore'))], graph: all(least) },
        tempts: ['missing-for-workload', 'standing-restore-access'],
        expect: [],
      },
    ],
  ];
};

const minimal = Object.keys(rows).map((workload): readonly [string, CorpusCase] => [
  `${workload}: access computed`,
  {
    policy: { protects: [protect(workload)], access: 'minimal' },
    tempts: ['missing-for-workload', 'exceeds-workload', 'permission-without-purpose', 'tenant-wide-where-scoped'],
    expect: [],
  },
]);

/** Every workload of Microsoft 365 and Entra: at its least, with one permission too few, one too wide, one of a restore. */
export const m365Workloads: Cases = Object.fromEntries([...Object.entries(rows).flatMap(casesOf), ...minimal]);
