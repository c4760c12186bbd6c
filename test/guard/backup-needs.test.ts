import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import { identityId } from '../../src/core/ids.ts';
import type { WrittenAccess } from '../../src/core/policy.ts';
import { askedExchangeRoles, lackingFor, withInnerScopes } from '../../src/guard/backup-needs.ts';
import { exchangeRole, keyVault, keyVaultAccess, siteGrant } from '../support/access-facts.ts';
import {
  allows,
  appRole,
  azureRole,
  backupApp,
  delegated,
  disk,
  group,
  otherApp,
  subscription,
} from '../support/facts.ts';
import { line, policy, protects } from '../support/policies.ts';

const app = group('rg-app');
const snapshots = group('rg-snapshots');
const disks = policy({ protects: [protects('azure-vm-disk', { source: [app], snapshots: [snapshots] })] }).policy;
const none: WrittenAccess = {
  applicationPermissions: null,
  delegatedPermissions: null,
  azureRoles: null,
  directoryRoles: null,
  exchangeRoles: null,
  siteGrants: null,
  keyVaultAccess: null,
  groups: null,
};

describe('the Exchange roles that a policy asks for', () => {
  const asking = (...roles: readonly string[]) =>
    policy({
      access: { ...none, exchangeRoles: roles.map((role) => ({ role, scope: 'organization', place: line(9) })) },
    });
  it('are those that it writes, in one case', () => {
    expect([...askedExchangeRoles(asking('Application Mail.Read', 'Application EWS.AccessAsApp').policy)]).toEqual([
      'application mail.read',
      'application ews.accessasapp',
    ]);
  });

  it('are none where it writes none, or nothing', () => {
    expect([...askedExchangeRoles(policy({ access: none }).policy)]).toEqual([]);
    expect([...askedExchangeRoles(policy().policy)]).toEqual([]);
  });

  it('are those that are computed for it', () => {
    const mailboxes = protects('exchange-mail', { source: ['group:backup@contoso.example'] });
    const { policy: minimal } = policy({ access: 'minimal', protects: [mailboxes] });
    expect([...askedExchangeRoles(minimal)].every((role) => role === role.toLowerCase())).toBe(true);
  });
});

describe('scopes within what is protected', () => {
  const scopesOf = (scopes: readonly string[], outer = { source: [app], snapshots: [snapshots] }) =>
    withInnerScopes(policy({ protects: [protects('azure-vm-disk', outer)] }).policy, scopes).protects.map((one) =>
      one.scopes.map(({ purpose, scope }) => `${purpose} ${scope}`),
    );
  const own = [`source ${app}`, `snapshots ${snapshots}`];

  it('are added, each to what it lies in', () => {
    expect(scopesOf([disk('one'), `${snapshots}/x`])).toEqual([
      [...own, `source ${disk('one')}`, `snapshots ${snapshots}/x`],
    ]);
  });

  it('are not those around it, beside it, or itself in other letters', () => {
    expect(scopesOf([group('rg-other'), app.toUpperCase(), app, '/'])).toEqual([own]);
    expect(scopesOf([])).toEqual([own]);
  });

  it('are none of what is no resource', () => {
    expect(scopesOf(['contoso.example/a'], { source: ['contoso.example'], snapshots: [] })).toEqual([
      ['source contoso.example'],
    ]);
  });

  it('change nothing else of the policy', () => {
    const { protects: before, ...rest } = disks;
    const { protects: after, ...same } = withInnerScopes(disks, [disk('one')]);
    expect(same).toEqual(rest);
    expect(after.map(({ scopes, ...one }) => one)).toEqual(before.map(({ scopes, ...one }) => one));
  });
});

