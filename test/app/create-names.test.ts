import { describe, expect, it } from 'vitest';
import { createNames } from '../../src/app/create-names.ts';
import { appId, objectId, roleId } from '../../src/core/ids.ts';
import type { Lookup } from '../../src/core/names.ts';
import type { NameBook } from '../../src/core/snapshot.ts';
import { hasSharedData, readShared, sharedPermissions } from '../knowledge/shared-data.ts';
import { azureAdGraph, exchange, graph } from '../support/facts.ts';

const entry = (id: string, value: string) => ({ id: roleId(id), value });
const role = (id: string, name: string, type: 'BuiltInRole' | 'CustomRole') => ({
  id: roleId(id),
  name,
  type,
  permissions: [],
});
const book: NameBook = {
  apis: [
    {
      appId: appId(graph),
      objectId: objectId('o1'),
      displayName: 'Microsoft Graph',
      application: [entry('p1', 'Mail.Read'), entry('p2', 'Brand.New.All')],
      delegated: null,
    },
    {
      appId: appId('12345678-0000-4000-8000-000000000001'),
      objectId: objectId('o2'),
      displayName: 'Vendor API',
      application: [],
      delegated: [],
    },
  ],
  azureRoles: [
    role('c1', 'Reader', 'CustomRole'),
    role('c2', 'Our own', 'CustomRole'),
    role('b9', 'Brand New Role', 'BuiltInRole'),
  ],
  directoryRoles: [],
};
const say = (lookup: Lookup<object>): string =>
  lookup.state === 'found'
    ? `found ${'id' in lookup.value ? lookup.value.id : 'appId' in lookup.value ? lookup.value.appId : ''}`
    : lookup.state === 'unknown'
      ? `unknown, ${lookup.suggestion}`
      : 'unsure';

const live = createNames(book, true);
const offline = createNames(null, false);
const mailRead = '810c84a8-4a9e-49e6-bf7d-12d183f40d01';

describe('APIs', () => {
  it.each([
    { name: 'Microsoft Graph', says: `found ${graph}` },
    { name: 'microsoft graph', says: `found ${graph}` },
    { name: graph.toUpperCase(), says: `found ${graph}` },
    { name: '12345678-0000-4000-8000-000000000009', says: 'found 12345678-0000-4000-8000-000000000009' },
    { name: 'Office 365 Exchange Online', says: `found ${exchange}` },
    { name: 'Vendor API', says: 'unknown, null' },
    { name: 'Microsft Graph', says: 'unknown, Microsoft Graph' },
    { name: '', says: 'unknown, null' },
  ])('$name', ({ name, says }) => expect(say(live.api(name))).toBe(says));
});

describe('permissions', () => {
  const cases = [
    { where: live, api: graph, plane: 'application', name: 'Mail.Read', says: 'found p1' },
    { where: live, api: graph, plane: 'application', name: 'Brand.New.All', says: 'found p2' },
    { where: live, api: graph, plane: 'application', name: 'mail.read', says: 'unknown, Mail.Read' },
    { where: live, api: graph, plane: 'application', name: 'Mail.ReadWrite', says: 'unknown, null' },
    {
      where: live,
      api: graph,
      plane: 'delegated',
      name: 'User.Read',
      says: 'found e1fe6dd8-ba31-4d61-89e7-88639da4683d',
    },
    {
      where: live,
      api: '12345678-0000-4000-8000-000000000001',
      plane: 'application',
      name: 'Anything',
      says: 'unknown, null',
    },
    { where: offline, api: graph, plane: 'application', name: 'Mail.Read', says: `found ${mailRead}` },
    { where: offline, api: graph, plane: 'application', name: 'Mail.Raed', says: 'unknown, Mail.Read' },
    { where: offline, api: graph, plane: 'application', name: 'Quite.Another.Thing', says: 'unsure' },
    {
      where: offline,
      api: '12345678-0000-4000-8000-000000000001',
      plane: 'application',
      name: 'Anything',
      says: 'unsure',
    },
    { where: offline, api: azureAdGraph, plane: 'application', name: 'Calendars.ReadWrite', says: 'unknown, null' },
  ] as const;
  it.each(cases)('$plane $name on $api', ({ where, api, plane, name, says }) => {
    expect(say(where.permission(appId(api), plane, name))).toBe(says);
  });

  it.skipIf(!hasSharedData)(
    'that Microsoft publishes are never called mistakes offline (skipped without the published lists)',
    () => {
      const planeOf = (type: string) => (/app/i.test(type) ? 'application' : 'delegated');
      const wrong = sharedPermissions().filter(
        ({ name, type, resourceAppId }) =>
          offline.permission(appId(resourceAppId), planeOf(type), name).state === 'unknown',
      );
      expect(wrong.map(({ name, type, resourceAppId }) => `${type} ${name} on ${resourceAppId}`)).toEqual([]);
      expect(sharedPermissions().length).toBeGreaterThan(500);
    },
  );
});

describe('Azure roles', () => {
  const reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
  it.each([
    { name: 'Reader', where: live, says: `found ${reader}` },
    { name: 'reader', where: offline, says: `found ${reader}` },
    { name: 'Brand New Role', where: live, says: 'found b9' },
    { name: 'Our own', where: live, says: 'unknown, null' },
    { name: 'Quite another role', where: live, says: 'unknown, null' },
    { name: 'Quite another role', where: offline, says: 'unsure' },
    { name: 'Contributr', where: offline, says: 'unknown, Contributor' },
  ])('$name', ({ name, where, says }) => expect(say(where.azureRole(name))).toBe(says));

  it.each([
    { id: 'c1', where: live, says: 'found c1' },
    { id: reader, where: live, says: `found ${reader}` },
    { id: 'c9', where: live, says: 'unknown, null' },
    { id: 'c9', where: offline, says: 'unsure' },
  ])('by id $id', ({ id, where, says }) => expect(say(where.azureRoleById(roleId(id)))).toBe(says));

  it.skipIf(!hasSharedData)(
    'that Azure has built in are never called mistakes offline (skipped without the published lists)',
    () => {
      const all = readShared<readonly { readonly name?: string; readonly roleName?: string }[]>(
        'data/azure-builtin-roles.json',
      );
      const wrong = all
        .map(({ roleName, name }) => roleName ?? name ?? '')
        .filter((name) => offline.azureRole(name).state === 'unknown');
      expect(wrong).toEqual([]);
      expect(all.length).toBeGreaterThan(100);
    },
  );
});

it.skipIf(!hasSharedData)(
  'directory roles that Entra has are never called mistakes (skipped without the published lists)',
  () => {
    const all = readShared<readonly { readonly displayName?: string; readonly name?: string }[]>(
      'data/entra-directory-roles.json',
    );
    const wrong = all
      .map(({ displayName, name }) => displayName ?? name ?? '')
      .filter((name) => offline.directoryRole(name).state === 'unknown');
    expect(wrong).toEqual([]);
    expect(all.length).toBeGreaterThan(50);
  },
);
