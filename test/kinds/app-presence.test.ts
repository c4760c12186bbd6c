import { describe, expect, it } from 'vitest';
import { createNames } from '../../src/app/create-names.ts';
import { appId } from '../../src/core/ids.ts';
import type { Policy, Presence } from '../../src/core/policy.ts';
import { ok } from '../../src/core/result.ts';
import { appPresence } from '../../src/kinds/app-presence.ts';
import { backupApp, otherApp } from '../support/facts.ts';
import { line } from '../support/policies.ts';
import { asking, type KindCase, readKind, sayGaps } from '../support/read-kind.ts';
import { namedApp, namedUser } from '../support/safety-facts.ts';

const admin = "o'backup@contoso.example";
const named: Presence = { appId: null, userPrincipalName: null, purpose: null, place: line(30) };
const theApp: Presence = { ...named, appId: appId(otherApp) };
const theUser: Presence = { ...named, userPrincipalName: admin };
const wanting = (more: Partial<Policy>) => asking({}, more);
const nothing = {
  '/deletedItems/': ok([]),
  '/servicePrincipals?': ok([]),
  '/applications?': ok([]),
  '/users?': ok([]),
  '/roleAssignments': ok([]),
};
const reading = (policy: Partial<Policy>, lists: KindCase['lists'] = {}) =>
  readKind(appPresence, { policies: [wanting(policy)], lists: { ...lists, ...nothing, ...lists } });
const principal = { id: 'P1', appId: otherApp, displayName: 'Sub-App', accountEnabled: true };
const user = {
  id: 'U1',
  userPrincipalName: admin,
  displayName: 'backupadmin',
  accountEnabled: true,
  assignedLicenses: [{ skuId: 'x' }],
  assignedPlans: [],
  mail: admin,
};
const gone = { ...user, userPrincipalName: `0123456789abcdef0123456789abcdef${admin}` };
const role = { principalId: 'U1', roleDefinition: { displayName: 'Global Administrator' } };

