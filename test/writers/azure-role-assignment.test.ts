import { describe, expect, it } from 'vitest';
import { armId, objectId } from '../../src/core/ids.ts';
import { ok } from '../../src/core/result.ts';
import type { AzureRoleTarget } from '../../src/core/write-target.ts';
import { azureRoleAssignment as writer } from '../../src/writers/azure-role-assignment.ts';
import { at, condition, contributor, done, name, reader, scope, target } from '../support/azure-role-case.ts';
import { azureRole, backupObject, disk, otherApp, subscription } from '../support/facts.ts';
import { changeOf, ids, roleRow, stranger, userIdentity, writableTenant } from '../support/writable-tenant.ts';

const put = (more: object = {}) => ({
  api: 'resourceManager',
  method: 'PUT',
  path: `${at(scope)}?api-version=2022-04-01`,
  body: {
    properties: {
      roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${contributor}`,
      principalId: backupObject,
      principalType: 'ServicePrincipal',
      ...more,
    },
  },
});
const conditioned = { condition, conditionVersion: '2.0' };
const remove = (id: string) => ({
  api: 'resourceManager',
  method: 'DELETE',
  path: `${id}?api-version=2022-04-01`,
  body: null,
});
const ready = (request: object) => ok({ state: 'ready', request });
const surprise = (why: string) => ok({ state: 'surprise', why });

describe('a target', () => {
  const wanted = azureRole('Contributor', scope);
  const made = (of: string, principal = backupObject) =>
    armId(at(of === '/' ? '' : of, `guid of ${of.toLowerCase()} ${principal} ${contributor}`));
  const held = azureRole('Contributor', scope, { assignmentId: armId(at(scope)), condition });
  it.each([
    ['of a grant has the name that its ids make', changeOf(null, wanted), [target({ assignmentId: made(scope) })]],
    [
      'at a scope that ends in a slash has the same',
      changeOf(null, { ...wanted, scope: armId(`${scope}/`) }),
      [target({ scope: armId(`${scope}/`), assignmentId: made(scope) })],
    ],
    [
      'at the root has no scope before it',
      changeOf(null, { ...wanted, scope: armId('/') }),
      [target({ scope: armId('/'), assignmentId: made('/') })],
    ],
    [
      'of a user says so',
      changeOf(null, azureRole('Contributor', scope, { identity: userIdentity })),
      [target({ principal: objectId(stranger), principalType: 'User', assignmentId: made(scope, stranger) })],
    ],
    ['of a revoke is the very assignment', changeOf(held, null), [target({ condition })]],
    ['of a change is the very assignment, with what is to stand', changeOf(held, wanted), [target()]],
    [
      'of an identity before it was made again is who holds it',
      changeOf({ ...held, principal: objectId(stranger) }, null),
      [target({ principal: objectId(stranger), condition })],
    ],
    [
      'of an identity that was not found is none',
      changeOf(null, azureRole('Contributor', scope, { identity: otherApp })),
      [],
    ],
  ])('%s', (_, change, targets) => expect(writer.targets(change, ids)).toEqual(targets));
});

describe('what stands', () => {
  const own = roleRow(at(scope), scope, contributor);
  const guarded = roleRow(at(scope), scope, contributor, { condition });
  const twin = roleRow(at(scope, 'another'), scope, contributor);
  const described = roleRow(at(scope), scope, contributor, {
    condition,
    description: 'by hand',
    delegatedManagedIdentityResourceId: disk('x'),
  });
  const loud = roleRow(at(scope).toUpperCase(), scope.toUpperCase(), contributor.toUpperCase());
  const others = [
    roleRow(at(subscription, 'above'), subscription, contributor),
    roleRow(at(disk('d1'), 'below'), disk('d1'), contributor),
    roleRow(at(`${scope}-dr`, 'beside'), `${scope}-dr`, contributor),
    roleRow(at(scope, 'reader'), scope, reader),
    roleRow(at(scope, 'foreign'), scope, contributor, { principalId: stranger }),
  ];
  const folded = condition.replaceAll(' ', '\n  ');
  it.each<[string, readonly Record<string, unknown>[], AzureRoleTarget, 'create' | 'update' | 'delete', object]>([
    ['nothing: it is granted', [], target(), 'create', ready(put())],
    ['above, below and beside: it is granted', others, target(), 'create', ready(put())],
    [
      'nothing: it is granted to a user',
      [],
      target({ principalType: 'User' }),
      'create',
      ready(put({ principalType: 'User' })),
    ],
    ['nothing: it is granted under its condition', [], target({ condition }), 'create', ready(put(conditioned))],
    ['the grant: it is done', [...others, own], target(), 'create', done],
    ['the grant under another name: it is done', [twin], target(), 'create', done],
    ['the grant in capitals: it is done', [loud], target(), 'create', done],
    ['the grant and its condition: it is done', [guarded], target({ condition: folded }), 'create', done],
    [
      'the grant under another condition: nobody approved its change',
      [guarded],
      target(),
      'create',
      surprise(`the role is held already, under another condition (\`${at(scope)}\`)`),
    ],
    [
      'the grant without its condition: nobody approved its change',
      [own],
      target({ condition }),
      'create',
      surprise(`the role is held already, under another condition (\`${at(scope)}\`)`),
    ],
    ['the assignment: it gets its condition', [own], target({ condition }), 'update', ready(put(conditioned))],
    ['the assignment: it loses its condition', [guarded], target(), 'update', ready(put())],
    [
      'the assignment: what else it has stays',
      [described],
      target(),
      'update',
      ready(put({ description: 'by hand', delegatedManagedIdentityResourceId: disk('x') })),
    ],
    ['the changed assignment: it is done', [guarded], target({ condition }), 'update', done],
    [
      'nothing: no change can be made of it',
      others,
      target(),
      'update',
      surprise(`the assignment \`${name}\` is not there any more`),
    ],
    [
      'another assignment: no change can be made of it',
      [twin],
      target({ condition }),
      'update',
      surprise(`the assignment \`${name}\` is not there any more`),
    ],
    ['the assignment: it is revoked', [...others, own], target(), 'delete', ready(remove(at(scope)))],
    [
      'the assignment in capitals: it is revoked as ARM spells it',
      [loud],
      target(),
      'delete',
      ready(remove(at(scope).toUpperCase())),
    ],
    [
      'the assignment under its condition: it is revoked',
      [guarded],
      target({ condition: folded }),
      'delete',
      ready(remove(at(scope))),
    ],
    ['nothing: the revoke is done', others, target(), 'delete', done],
    [
      'a new assignment of the same: nobody approved its end',
      [twin],
      target(),
      'delete',
      surprise(`another assignment gives the same role now, \`${at(scope, 'another')}\``),
    ],
    [
      'the assignment under another condition: nobody approved its end',
      [guarded],
      target(),
      'delete',
      surprise('the condition on the assignment is another one now'),
    ],
  ])('%s', async (_, roles, of, action, stands) => {
    const { ports, asked } = writableTenant({ roles });
    expect(await writer.look(of, action, ports)).toEqual(stands);
    expect(asked).toEqual([`${scope} of ${backupObject}`]);
  });

  it('of somebody else is no answer, though ARM should list it', async () => {
    const { ports } = writableTenant();
    const foreign = roleRow(at(scope), scope, contributor, { principalId: stranger });
    const arm = { ...ports.arm, listRoleAssignments: async () => ok([foreign]) };
    expect(await writer.look(target(), 'create', { ...ports, arm })).toEqual(ready(put()));
    expect(await writer.look(target(), 'delete', { ...ports, arm })).toEqual(done);
  });

  it.each([
    ['no id', { ...own, id: null }, '`id` is null where a text belongs'],
    [
      'no properties',
      { ...own, properties: undefined },
      '`properties` of a role assignment is undefined where an object belongs',
    ],
    [
      'no principal',
      roleRow(at(scope), scope, contributor, { principalId: '' }),
      '`principalId` is string where a text belongs',
    ],
  ])('with %s is not known', async (_, row, detail) => {
    const { ports } = writableTenant();
    const arm = { ...ports.arm, listRoleAssignments: async () => ok([row]) };
    expect(await writer.look(target(), 'create', { ...ports, arm })).toMatchObject({
      ok: false,
      error: { reason: 'malformed', detail: expect.stringContaining(detail) },
    });
  });
});

