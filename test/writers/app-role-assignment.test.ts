import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../src/adapters/sender-shapes.ts';
import { objectId, roleId } from '../../src/core/ids.ts';
import { ok } from '../../src/core/result.ts';
import type { AppRoleTarget } from '../../src/core/write-target.ts';
import { appRoleAssignment as writer } from '../../src/writers/app-role-assignment.ts';
import { appRole, backupObject, exchange, otherApp } from '../support/facts.ts';
import {
  assignmentRow,
  changeOf,
  exchangeObject,
  graphObject,
  ids,
  stranger,
  userIdentity,
  writableTenant,
} from '../support/writable-tenant.ts';

const role = roleId('810c84a8-4a9e-49e6-bf7d-12d183f40d01');
const another = roleId('570282fd-fa5c-430d-a7fd-fc8dc98a9dca');
const wanted = { ...appRole('Mail.Read'), role };
const held = { ...wanted, assignmentId: 'held-1' };
const target = (more: Partial<AppRoleTarget> = {}): AppRoleTarget => ({
  kind: 'app-role-assignment',
  principal: objectId(backupObject),
  resource: objectId(graphObject),
  role,
  assignmentId: null,
  ...more,
});
const collection = `/v1.0/servicePrincipals/${graphObject}/appRoleAssignedTo`;
const post = {
  api: 'graph',
  method: 'POST',
  path: collection,
  body: { principalId: backupObject, resourceId: graphObject, appRoleId: role },
};
const remove = (id: string) => ({ api: 'graph', method: 'DELETE', path: `${collection}/${id}`, body: null });
const ready = (request: object) => ok({ state: 'ready', request });
const done = ok({ state: 'done' });

describe('a target', () => {
  it.each([
    ['of a grant has no assignment yet', changeOf(null, wanted), [target()]],
    ['of a revoke is the very assignment', changeOf(held, null), [target({ assignmentId: 'held-1' })]],
    [
      'on another API is of that API',
      changeOf(null, { ...wanted, api: appRole('x', { api: exchange }).api }),
      [target({ resource: objectId(exchangeObject) })],
    ],
    ['of an identity that was not found is none', changeOf(null, appRole('Mail.Read', { identity: otherApp })), []],
    ['of an API that was not found is none', changeOf(null, appRole('Mail.Read', { api: otherApp })), []],
    ['of a user is none', changeOf(null, appRole('Mail.Read', { identity: userIdentity })), []],
  ])('%s', (_, change, targets) => expect(writer.targets(change, ids)).toEqual(targets));
});

describe('what stands', () => {
  const rows = {
    own: assignmentRow('held-1', role),
    other: assignmentRow('held-2', role),
    elsewhere: assignmentRow('held-3', role, exchangeObject),
    more: assignmentRow('held-4', another),
    foreign: assignmentRow('held-5', role, graphObject, stranger),
    shouting: assignmentRow('held-1', role.toUpperCase(), graphObject.toUpperCase()),
  };
  type Name = keyof typeof rows;
  const revoke = target({ assignmentId: 'held-1' });
  it.each<[string, readonly Name[], AppRoleTarget, 'create' | 'delete', object]>([
    ['nothing: it is granted', [], target(), 'create', ready(post)],
    ['others: it is granted', ['elsewhere', 'more', 'foreign'], target(), 'create', ready(post)],
    ['the grant: it is done', ['own', 'more'], target(), 'create', done],
    ['the grant in capitals: it is done', ['shouting'], target(), 'create', done],
    ['the grant: it is revoked', ['more', 'own'], revoke, 'delete', ready(remove('held-1'))],
    ['nothing: the revoke is done', [], revoke, 'delete', done],
    ['others: the revoke is done', ['elsewhere', 'more', 'foreign'], revoke, 'delete', done],
    [
      'a new grant of the same: nobody approved its end',
      ['other'],
      revoke,
      'delete',
      ok({ state: 'surprise', why: 'another assignment gives the same permission now, `held-2`' }),
    ],
  ])('%s', async (_, names, of, action, stands) => {
    const { ports, asked } = writableTenant({ assignments: names.map((name) => rows[name]) });
    expect(await writer.look(of, action, ports)).toEqual(stands);
    expect(asked).toEqual([`/servicePrincipals/${backupObject}/appRoleAssignments?$top=999`]);
  });

  it.each([
    ['no id', { ...rows.own, id: null }, '`id` is null where a text belongs'],
    ['no role', { ...rows.own, appRoleId: undefined }, '`appRoleId` is undefined where a text belongs'],
    ['no resource', { ...rows.own, resourceId: 7 }, '`resourceId` is number where a text belongs'],
  ])('with %s is not known', async (_, row, detail) => {
    const { ports } = writableTenant({ assignments: [row] });
    expect(await writer.look(target(), 'create', ports)).toMatchObject({
      ok: false,
      error: { reason: 'malformed', detail: expect.stringContaining(detail) },
    });
  });
});