describe('apps and users that are named', () => {
  it('are looked for where they live and among the deleted', async () => {
    const { facts, gaps, paths } = await reading({ mustNotExist: [theApp, theUser] });
    expect([facts, gaps]).toEqual([[], []]);
    expect(paths.map((path) => path.split('&$select')[0])).toEqual([
      `/servicePrincipals?$filter=appId in ('${otherApp}')`,
      `/applications?$filter=appId in ('${otherApp}')`,
      `/directory/deletedItems/microsoft.graph.servicePrincipal?$filter=appId in ('${otherApp}')`,
      `/directory/deletedItems/microsoft.graph.application?$filter=appId in ('${otherApp}')`,
      `/users?$filter=userPrincipalName in ('o''backup%40contoso.example')`,
      '/directory/deletedItems/microsoft.graph.user?$select=id,userPrincipalName,displayName,accountEnabled,assignedLicenses,assignedPlans,mail&$top=999'.split(
        '&$select',
      )[0],
    ]);
  });

  it('are told with what they hold, under the first identity', async () => {
    const { facts, gaps } = await reading(
      { mustExist: [theApp], mustNotExist: [theUser] },
      { '/servicePrincipals?': ok([principal]), '/users?': ok([user]), '/roleAssignments': ok([role, role]) },
    );
    expect(gaps).toEqual([]);
    expect(facts).toMatchObject([
      {
        key: `app-presence/${backupApp}/app/${otherApp}`,
        identity: backupApp,
        subject: otherApp,
        what: 'app',
        state: 'present',
        enabled: true,
        roles: [],
        licences: 0,
        hasMailbox: false,
      },
      {
        key: `app-presence/${backupApp}/user/${admin}`,
        subject: 'u1',
        what: 'user',
        userPrincipalName: admin,
        roles: ['Global Administrator'],
        licences: 1,
        hasMailbox: true,
      },
    ]);
  });

  it('that were deleted are told so, a user under the name of before', async () => {
    const { facts } = await reading(
      { mustNotExist: [theApp, theUser] },
      { 'graph.servicePrincipal?': ok([principal]), 'graph.user?': ok([gone, { ...gone, userPrincipalName: 'x@y' }]) },
    );
    expect(facts).toMatchObject([
      { key: `app-presence/${backupApp}/app/${otherApp}/deleted`, state: 'deleted' },
      {
        key: `app-presence/${backupApp}/user/${admin}/deleted`,
        state: 'deleted',
        subject: 'u1',
        userPrincipalName: admin,
      },
    ]);
  });

  it('are told once, by what says most', async () => {
    const { facts } = await reading(
      { mustExist: [theApp] },
      {
        'graph.servicePrincipal?': ok([{ ...principal, id: 'old' }]),
        '/servicePrincipals?': ok([principal]),
        '/applications?': ok([principal]),
      },
    );
    expect(facts).toMatchObject([{ state: 'present', enabled: true }]);
    const registered = await reading({ mustExist: [theApp] }, { '/applications?': ok([principal]) });
    expect(registered.facts).toMatchObject([{ state: 'present', enabled: false }]);
  });

  it.each([
    [
      'an Exchange plan that is on',
      { assignedPlans: [{ service: 'exchange', capabilityStatus: 'Enabled' }], mail: null },
      true,
    ],
    ['an address and a licence, where no plan is told', {}, true],
    ['an address without a licence', { assignedLicenses: [] }, false],
    [
      'an Exchange plan that was taken away',
      { assignedPlans: [{ service: 'exchange', capabilityStatus: 'Deleted' }] },
      false,
    ],
    ['a licence without an address', { mail: null }, false],
  ])('have a mailbox by %s: %#', async (_, more, hasMailbox) => {
    const { facts } = await reading({ mustExist: [theUser] }, { '/users?': ok([{ ...user, ...more }]) });
    expect(facts).toMatchObject([{ hasMailbox }]);
  });

  it('that may not be read are a gap, and what could be read is told', async () => {
    const found = await readKind(appPresence, {
      policies: [wanting({ mustExist: [theApp], mustNotExist: [theUser] })],
      lists: { 'graph.user?': ok([]), '/users?': ok([user]), '/roleAssignments': ok([]) },
    });
    expect(found.facts).toMatchObject([{ what: 'user' }]);
    expect(found.gaps).toMatchObject([{ identity: backupApp, reason: 'forbidden', needs: 'Application.Read.All' }]);
  });

  it.each([
    ['without an app id', { '/servicePrincipals?': ok([{ id: 'x' }]) }, '`appId` is undefined where a text belongs'],
    [
      'with licences in words',
      { '/users?': ok([{ ...user, assignedLicenses: 'E5' }]) },
      '`assignedLicenses` is string where a list belongs',
    ],
    [
      'with a role that is none',
      { '/users?': ok([user]), '/roleAssignments': ok([{ principalId: 'U1' }]) },
      '`roleDefinition` is undefined where an object belongs',
    ],
  ])('%s are a gap', async (_, lists, detail) => {
    expect(sayGaps(await reading({ mustExist: [theApp, theUser] }, lists))).toEqual([
      `app-presence malformed: ${detail}`,
    ]);
  });
});

describe('what a policy says of them', () => {
  const both = wanting({ mustExist: [theApp], mustNotExist: [theUser] });
  const retired = wanting({ mustExist: [theApp], mustNotExist: [theUser], state: 'retired' });

  it('is what has to be there, at its line', () => {
    const { facts } = appPresence.desired(both, createNames(null, false));
    expect(facts).toMatchObject([
      { place: line(30), fact: { key: `app-presence/${backupApp}/app/${otherApp}`, subject: otherApp } },
    ]);
  });

  it('asks for what its entries take, and nothing where there are none', () => {
    expect(appPresence.asks(both).map((need) => need.api === 'graph' && need.permission)).toEqual([
      'Application.Read.All',
      'User.Read.All',
      'RoleManagement.Read.Directory',
    ]);
    expect([appPresence.asks(wanting({})), appPresence.asks(retired)]).toEqual([[], []]);
    expect([appPresence.governs(both), appPresence.governs(retired), appPresence.governs(wanting({}))]).toEqual([
      true,
      false,
      false,
    ]);
    expect(appPresence.subjects?.(both)).toEqual([otherApp, admin]);
  });

  it('makes drift of one who is there and should be gone, and of nobody else', () => {
    const drifts = (fact: ReturnType<typeof namedApp>) => appPresence.drifts?.(fact, both);
    expect([
      drifts(namedUser(admin)),
      drifts(namedUser(admin, { state: 'deleted' })),
      drifts(namedApp(otherApp)),
    ]).toEqual([true, false, false]);
  });
});
