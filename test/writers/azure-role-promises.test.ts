import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shapeOf } from '../../src/adapters/sender-shapes.ts';
import { armId } from '../../src/core/ids.ts';
import { azureRoleAssignment as writer } from '../../src/writers/azure-role-assignment.ts';
import { at, condition, contributor, done, name, reader, scope, target } from '../support/azure-role-case.ts';
import { azureRole, disk, subscription } from '../support/facts.ts';
import { changeOf, ids, roleRow, userIdentity, writableTenant } from '../support/writable-tenant.ts';

it('has another name for every principal, role and scope, and the same whatever the spelling', () => {
  const parts = fc.tuple(
    fc.constantFrom('Contributor', 'Reader'),
    fc.constantFrom(scope, disk('d1'), subscription),
    fc.boolean(),
    fc.boolean(),
  );
  const idOf = ([role, of, isUser, isLoud]: readonly [string, string, boolean, boolean]) => {
    const spelt = armId(isLoud ? of.toUpperCase() : of);
    const fact = { ...azureRole(role, of, isUser ? { identity: userIdentity } : {}), scope: spelt };
    const [made] = writer.targets(changeOf(null, fact), ids);
    return made?.kind === 'azure-role-assignment' ? made.assignmentId.toLowerCase() : '';
  };
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      expect(idOf(a) === idOf(b)).toBe(a.slice(0, 3).join() === b.slice(0, 3).join());
    }),
  );
});

it('once its request is carried out, it is done, once, and nothing else has changed', async () => {
  const scopes = fc.constantFrom(
    scope,
    disk('d1'),
    subscription,
    '/providers/Microsoft.Management/managementGroups/mg-1',
  );
  const conditions = fc.constantFrom(null, condition, `${condition} AND x`);
  const rows = fc.uniqueArray(fc.tuple(scopes, fc.constantFrom(contributor, reader), conditions), {
    selector: ([of, role]) => `${of} ${role}`,
  });
  await fc.assert(
    fc.asyncProperty(
      rows,
      scopes,
      fc.constantFrom('create', 'update', 'delete'),
      conditions,
      async (held, of, action, wanted) => {
        const roles = held.map(([one, role, under], index) =>
          roleRow(at(one, name.replace('00a', `00${index}`)), one, role, { condition: under }),
        );
        const isOwn = ({ properties }: Record<string, unknown>) =>
          Reflect.get(properties as object, 'scope') === of &&
          String(Reflect.get(properties as object, 'roleDefinitionId')).endsWith(contributor);
        const own = roles.find(isOwn);
        const standing =
          own === undefined ? null : (Reflect.get(own['properties'] as object, 'condition') as string | null);
        const tenant = writableTenant({ roles });
        const wish = target({
          scope: armId(of),
          condition: action === 'delete' ? standing : wanted,
          assignmentId: armId(String(action !== 'create' && own !== undefined ? own['id'] : at(of))),
        });
        const seen = await writer.look(wish, action, tenant.ports);
        if (!seen.ok || seen.value.state !== 'ready') {
          expect(seen.ok ? seen.value.state : 'unread').toBe(
            action === 'delete' || (own !== undefined && standing === wanted) ? 'done' : 'surprise',
          );
          return;
        }
        expect(shapeOf(seen.value.request)?.form).toContain('roleAssignments');
        await tenant.write.send(seen.value.request);
        expect(await writer.look(wish, action, tenant.ports)).toEqual(done);
        const after = tenant.now().roles;
        expect(after.filter((row) => !isOwn(row))).toEqual(roles.filter((row) => !isOwn(row)));
        expect(after.filter(isOwn)).toHaveLength(action === 'delete' ? 0 : 1);
      },
    ),
  );
});
