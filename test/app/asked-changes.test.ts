import { describe, expect, it } from 'vitest';
import { identityId } from '../../src/core/ids.ts';
import type { Gap } from '../../src/core/snapshot.ts';
import type { ThreeWay } from '../../src/core/three-way.ts';
import { keyVault } from '../support/access-facts.ts';
import { backupApp, group, otherApp } from '../support/facts.ts';
import { type Files, reportOn, type Said } from '../support/three-way-case.ts';

const app = group('rg-app');
const rolesOf = (list: string): string =>
  `azureRoles: [${list === '' ? '' : list.split(',').map((role) => `{ role: ${role}, scope: ${app} }`)}]`;
const permissions = (list: string): string => `applicationPermissions: { Microsoft Graph: [${list}] }`;
const scopes = (list: string): string => `delegatedPermissions: { Microsoft Graph: [${list}] }`;
const keys = (list: string): string =>
  `keyVaultAccess: [{ vault: ${keyVault('kv')}, permissions: { keys: [${list}] } }]`;
const given = (condition: string): string => `azureRoles: [{ role: Reader, scope: ${app}, condition: "${condition}" }]`;
const site = (role: string): string =>
  `siteGrants: [{ site: "https://contoso.sharepoint.com/sites/a", role: ${role} }]`;
const exchange = 'exchangeRoles: [{ role: Application Mail.Read, scope: organization }]';
const disks = (...groups: readonly string[]): string =>
  `{ workload: azure-vm-disk, operations: [backup], scopes: [${groups.map(group).join(', ')}] }`;

/** One file with one policy, by its access. */
const of = (access: string | null, more: Said = {}): Files => ({ 'backup.yaml': { access, ...more } });
/** The same with Azure roles, under an enforcement. */
const under = (enforcement: NonNullable<Said['enforcement']>, roles: string): Files =>
  of(rolesOf(roles), { enforcement });
const setting = (value: string): Files =>
  of(null, { more: `  tenantSettings: { sharepoint.customAppAuthentication: ${value} }` });
/** Two policies on one app, with these roles. */
const two = (a: string, b: string, enforcement: Said['enforcement'] = 'report'): Files => ({
  'a.yaml': { name: 'a', enforcement: 'report', access: rolesOf(a) },
  'b.yaml': { name: 'b', ...(enforcement === undefined ? {} : { enforcement }), access: rolesOf(b) },
});
const unread = (kind: Gap['kind']): Gap => ({
  kind,
  identity: identityId(backupApp),
  reason: 'forbidden',
  needs: 'more',
  request: 'GET /x',
  detail: 'HTTP 403',
});

/** What a case compares; a text stands for Azure roles under `authoritative`. */
type Policies = Files | string;
const filesOf = (policies: Policies): Files => (typeof policies === 'string' ? of(rolesOf(policies)) : policies);

const threeWayOf = (base: Policies, head: Policies, tenant: Policies | null, gaps: readonly Gap[] = []): ThreeWay => {
  const held = tenant === null ? null : filesOf(tenant);
  const { threeWay } = reportOn({ base: filesOf(base), head: filesOf(head), tenant: held, gaps });
  if (threeWay === undefined) throw new Error('nothing was compared');
  return threeWay;
};
const tell = ({ asked }: ThreeWay): string =>
  asked
    .map(({ action, policy, before, after, effect, step }) => {
      const by = step === null ? '' : ` by ${step.split('/')[1]}`;
      return `${policy === 'backup' ? '' : `${policy}: `}${action} ${(after ?? before)?.subject} ${effect}${by}`;
    })
    .toSorted()
    .join('; ');

