import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/core/change.ts';
import type { Fact } from '../../src/core/fact.ts';
import { defaultConfig } from '../../src/core/parse-config.ts';
import { guardSettingsOf } from '../../src/guard/guard-world.ts';
import { neverGrantReason } from '../../src/guard/never-grant.ts';
import { azureRoles } from '../../src/knowledge/azure-roles.ts';
import { escalatingAction } from '../../src/knowledge/escalation.ts';
import { workloads } from '../../src/knowledge/workloads.ts';
import { keyVaultAccess } from '../support/access-facts.ts';
import {
  allows,
  appRole,
  azureAdGraph,
  azureRole,
  delegated,
  exchange,
  graph,
  group,
  otherApp,
  secret,
  subscription,
} from '../support/facts.ts';
import { changing, giving, guarded, taking, tellGuarded, tenant } from '../support/guard-world.ts';

const app = group('rg-app');
const other = azureRole('Reader', group('rg-other'));
const custom = (action: string, more = {}) => azureRole('Custom', app, { permissions: allows([action], more) });
const root = (name: string) => `/providers/Microsoft.Management/managementGroups/${name}`;

describe('what is never granted', () => {
  it.each<readonly [string, Change]>([
    ['RoleManagement.ReadWrite.Directory', giving(appRole('RoleManagement.ReadWrite.Directory'))],
    ['AppRoleAssignment.ReadWrite.All', giving(appRole('AppRoleAssignment.ReadWrite.All'))],
    ['Application.ReadWrite.All', giving(appRole('Application.ReadWrite.All'))],
    ['the same on Azure AD Graph', giving(appRole('Application.ReadWrite.All', { api: azureAdGraph }))],
    ['a tier 0 permission', giving(appRole('Policy.ReadWrite.PermissionGrant'))],
    ['a delegated one that escalates', giving(delegated('Directory.AccessAsUser.All'))],
    ['a delegated one of tier 0', giving(delegated('Domain.ReadWrite.All'))],
    ['Owner', giving(azureRole('Owner', app))],
    ['Owner under a condition', giving(azureRole('Owner', app, { condition: 'false' }))],
    ['User Access Administrator', giving(azureRole('User Access Administrator', app))],
    ['Role Based Access Control Administrator', giving(azureRole('Role Based Access Control Administrator', app))],
    ['a custom role that assigns roles', giving(custom('Microsoft.Authorization/roleAssignments/write'))],
    ['one that assigns policies', giving(custom('Microsoft.Authorization/policyAssignments/write'))],
    ['one with a wildcard', giving(custom('Microsoft.Authorization/*'))],
    ['one with every action', giving(custom('*'))],
    ['one that elevates', giving(custom('microsoft.authorization/ELEVATEACCESS/action'))],
    ['one of which nothing is known', giving(azureRole('Custom', app, { permissions: null }))],
    ['any role at the root', giving(azureRole('Reader', '/'))],
    ['any role on the root management group', giving(azureRole('Reader', root(tenant.toUpperCase())))],
    [
      'Owner, by a change of its condition',
      changing(azureRole('Owner', app, { condition: 'a' }), azureRole('Owner', app)),
    ],
  ])('%s', (_, change) => {
    expect(guarded([change], { facts: [other] }).withheld.map(({ code }) => code)).toEqual(['never-grant']);
  });

  it.each<readonly [string, Change]>([
    ['a permission that backups need', giving(appRole('Mail.Read'))],
    ['a tier 0 permission that restores users', giving(appRole('User.ReadWrite.All'))],
    [
      'a tier 0 name on an API where it means something else',
      giving(appRole('Application.ReadWrite.All', { api: exchange })),
    ],
    ['a delegated scope', giving(delegated('User.Read'))],
    ['a role that backups need', giving(azureRole('Disk Backup Reader', app))],
    ['a wide one that gives no access', giving(azureRole('Contributor', app))],
    ['one that reads who may do what', giving(custom('Microsoft.Authorization/*/read'))],
    ['one that sets locks', giving(custom('Microsoft.Authorization/locks/write'))],
    ['one with every action but those', giving(custom('*', { notActions: ['Microsoft.Authorization/*'] }))],
    ['Reader on a subscription', giving(azureRole('Reader', subscription))],
    ['Reader on a management group below the root', giving(azureRole('Reader', root('backup')))],
    ['access to keys', giving(keyVaultAccess('kv', { keys: ['get'] }))],
    ['Owner, which is taken away', taking(azureRole('Owner', app))],
    ['a permission of the list, which is taken away', taking(appRole('Application.ReadWrite.All'))],
  ])('but not %s', (_, change) => {
    expect(guarded([change], { facts: [other] }).withheld).toEqual([]);
  });

  it('is told with the reason and a way forward', () => {
    const [owner, permission] = guarded([
      giving(azureRole('Owner', app)),
      giving(appRole('Application.ReadWrite.All')),
    ]).withheld;
    expect(owner).toMatchObject({
      why: 'it is never granted: `Owner` allows `Microsoft.Authorization/roleAssignments/write`: it can assign itself any role',
      wayForward:
        'ask for less; where nothing less will do, a person grants it by hand, for the hours that it is needed, and says why in `exceptions`',
    });
    expect(permission?.why).toMatch(
      /^it is never granted: application permission `Application\.ReadWrite\.All` on Microsoft Graph lets its holder grant itself more: /,
    );
  });
});