describe('what the operations of a policy lack', () => {
  const lacking = (
    of: Parameters<typeof policy>[0],
    facts: readonly Fact[],
    { unread = [], identity = backupApp }: { unread?: readonly Fact['kind'][]; identity?: string } = {},
  ) => {
    const guarded = { policy: policy(of).policy, unread: new Set(unread) };
    return [...lackingFor(guarded, guarded.policy, identityId(identity), facts).keys()];
  };
  const of = { protects: [...disks.protects] };
  const least = [azureRole('Disk Backup Reader', app), azureRole('Reader', app)];
  const keeper = azureRole('Disk Snapshot Contributor', snapshots);
  const key = (role: string, scope: string) =>
    `azure-vm-disk backup ${JSON.stringify([role, null, scope.toLowerCase()])}`;

  it('is told by workload, operation and grant', () => {
    expect(lacking(of, least)).toEqual([key('Disk Snapshot Contributor', snapshots)]);
    expect(lacking(of, [...least, keeper])).toEqual([]);
  });

  it('is nothing that another identity makes up for', () => {
    const others = { ...keeper, identity: identityId(otherApp) };
    expect(lacking(of, [...least, others])).toEqual([key('Disk Snapshot Contributor', snapshots)]);
  });

  it('is not made up for by a role of which nobody knows what it allows', () => {
    const known = azureRole('Custom', snapshots, { permissions: allows(['*']) });
    expect(lacking(of, [...least, known])).toEqual([]);
    expect(lacking(of, [...least, { ...known, permissions: null }])).toEqual([
      key('Disk Snapshot Contributor', snapshots),
    ]);
  });

  it('is made up for by an Exchange role that was read, and by no other', () => {
    const mail = { protects: [protects('exchange-mail')] };
    const role = exchangeRole('Application Mail.Read');
    const missing = ['exchange-mail backup ["Mail.Read","00000003-0000-0000-c000-000000000000",null]'];
    const reads = appRole('User.ReadBasic.All');
    expect(lacking(mail, [reads])).toEqual(missing);
    expect(lacking(mail, [reads, appRole('Mail.Read')])).toEqual([]);
    expect(lacking(mail, [reads, delegated('Mail.Read')])).toEqual(missing);
    expect(lacking(mail, [reads, role])).toEqual([]);
    expect(lacking(mail, [reads, role], { unread: ['site-grant'] })).toEqual([]);
    expect(lacking(mail, [reads, role], { unread: ['exchange-role-assignment'] })).toEqual(missing);
  });

  it('is made up for by a right on a site that was read, and by no other', () => {
    const site = 'https://contoso.sharepoint.com/sites/a';
    const sites = { protects: [protects('sharepoint', { source: [site] })] };
    const held = [appRole('Sites.Selected'), siteGrant(site, 'read')];
    expect(lacking(sites, [])).toHaveLength(1);
    expect(lacking(sites, held.slice(0, 1))).toHaveLength(1);
    expect(lacking(sites, held)).toEqual([]);
    expect(lacking(sites, held, { unread: ['exchange-role-assignment'] })).toEqual([]);
    expect(lacking(sites, held, { unread: ['site-grant'] })).toHaveLength(1);
  });

  it('is made up for by an access policy of a key vault that is in effect, and by no other', () => {
    const vaults = { protects: [protects('vault-encryption', { key: [keyVault('kv')] })] };
    const held = keyVaultAccess('kv', { keys: ['get', 'wrapkey', 'unwrapkey'] });
    expect(lacking(vaults, [])).toHaveLength(1);
    expect(lacking(vaults, [held])).toEqual([]);
    expect(lacking(vaults, [{ ...held, inEffect: false }])).toHaveLength(1);
  });

  it('is told of actions where the policy names the resource, or where it is a whole group', () => {
    const restoring = (target: string, inner: string) => {
      const { policy: written } = policy({ protects: [protects('azure-vm-disk', { target: [target] }, ['restore'])] });
      const wider = withInnerScopes(written, [inner]);
      const held = azureRole('Disk Restore Operator', subscription);
      return [...lackingFor({ policy: written, unread: new Set() }, wider, identityId(backupApp), [held]).values()]
        .filter(({ need: { grant } }) => grant.plane === 'azure-actions')
        .map(({ scope }) => scope);
    };
    expect(restoring(app, disk('one'))).toEqual([app]);
    expect(restoring(disk('one'), disk('two'))).toEqual([disk('one')]);
    expect(restoring(subscription, app)).toEqual([subscription, app]);
    const of = { protects: [protects('azure-vm-disk', {}, ['restore'])] };
    expect(lacking(of, [])).toHaveLength(2);
    const two = {
      protects: [
        protects('azure-vm-disk', { target: [disk('one'), app] }, ['restore']),
        protects('sharepoint', { source: ['https://contoso.sharepoint.com/sites/a'] }, []),
      ],
    };
    expect(lacking(two, [azureRole('Disk Restore Operator', subscription)])).toHaveLength(2);
  });
});
