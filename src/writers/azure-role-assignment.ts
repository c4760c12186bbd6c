import { armId, type ObjectId, objectId } from '../core/ids.ts';
import { readRows } from '../core/read-rows.ts';
import { parseRoleAssignment } from '../core/role-rows.ts';
import { canonicalScope, sameArmId, scopeName } from '../core/scope.ts';
import { spellCondition } from '../core/spell-condition.ts';
import { objectOf, optionalStringOf } from '../core/wire.ts';
import type { WriteRequest } from '../core/write.ts';
import type { AzureRoleTarget } from '../core/write-target.ts';
import { defineWriter } from '../core/writer.ts';

const apiVersion = '2022-04-01';

/** An assignment of the principal, with what a change has to keep. */
interface Held {
  readonly id: string;
  readonly principal: ObjectId;
  readonly role: string;
  readonly scope: string;
  readonly condition: string | null;
  readonly description: string | null;
  /** Resource id of the managed identity by which another tenant's access is delegated (Azure Lighthouse). */
  readonly delegated: string | null;
}

const parseHeld = (row: unknown): Held => {
  const { id, principal, role, scope, condition } = parseRoleAssignment(row);
  const properties = objectOf(objectOf(row, 'a role assignment')['properties'], '`properties`');
  return {
    id,
    principal: objectId(principal),
    role,
    scope,
    condition,
    description: optionalStringOf(properties, 'description'),
    delegated: optionalStringOf(properties, 'delegatedManagedIdentityResourceId'),
  };
};

const assignmentAt = (scope: string, name: string) =>
  armId(
    `${canonicalScope(scope) === '/' ? '' : scope.replace(/\/+$/, '')}/providers/Microsoft.Authorization/roleAssignments/${name}`,
  );

const put = (target: AzureRoleTarget, kept: Held | null): WriteRequest => {
  const { role, principal, principalType, condition, assignmentId } = target;
  const optional = {
    ...(condition === null ? {} : { condition, conditionVersion: '2.0' }),
    ...(kept?.description == null ? {} : { description: kept.description }),
    ...(kept?.delegated == null ? {} : { delegatedManagedIdentityResourceId: kept.delegated }),
  };
  const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${role}`;
  const properties = { roleDefinitionId, principalId: principal, principalType, ...optional };
  const path = `${assignmentId}?api-version=${apiVersion}`;
  return { api: 'resourceManager', method: 'PUT', path, body: { properties } };
};

const sameCondition = (a: string | null, b: string | null): boolean => spellCondition(a) === spellCondition(b);

/**
 * Role assignments at exactly their own scope. A new one's name is made of scope, principal and role: sent twice, it is the
 * same assignment. Source: Role Assignments - Create, Delete, Azure Resource Manager 2022-04-01.
 */
export const azureRoleAssignment = defineWriter<'azure-role-assignment', readonly Held[]>({
  kind: 'azure-role-assignment',
  targets: ({ before, after }, ids) => {
    const fact = after ?? before;
    const principal = fact === null ? null : ids.principal(fact.identity);
    if (fact === null || principal === null) return [];
    const holder = before?.principal ?? principal.id;
    const name = ids.guid(`${canonicalScope(fact.scope)} ${holder} ${fact.role}`);
    return [
      {
        kind: 'azure-role-assignment',
        principal: holder,
        principalType: principal.type,
        role: fact.role,
        scope: before?.scope ?? fact.scope,
        condition: fact.condition,
        assignmentId: before?.assignmentId ?? assignmentAt(fact.scope, name),
      },
    ];
  },
  observe: async ({ scope, principal }, { arm }) =>
    readRows(
      await arm.listRoleAssignments(scope, principal),
      `GET ${scope}/providers/Microsoft.Authorization/roleAssignments`,
      parseHeld,
    ),
  foresee: (target, facts, earlier) => {
    const { principal, role, scope } = target;
    const rest = { principal, role, scope, description: null, delegated: null };
    const last = earlier.findLast(
      ({ target: one }) => one.principal === principal && one.role === role && sameArmId(one.scope, scope),
    );
    if (last?.action === 'delete') return [];
    if (last !== undefined) return [{ ...rest, id: last.target.assignmentId, condition: last.target.condition }];
    return facts.flatMap(({ assignmentId, condition, ...fact }) =>
      assignmentId === null || fact.principal !== principal || fact.role !== role || !sameArmId(fact.scope, scope)
        ? []
        : { ...rest, id: assignmentId, condition },
    );
  },
  assess: (target, action, stands) => {
    const { principal, role, scope, condition, assignmentId } = target;
    // Lists show what is inherited from above and given below too: neither is this assignment.
    const found = stands.find(
      (held) => held.principal === principal && held.role === role && sameArmId(held.scope, scope),
    );
    const isMeant = found !== undefined && sameArmId(found.id, assignmentId);
    if (action === 'delete') {
      if (found === undefined) return { state: 'done' };
      if (!isMeant) return { state: 'surprise', why: `another assignment gives the same role now, \`${found.id}\`` };
      if (!sameCondition(found.condition, condition))
        return { state: 'surprise', why: 'the condition on the assignment is another one now' };
      const path = `${found.id}?api-version=${apiVersion}`;
      return { state: 'ready', request: { api: 'resourceManager', method: 'DELETE', path, body: null } };
    }
    if (found !== undefined && sameCondition(found.condition, condition)) return { state: 'done' };
    if (action === 'update' && !isMeant)
      return { state: 'surprise', why: `the assignment \`${scopeName(assignmentId)}\` is not there any more` };
    if (action === 'create' && found !== undefined)
      return { state: 'surprise', why: `the role is held already, under another condition (\`${found.id}\`)` };
    return { state: 'ready', request: put(target, found ?? null) };
  },
});