describe('the reason why it is never granted', () => {
  const elevates = custom('Microsoft.Authorization/elevateAccess/action');
  const guards = custom('Microsoft.Authorization/policyAssignments/write');
  const tier0 = 'leads to control of the tenant in a few steps, and no backup or restore needs it';
  it.each<readonly [string, Fact, string | null]>([
    ['the root', azureRole('Reader', '/'), '`Reader` on `/` would hold in every subscription'],
    [
      'the root management group',
      azureRole('Reader', root(tenant)),
      `\`Reader\` on \`${tenant}\` would hold in every subscription`,
    ],
    ['unknown', azureRole('Custom', app, { permissions: null }), 'what `Custom` allows could not be read'],
    [
      'what gives access',
      custom('Microsoft.Authorization/roleAssignments/write'),
      '`Custom` allows `Microsoft.Authorization/roleAssignments/write`: it can assign itself any role',
    ],
    [
      'what guards it',
      guards,
      '`Custom` allows `Microsoft.Authorization/policyAssignments/write`, with which access is given or guarded',
    ],
    [
      'tier 0',
      appRole('Domain.ReadWrite.All'),
      `application permission \`Domain.ReadWrite.All\` on Microsoft Graph ${tier0}`,
    ],
    [
      'tier 0 for users',
      delegated('Domain.ReadWrite.All'),
      `delegated permission \`Domain.ReadWrite.All\` on Microsoft Graph ${tier0}`,
    ],
    ['nothing on an API that nobody knows', appRole('Everything.ReadWrite.All', { api: otherApp }), null],
    ['nothing of a kind that gives no permission', secret(null, null), null],
  ])('is %s', (_, fact, reason) => {
    expect(neverGrantReason(fact, tenant)).toBe(reason);
  });

  it('is that it elevates', () => {
    expect(neverGrantReason(elevates, tenant)).toMatch(
      /^`Custom` allows `Microsoft\.Authorization\/elevateAccess\/action`/,
    );
    expect(neverGrantReason(delegated('Directory.AccessAsUser.All'), tenant)).toMatch(
      /^delegated permission `Directory\.AccessAsUser\.All` on Microsoft Graph lets its holder grant itself more: /,
    );
  });
});

