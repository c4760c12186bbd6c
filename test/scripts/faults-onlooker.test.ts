import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Expectations } from '../../scripts/faults/expectations.ts';
import { azureKey, consentKey, roleKey, type Truth } from '../../scripts/faults/holdings.ts';
import { type Mishap, watchTenant } from '../../scripts/faults/onlooker.ts';
import { temporaryFolder } from '../support/rig.ts';

const principal = 'b0000000-0000-4000-8000-000000000001';
const resource = '43d63703-15ec-54a2-a4d8-fa415ba4e1f1';
const [oldRole, newRole, otherRole] = ['a1', 'a2', 'a3'];
const oldKey = roleKey(principal, resource, oldRole);
const newKey = roleKey(principal, resource, newRole);
const consent = consentKey(principal, resource, 'AllPrincipals', null);
const group = '/subscriptions/f0000000-0000-4000-8000-000000000001/resourceGroups/rg';
const roleAt = azureKey(group, principal, 'r1');

const expected: Expectations = {
  steps: [
    { id: 'grant', key: newKey, before: null, after: '', waits: [] },
    { id: 'revoke', key: oldKey, before: '', after: null, waits: [newKey] },
    { id: 'consent', key: `${consent} files.read.all`, before: null, after: '', waits: [] },
    { id: 'condition', key: roleAt, before: 'x', after: 'y', waits: [] },
  ],
  reference: new Map(),
  always: [[oldKey, newKey], [`${consent} user.read`]],
};

const call = (method: string, target: string, body: unknown = null, api: 'graph' | 'resourceManager' = 'graph') => ({
  api,
  method,
  target,
  body: body === null ? '' : JSON.stringify(body),
});
const collection = `/v1.0/servicePrincipals/${resource}/appRoleAssignedTo`;
const grant = (appRoleId: string | undefined) =>
  call('POST', collection, { principalId: principal, resourceId: resource, appRoleId });
const revoke = call('DELETE', `${collection}/held-1`);
const scopes = (scope: string) => call('PATCH', '/v1.0/oauth2PermissionGrants/grant-1', { scope });
const put = (condition: string) =>
  call(
    'PUT',
    `${group}/providers/Microsoft.Authorization/roleAssignments/n1?api-version=2022-04-01`,
    {
      properties: {
        roleDefinitionId: '/providers/Microsoft.Authorization/roleDefinitions/r1',
        principalId: principal,
        condition,
      },
    },
    'resourceManager',
  );

type Call = ReturnType<typeof call>;

/** Sends calls past the onlooker, each with its intent in the journal unless it is left out. */
const watch = (mishap: Mishap | null = null, mayAskAgain = false) => {
  const journals = temporaryFolder();
  const truth: Truth = {
    held: new Map([
      [oldKey, ''],
      [`${consent} user.read`, ''],
      [roleAt, 'x'],
    ]),
    ids: new Map([
      ['held-1', oldKey],
      ['grant-1', consent],
      ['n1', roleAt],
    ]),
  };
  const watched = watchTenant(truth, expected, journals, { mishap, mayAskAgain });
  const send = async (one: Call, status = 204, intent: Call | null = one) => {
    const request = intent && {
      api: intent.api,
      method: intent.method,
      path: decodeURIComponent(intent.target),
      body: intent.body === '' ? null : JSON.parse(intent.body),
    };
    const entry =
      request === null ? { type: 'end', stopped: null } : { type: 'intent', step: 's', attempt: 1, request };
    writeFileSync(join(journals, 'one.jsonl'), `${JSON.stringify({ entry })}\n`);
    if (!(await watched.onlooker.comes(one))) return null;
    const reply = { status, body: { id: `made-${one.method}`, ...JSON.parse(one.body || '{}') } };
    watched.onlooker.isDone(one, reply);
    return watched.onlooker.leaves(one, reply);
  };
  return { ...watched, send, truth };
};

const none = { second: [], outside: [], gaps: [], intents: [] };

describe('who stands at the tenant’s door', () => {
  test('finds nothing wrong in grants before revokes, each with its intent', async () => {
    const { send, wrongs, truth } = watch();
    for (const one of [grant(newRole), scopes('User.Read Files.Read.All'), put('y'), revoke]) await send(one, 200);
    expect(wrongs).toEqual(none);
    expect([...truth.held]).toEqual([
      [`${consent} user.read`, ''],
      [roleAt, 'y'],
      [newKey, ''],
      [`${consent} files.read.all`, ''],
    ]);
  });

  test('sees a gap in access, and a step that did not wait', async () => {
    const { send, wrongs } = watch();
    await send(revoke);
    expect(wrongs.gaps).toEqual([
      `after DELETE ${revoke.target} , none of ${oldKey}, ${newKey}`,
      `DELETE ${revoke.target}  was done before ${newKey}`,
    ]);
  });

  test('sees no gap where a revoke was turned down', async () => {
    const { send, wrongs } = watch();
    await send(revoke, 403);
    expect(wrongs).toEqual(none);
  });

  test('sees a grant that is asked for twice, whatever is answered', async () => {
    const { send, wrongs } = watch();
    await send(grant(newRole), 201);
    await send(grant(newRole), 400);
    expect(wrongs.second).toEqual([`POST ${collection} ${grant(newRole).body} asks for ${newKey}, which is held`]);
  });

  test('lets a program ask again that can’t see what it did', async () => {
    const { send, wrongs } = watch(null, true);
    await send(grant(newRole), 201);
    await send(grant(newRole), 400);
    expect(wrongs).toEqual(none);
  });

  test.each([
    ['another role', grant(otherRole)],
    ['another condition', put('z')],
    ['a scope that is lost on the way', scopes('Files.Read.All')],
    ['a scope that nobody asked for', scopes('User.Read Mail.Read')],
    ['an object that nobody knows', call('DELETE', `${collection}/held-2`)],
    ['another kind of write', call('PATCH', '/v1.0/servicePrincipals/x', {})],
  ])('sees what is outside of the plan: %s', async (_, one) => {
    const { send, wrongs } = watch();
    await send(one, 403);
    expect(wrongs.outside).toEqual([`${one.method} ${decodeURIComponent(one.target)} ${one.body}`]);
  });

  test.each([
    ['none', null],
    ['that of another request', grant(otherRole)],
  ])('sees that an intent is missing: %s', async (_, intent) => {
    const { send, wrongs } = watch();
    await send(grant(newRole), 201, intent);
    expect(wrongs.intents).toEqual([`POST ${collection} ${grant(newRole).body}`]);
  });

  test('lets the nth request of a kind meet a fault, and no other', async () => {
    const { send, struck, truth } = watch({ place: { call: grant(newRole), nth: 1 }, comes: async () => true });
    expect(await send(grant(otherRole), 400)).toMatchObject({ status: 400 });
    expect(struck()).toBe(false);
    expect(await send(grant(newRole), 201)).toBe(null);
    expect(struck()).toBe(true);
    expect(truth.held.has(newKey)).toBe(false);
  });
});