const kv = keyVault('kv');
type Case = readonly [
  name: string,
  base: Policies,
  head: Policies,
  tenant: Policies | null,
  is: string,
  gaps?: readonly Gap[],
];
const cases: readonly Case[] = [
  ['an added role', '', 'Reader', '', 'add Reader grants by create'],
  ['an added role that is held already', '', 'Reader', 'Reader', 'add Reader already-so'],
  ['an added role, reported', under('report', ''), under('report', 'Reader'), '', 'add Reader not-written'],
  ['an added role, additive', under('additive', ''), under('additive', 'Reader'), '', 'add Reader grants by create'],
  ['an added role, unread', '', 'Reader', '', 'add Reader unknown', [unread('azure-role-assignment')]],
  ['an added role, other things unread', '', 'Reader', '', 'add Reader grants by create', [unread('site-grant')]],
  ['an added role, no tenant', '', 'Reader', null, 'add Reader unknown'],
  [
    'a removed role',
    'Reader,Backup Reader',
    'Reader',
    'Reader,Backup Reader',
    'remove Backup Reader revokes by delete',
  ],
  [
    'a removed role that backups need',
    'Reader,Backup Reader',
    'Backup Reader',
    'Reader,Backup Reader',
    'remove Reader not-written',
  ],
  ['a removed role that is not held', 'Reader', '', '', 'remove Reader already-so'],
  [
    'a removed role, additive',
    under('additive', 'Reader'),
    under('additive', ''),
    'Reader',
    'remove Reader not-written',
  ],
  ['a removed role, reported', under('report', 'Reader'), under('report', ''), 'Reader', 'remove Reader not-written'],
  ['a removed role, unread', 'Reader', '', '', 'remove Reader unknown', [unread('azure-role-assignment')]],
  ['a removed role, no tenant', 'Reader', '', null, 'remove Reader unknown'],
  ['a plane that is managed no more', 'Reader', of(scopes('')), 'Reader', 'remove Reader not-written'],
  [
    'one for another',
    'Backup Reader',
    'Reader',
    'Backup Reader',
    'add Reader grants by create; remove Backup Reader revokes by delete',
  ],
  ['one that is never granted', '', 'Owner', '', 'add Owner not-written'],
  ['an added permission', of(permissions('')), of(permissions('Mail.Read')), '', 'add Mail.Read grants by create'],
  [
    'a removed permission',
    of(permissions('Mail.Read,User.Read.All')),
    of(permissions('User.Read.All')),
    of(permissions('Mail.Read,User.Read.All')),
    'remove Mail.Read revokes by delete',
  ],
  ['an added delegated permission', of(scopes('')), of(scopes('User.Read')), '', 'add User.Read grants by create'],
  [
    'a removed delegated permission',
    of(scopes('User.Read,Mail.Read')),
    of(scopes('Mail.Read')),
    of(scopes('User.Read,Mail.Read')),
    'remove User.Read revokes by delete',
  ],
  [
    'the last permission',
    of(scopes('User.Read')),
    of(scopes('')),
    of(scopes('User.Read')),
    'remove User.Read not-written',
  ],
  ['an added access policy', of('keyVaultAccess: []'), of(keys('get')), '', `add ${kv} grants by create`],
  ['a changed one', of(keys('get')), of(keys('get, unwrapKey')), of(keys('get')), `change ${kv} changes by update`],
  [
    'a removed one',
    of(`${keys('get')}, ${rolesOf('Reader')}`),
    of(`keyVaultAccess: [], ${rolesOf('Reader')}`),
    of(`${keys('get')}, ${rolesOf('Reader')}`),
    `remove ${kv} revokes by delete`,
  ],
  ['a condition', of(given('a')), of(given('b')), of(given('a')), 'change Reader changes by update'],
  ['a condition that the tenant has', of(given('a')), of(given('b')), of(given('b')), 'change Reader already-so'],
  ['a condition of a role that is not held', of(given('a')), of(given('b')), '', 'change Reader grants by create'],
  [
    'a condition, additive',
    of(given('a'), { enforcement: 'additive' }),
    of(given('b'), { enforcement: 'additive' }),
    of(given('a')),
    'change Reader not-written',
  ],
  [
    'a directory role, which no plan gives',
    of('directoryRoles: []'),
    of('directoryRoles: [{ role: Directory Readers }]'),
    '',
    'add Directory Readers not-written',
  ],
  [
    'an Exchange role, which no plan takes',
    of(exchange),
    of('exchangeRoles: []'),
    of(exchange),
    'remove Application Mail.Read not-written',
  ],
  ['another role on a site', of(site('read')), of(site('write')), of(site('read')), 'change write not-written'],
  [
    'a setting',
    setting('enabled'),
    setting('disabled'),
    setting('enabled'),
    'change sharepoint.customAppAuthentication not-written',
  ],
  ['nothing but the enforcement', under('report', 'Reader'), 'Reader', 'Owner', ''],
  ['a renamed policy', 'Reader', of(rolesOf('Reader'), { name: 'renamed' }), 'Reader', ''],
  [
    'a renamed policy in a renamed file',
    'Reader,Backup Reader',
    { 'new.yaml': { name: 'renamed', access: rolesOf('Reader') } },
    'Reader,Backup Reader',
    'renamed: remove Backup Reader revokes by delete',
  ],
  ['a deleted file', 'Reader', {}, 'Reader', 'remove Reader not-written'],
  [
    'a file that speaks of another app now',
    'Reader',
    of(rolesOf(''), { app: otherApp }),
    'Reader',
    'remove Reader not-written',
  ],
  ['a new file', {}, 'Reader', '', 'add Reader grants by create'],
  [
    'a retired policy',
    'Reader',
    of(rolesOf('Reader'), { state: 'retired' }),
    'Reader',
    'remove Reader revokes by delete',
  ],
  ['a line moved to another policy on the app', two('Reader', ''), two('', 'Reader'), 'Reader', ''],
  ['a line that another policy on the app keeps', two('Reader', 'Reader'), two('', 'Reader'), 'Reader', ''],
  [
    'a line of two policies, one of which writes',
    two('', '', 'authoritative'),
    two('Reader', 'Reader', 'authoritative'),
    '',
    'b: add Reader grants by create',
  ],
  [
    'computed access, more being protected',
    of('minimal'),
    of('minimal', { protects: disks('rg-app', 'rg-b') }),
    of('minimal'),
    'add Disk Backup Reader grants by create; add Reader grants by create',
  ],
  [
    'computed access, less being protected',
    of('minimal', { protects: disks('rg-app', 'rg-b') }),
    of('minimal'),
    of('minimal', { protects: disks('rg-app', 'rg-b') }),
    'remove Disk Backup Reader revokes by delete; remove Reader revokes by delete',
  ],
];

describe('what a pull request makes policies ask for', () => {
  it.each(cases.map((one) => ({ one, name: one[0] })))('$name', ({ one: [, base, head, tenant, is, gaps] }) => {
    expect(tell(threeWayOf(base, head, tenant, gaps))).toBe(is);
  });

  it('has the line of the head, or of the base where it is taken out', () => {
    const { asked } = threeWayOf('Owner', { 'new.yaml': { access: rolesOf('Reader') } }, null);
    expect(asked.map(({ action, place }) => [action, place.file, place.line]).toSorted()).toEqual([
      ['add', 'policies/new.yaml', 8],
      ['remove', 'policies/backup.yaml', 8],
    ]);
  });
});