describe('foreseen', () => {
  const held = azureRole('Contributor', scope, { assignmentId: armId(at(scope)) });
  const elsewhere = azureRole('Contributor', disk('d1'), { assignmentId: armId(at(disk('d1'))) });
  const orphan = { ...held, principal: objectId(stranger) };
  const already = (of: AzureRoleTarget, action: 'create' | 'delete') => [{ target: of, action }];
  it.each([
    ['a grant', target(), 'create' as const, [elsewhere], [], put()],
    ['a grant beside what its predecessor holds', target(), 'create' as const, [orphan], [], put()],
    [
      'a revoke beside another role',
      target(),
      'delete' as const,
      [azureRole('Reader', scope, { assignmentId: armId(at(scope, 'reader')) }), held],
      [],
      remove(at(scope)),
    ],
    ['a change', target({ condition }), 'update' as const, [elsewhere, held], [], put(conditioned)],
    ['a revoke', target(), 'delete' as const, [elsewhere, held], [], remove(at(scope))],
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
      target(),
      'delete' as const,
      [held],
      already(target(), 'delete'),
      null,
    ],
    [
      'a revoke after the end of another',
      target(),
      'delete' as const,
      [held],
      already(target({ role: reader }), 'delete'),
      remove(at(scope)),
    ],
  ])('%s', (_, of, action, facts, earlier, request) =>
    expect(writer.foresee(of, action, facts, earlier, ids)).toEqual(
      request === null ? { state: 'done' } : { state: 'ready', request },
    ),
  );
});
