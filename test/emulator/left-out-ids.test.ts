import { expect, it } from 'vitest';
import { makeDirectory } from '../../src/emulator/make-directory.ts';
import { checkTenant } from '../../src/emulator/tenant-file.ts';

const since = '2026-11-22T00:00:00Z';
const secret = { displayName: 'first', endDateTime: '2027-01-01T00:00:00Z' };
const tenant = checkTenant({
  tenantId: '22222222-2222-4222-8222-222222222222',
  graph: {
    applications: [{ displayName: 'HubStor', passwordCredentials: [secret, { endDateTime: since }] }],
    servicePrincipals: [{ displayName: 'HubStor' }, { displayName: 'Veeam', keyCredentials: [secret] }],
    users: [{ displayName: 'Ann' }, { displayName: 'Bob' }],
  },
});
const made = () => {
  const { applications, servicePrincipals, users } = makeDirectory(tenant, [], since);
  return { applications: applications.all(), principals: servicePrincipals.all(), users: users.all() };
};
const named = (name: string) => made().principals.find((row) => row['displayName'] === name);

it('makes the ids that a file leaves out from names, the same at each start', () => {
  expect(made()).toEqual(made());
});

it('gives an app and its service principal of one name the same app id', () => {
  const [application] = made().applications;
  expect(application?.['appId']).toMatch(/^[0-9a-f-]{36}$/);
  expect(named('HubStor')?.['appId']).toBe(application?.['appId']);
  expect(named('Veeam')?.['appId']).not.toBe(application?.['appId']);
});

it('gives nothing the id of another thing', () => {
  const { applications, principals, users } = made();
  const rows = [...applications, ...principals, ...users];
  const credentials = rows.flatMap((row) => [row['passwordCredentials'], row['keyCredentials']]).flat();
  const keys = credentials.flatMap((row) => (row as { keyId?: string } | undefined)?.keyId ?? []);
  const ids = [...rows.map((row) => row['id']), ...keys];
  expect(keys).toHaveLength(3);
  expect(new Set(ids).size).toBe(ids.length);
});