describe('the list of the configuration', () => {
  const listing = (neverGrant: readonly string[]) => ({ settings: { neverGrant, untouchable: [] } });
  const mail = appRole('Mail.Read');
  const reader = azureRole('Reader', app);
  it.each<readonly [string, Change, string]>([
    ['a name', giving(mail), 'Mail.Read'],
    ['a name in another case', giving(mail), ' mail.read '],
    ['an id', giving(mail), mail.role],
    ['a name on its API', giving(mail), 'Microsoft Graph/Mail.Read'],
    ['a name on its API’s id', giving(mail), `${graph}/Mail.Read`],
    ['a delegated scope', giving(delegated('Mail.Read')), 'Mail.Read'],
    ['a role', giving(reader), 'Reader'],
    ['a role by id', giving(reader), reader.role],
    ['what would be changed to', changing(azureRole('Reader', app, { condition: 'a' }), reader), 'Reader'],
  ])('extends it by %s', (_, change, name) => {
    const { planned, withheld } = guarded([change], { ...listing(['Files.Read', name]), facts: [other] });
    expect(planned).toEqual([]);
    expect(withheld.map(({ code, why }) => [code, why])).toEqual([
      ['never-grant', `it is never granted: \`neverGrant\` of the configuration lists \`${name}\``],
    ]);
  });

  it('names an API as the tenant does, as Microsoft does, and by its id', () => {
    const told = { ...mail, apiName: 'Graph de Microsoft' };
    const strange = appRole('Mail.Read', { api: otherApp });
    for (const name of ['Graph de Microsoft/Mail.Read', 'Microsoft Graph/Mail.Read', `${graph}/Mail.Read`])
      expect(tellGuarded([giving(told)], listing([name]))).toBe('+Mail.Read: never-grant');
    expect(tellGuarded([giving(strange)], listing([`${otherApp}/Mail.Read`]))).toBe('+Mail.Read: never-grant');
    expect(tellGuarded([giving(strange)], listing(['Microsoft Graph/Mail.Read']))).toBe('+Mail.Read');
    expect(tellGuarded([giving(secret(null, null))], listing(['secret-1']))).toBe('+secret-1: never-grant');
  });

  it('says how it is cured', () => {
    expect(guarded([giving(mail)], listing(['Mail.Read'])).withheld[0]?.wayForward).toBe(
      'ask for less; or have the entry taken out of `backup-access.yaml` by a pull request of its own',
    );
  });

  it.each([
    ['another name', 'Mail.ReadWrite'],
    ['the name on another API', 'Office 365 Exchange Online/Mail.Read'],
    ['a part of the name', 'Mail'],
    ['everything, which is no name', '*'],
  ])('does not extend it by %s', (_, name) => {
    expect(tellGuarded([giving(mail)], listing([name]))).toBe('+Mail.Read');
  });

  it('takes nothing away, whatever it says', () => {
    expect(tellGuarded([giving(azureRole('Owner', app))], listing(['!Owner', '-Owner', 'Reader']))).toBe(
      '+Owner: never-grant',
    );
    expect(tellGuarded([giving(azureRole('Owner', app))], { settings: guardSettingsOf(defaultConfig) })).toBe(
      '+Owner: never-grant',
    );
  });
});

describe('the knowledge', () => {
  it('every built-in role that escalates is on the list', () => {
    const escalating = azureRoles.filter(({ permissions }) => escalatingAction(permissions) !== null);
    expect(escalating.length).toBeGreaterThan(2);
    for (const { name } of escalating) expect(neverGrantReason(azureRole(name, app), tenant)).not.toBeNull();
  });

  it('no role that a backup needs is on it', () => {
    const grants = workloads.flatMap(({ operations }) => operations.backup?.grants ?? []);
    const roles = grants.flatMap((grant) => (grant.plane === 'azure' ? grant.roleName : []));
    expect(roles.length).toBeGreaterThan(5);
    for (const name of roles) expect([name, neverGrantReason(azureRole(name, app), tenant)]).toEqual([name, null]);
  });

  it('no permission that a backup needs is on it', () => {
    const grants = workloads.flatMap(({ operations }) => operations.backup?.grants ?? []);
    const names = grants.flatMap((grant) => (grant.plane === 'application' ? grant : []));
    expect(names.length).toBeGreaterThan(5);
    for (const { api, permission } of names)
      expect([permission, neverGrantReason(appRole(permission, { api }), tenant)]).toEqual([permission, null]);
  });
});