describe('foreseen', () => {
  const revoke = target({ assignmentId: 'held-1' });
  const elsewhere = { ...held, api: appRole('x', { api: exchange }).api, assignmentId: 'held-3' };
  const already = (of: AppRoleTarget, action: 'create' | 'delete') => [{ target: of, action }];
  it.each([
    ['a grant', target(), 'create' as const, [], [], post],
    ['a grant of a role whose id another API uses too', target(), 'create' as const, [elsewhere], [], post],
    ['a revoke', revoke, 'delete' as const, [elsewhere, held], [], remove('held-1')],
    [
      'a grant for the second policy that asks for it',
      target(),
      'create' as const,
      [],
      already(target(), 'create'),
      null,
    ],
    [
      'a revoke for the second policy that asks for it',
      revoke,
      'delete' as const,
      [held],
      already(revoke, 'delete'),
      null,
    ],
    ['a grant beside another', target(), 'create' as const, [], already(target({ role: another }), 'create'), post],
  ])('%s', (_, of, action, facts, earlier, request) =>
    expect(writer.foresee(of, action, facts, earlier, ids)).toEqual(
      request === null ? { state: 'done' } : { state: 'ready', request },
    ),
  );
});

it('once its request is carried out, it is done, and nothing else has changed', async () => {
  const roles = fc.constantFrom(role, another);
  const apis = fc.constantFrom(graphObject, exchangeObject);
  const people = fc.constantFrom(backupObject, stranger);
  const rows = fc.uniqueArray(fc.tuple(roles, apis, people), { selector: (parts) => parts.join() });
  await fc.assert(
    fc.asyncProperty(rows, roles, apis, fc.boolean(), async (held, of, api, isGrant) => {
      const assignments = held.map(([one, resource, who], index) => assignmentRow(`held-${index}`, one, resource, who));
      const isOwn = (row: object) =>
        ['appRoleId', 'resourceId', 'principalId'].every(
          (key, index) => Reflect.get(row, key) === [of, api, backupObject][index],
        );
      const own = assignments.find(isOwn);
      const tenant = writableTenant({ assignments });
      const wish = target({
        role: of,
        resource: objectId(api),
        assignmentId: isGrant ? null : String(own?.['id'] ?? 'gone'),
      });
      const action = isGrant ? 'create' : 'delete';
      const seen = await writer.look(wish, action, tenant.ports);
      const request = seen.ok && seen.value.state === 'ready' ? seen.value.request : null;
      expect(request === null).toBe(isGrant === (own !== undefined));
      if (request !== null) {
        expect(shapeOf(request)?.form).toContain('appRoleAssignedTo');
        await tenant.write.send(request);
      }
      expect(await writer.look(wish, action, tenant.ports)).toEqual(done);
      const after = tenant.now().assignments;
      expect(after.filter((row) => !isOwn(row))).toEqual(assignments.filter((row) => !isOwn(row)));
      expect(after.filter(isOwn)).toHaveLength(isGrant ? 1 : 0);
    }),
  );
});
