import { backupApp, disk, group } from '../support/facts.ts';
import type { Cases } from './corpus-case.ts';
import { canDestroy, keeperTakesOver } from './labels.ts';
import { accept, protect, type Wish, type WrittenRole } from './policy-text.ts';

const mail: Wish = { protects: [protect('exchange-mail')], graph: 'User.ReadBasic.All, Mail.Read' };
const app = group('rg-app');
const snapshots = group('rg-snapshots');
const disks = [protect('azure-disk', 'backup', { source: [disk('data1')], snapshots: [snapshots] })];
const reads: WrittenRole = ['Disk Backup Reader', disk('data1')];
const keeps: WrittenRole = ['Disk Snapshot Contributor', snapshots];
const wide: Wish = { protects: disks, roles: [['Disk Backup Reader', app], keeps] };
const tooWide = 'scope-too-wide · Disk Backup Reader · rg-app';
const why = (word: string): string => `purpose: "${word}"`;

/** What people promised in a policy: reviews, exceptions, purposes. */
export const promiseCases: Cases = {
  'review: a day late': { policy: { ...mail, meta: 'reviewBy: 2026-11-21' }, expect: ['review-overdue · reviewBy'] },
  'review: years late': { policy: { ...mail, meta: 'reviewBy: 2022-01-31' }, expect: ['review-overdue · reviewBy'] },
  'review: late, of a policy without access': {
    policy: { meta: 'reviewBy: 2026-06-30' },
    expect: ['review-overdue · reviewBy'],
  },
  'review: today': { policy: { ...mail, meta: 'reviewBy: 2026-11-22' }, tempts: ['review-overdue'], expect: [] },
  'review: next spring': { policy: { ...mail, meta: 'reviewBy: 2027-03-31' }, tempts: ['review-overdue'], expect: [] },
  'review: never promised': { policy: mail, tempts: ['review-overdue'], expect: [] },
  'exception: accepts what it names': {
    policy: { ...wide, exceptions: [accept('scope-too-wide', 'Disk Backup Reader')] },
    tempts: ['scope-too-wide', 'unused-exception', 'expired-exception'],
    expect: [],
  },
  'exception: on its last day': {
    policy: { ...wide, exceptions: [accept('scope-too-wide', 'Disk Backup Reader', '2026-11-22')] },
    tempts: ['scope-too-wide', 'unused-exception', 'expired-exception'],
    expect: [],
  },
  'exception: in other letters': {
    policy: { ...wide, exceptions: [accept('scope-too-wide', 'disk backup reader')] },
    tempts: ['scope-too-wide', 'unused-exception'],
    expect: [],
  },
  'exception: to the end of next summer': {
    policy: { ...wide, exceptions: [accept('scope-too-wide', 'Disk Backup Reader', '2027-09-30')] },
    tempts: ['expired-exception', 'unused-exception'],
    expect: [],
  },
  'exception: a day over': {
    policy: { ...wide, exceptions: [accept('scope-too-wide', 'Disk Backup Reader', '2026-11-21')] },
    tempts: ['unused-exception'],
    expect: [tooWide, 'expired-exception · scope-too-wide'],
  },
  'exception: over, and its fault is gone too': {
    policy: { ...mail, exceptions: [accept('scope-too-wide', 'Disk Backup Reader', '2026-01-31')] },
    tempts: ['unused-exception'],
    expect: ['expired-exception · scope-too-wide'],
  },
  'exception: two that are over': {
    policy: {
      ...mail,
      exceptions: [
        accept('scope-too-wide', 'Disk Backup Reader', '2026-01-31'),
        accept('redundant-permission', 'Sites.Read.All', '2026-06-30'),
      ],
    },
    expect: ['expired-exception · scope-too-wide', 'expired-exception · redundant-permission'],
  },
  'exception: its fault is cured': {
    policy: { ...mail, exceptions: [accept('write-where-read-suffices', 'Mail.ReadWrite')] },
    expect: ['unused-exception · write-where-read-suffices'],
  },
  'exception: for another subject': {
    policy: { ...wide, exceptions: [accept('scope-too-wide', 'Reader')] },
    expect: [tooWide, 'unused-exception · scope-too-wide'],
  },
  'exception: by another rule': {
    policy: { ...wide, exceptions: [accept('privileged-azure-role', 'Disk Backup Reader')] },
    expect: [tooWide, 'unused-exception · privileged-azure-role'],
  },
  'exception: unused, where no tenant is seen': {
    policy: { ...mail, exceptions: [accept('long-lived-secret', 'secret-1')] },
    held: 'unseen',
    tempts: ['unused-exception'],
    expect: [],
  },
  'exception: of one finding among several on a role': {
    policy: {
      protects: disks,
      roles: [['Contributor', app], keeps],
      exceptions: [accept('privileged-azure-role', 'Contributor')],
    },
    tempts: ['privileged-azure-role', 'unused-exception'],
    expect: [canDestroy, keeperTakesOver],
  },
  'exception: of what cannot be scoped': {
    policy: {
      protects: [protect('azure-disk', 'backup', { source: [disk('data1')], snapshots: [app] })],
      roles: [reads, ['Disk Snapshot Contributor', app]],
      exceptions: [accept('shared-snapshot-group', 'Disk Snapshot Contributor')],
    },
    tempts: ['shared-snapshot-group', 'unused-exception'],
    expect: [],
  },
  'exception: given to one identity by its id': {
    policy: {
      ...wide,
      exceptions: [accept('scope-too-wide', 'Disk Backup Reader').replace('{', `{ identity: "${backupApp}",`)],
    },
    tempts: ['scope-too-wide', 'unused-exception'],
    expect: [],
  },
  'purpose: one line without, among others with': {
    policy: {
      protects: [protect('exchange-mail'), protect('exchange-calendar'), protect('exchange-contacts')],
      graph:
        '{ permission: User.ReadBasic.All, purpose: lists mailboxes }, { permission: Mail.Read, purpose: reads mail }, { permission: Calendars.Read, purpose: reads events }, Contacts.Read',
    },
    expect: ['permission-without-purpose · Contacts.Read'],
  },
  'purpose: a role without, among others with': {
    policy: {
      protects: disks,
      roles: [['Disk Backup Reader', disk('data1'), why('exports the disk')], keeps],
    },
    // One of two is not most.
    tempts: ['permission-without-purpose'],
    expect: [],
  },
  'purpose: two roles with, a third without': {
    policy: {
      protects: [protect('azure-disk', 'backup', { source: [disk('data1'), disk('data2')], snapshots: [snapshots] })],
      roles: [
        ['Disk Backup Reader', disk('data1'), why('exports the disk')],
        ['Disk Backup Reader', disk('data2'), why('exports the disk')],
        keeps,
      ],
    },
    expect: ['permission-without-purpose · Disk Snapshot Contributor · rg-snapshots'],
  },
  'purpose: NinjaOne’s row without one': {
    policy: {
      protects: [protect('exchange-mail'), protect('teams-channel-messages'), protect('entra-audit-logs')],
      graph:
        '{ permission: User.ReadBasic.All, purpose: lists mailboxes }, { permission: Mail.Read, purpose: reads mail }, { permission: ChannelMessage.Read.All, purpose: reads channels }, AuditLog.Read.All',
    },
    expect: ['permission-without-purpose · AuditLog.Read.All'],
  },
  'purpose: on no line': { policy: mail, tempts: ['permission-without-purpose'], expect: [] },
  'purpose: on every line': {
    policy: {
      protects: [protect('exchange-mail')],
      graph:
        '{ permission: User.ReadBasic.All, purpose: lists mailboxes }, { permission: Mail.Read, purpose: reads mail }',
    },
    tempts: ['permission-without-purpose', 'permission-cannot-do-its-purpose'],
    expect: [],
  },
  'words: Backup Reader is to assign roles': {
    policy: {
      protects: disks,
      roles: [reads, keeps, ['Backup Reader', group('rg-backup'), why('to manage the vault and assign roles')]],
    },
    expect: ['role-cannot-assign · Backup Reader · rg-backup', 'exceeds-workload · Backup Reader · rg-backup'],
  },
  'words: Disk Backup Reader is to grant the missing roles': {
    policy: { protects: disks, roles: [['Disk Backup Reader', disk('data1'), why('grants the missing roles')], keeps] },
    tempts: ['permission-without-purpose'],
    expect: ['role-cannot-assign · Disk Backup Reader · data1'],
  },
  'words: Backup Contributor is to assign roles, as Microsoft’s page says': {
    policy: {
      protects: disks,
      roles: [reads, keeps, ['Backup Contributor', group('rg-backup'), why('manages the identity and assigns roles')]],
    },
    expect: [
      'role-cannot-assign · Backup Contributor · rg-backup',
      'privileged-azure-role · Backup Contributor · rg-backup',
      keeperTakesOver,
    ],
  },
  'words: a role that was granted by somebody': {
    policy: {
      protects: disks,
      roles: [['Disk Backup Reader', disk('data1'), why('exports the disk, granted by the platform team')], keeps],
    },
    tempts: ['role-cannot-assign'],
    expect: [],
  },
  'words: a role that reads who is assigned what': {
    policy: {
      protects: disks,
      roles: [['Disk Backup Reader', disk('data1'), why('reads the disk, and which roles are assigned')], keeps],
    },
    tempts: ['role-cannot-assign'],
    expect: [],
  },
};
