import type { Change } from '../../src/core/change.ts';
import type { Fact } from '../../src/core/fact.ts';
import { armId, objectId, roleId } from '../../src/core/ids.ts';
import { type PlannedWrite, planSteps, type Step } from '../../src/core/plan.ts';
import type { WriteTarget } from '../../src/core/write-target.ts';
import { appRole, azureRole, backupApp, backupObject, delegated, group } from './facts.ts';
import type { Truth } from './fake-truth.ts';

const api = objectId('0d3b0f5e-0000-4000-8000-0000000000aa');

type Action = 'create' | 'delete';

const changeOf = (action: Action, fact: Fact): Change =>
  action === 'create'
    ? { action, cause: 'missing', before: null, after: fact }
    : { action, cause: 'undeclared', before: fact, after: null };

const planned = (action: Action, fact: Fact, target: WriteTarget): PlannedWrite => ({
  change: changeOf(action, fact),
  policy: 'backup',
  target,
  request: null,
});

/** Grants or revokes an application permission. */
export const role = (action: Action, name: string, principal = backupObject): PlannedWrite =>
  planned(action, appRole(name, { identity: principal === backupObject ? backupApp : principal }), {
    kind: 'app-role-assignment',
    principal: objectId(principal),
    resource: api,
    role: roleId(name),
    assignmentId: action === 'create' ? null : `held-${name}`,
  });

/** Grants or revokes one delegated scope, for every user. */
export const scope = (action: Action, name: string): PlannedWrite =>
  planned(action, delegated(name), {
    kind: 'delegated-grant',
    client: objectId(backupObject),
    resource: api,
    scope: name,
    consent: 'AllPrincipals',
    user: null,
    grantId: action === 'create' ? null : 'held-grant',
  });

const roleGuid = 'b24988ac-6180-42a0-ab88-20f7382dd24c';

/** Grants or revokes an Azure role on a resource group. */
export const azure = (action: Action, where: string): PlannedWrite =>
  planned(action, azureRole('Contributor', group(where)), {
    kind: 'azure-role-assignment',
    principal: objectId(backupObject),
    principalType: 'ServicePrincipal',
    role: roleId(roleGuid),
    scope: armId(group(where)),
    condition: null,
    assignmentId: armId(`${group(where)}/providers/Microsoft.Authorization/roleAssignments/of-${where}`),
  });

export const stepsOf = (...writes: readonly PlannedWrite[]): readonly Step[] => planSteps(writes);

const rowOf = ({ target }: PlannedWrite): string => {
  if (target.kind === 'app-role-assignment') return `${target.principal} ${target.resource} ${target.role}`;
  if (target.kind === 'azure-role-assignment') return `${target.principal} ${target.role} ${target.scope}`;
  return '';
};

const consent = `${backupObject} ${api} AllPrincipals `;

/** A tenant in which these writes' objects stand as they do before `delete`, or after `create`; `more` scopes beside them. */
export const truthWith = (writes: readonly PlannedWrite[], more: readonly string[] = []): Truth => {
  const roles: Record<string, string> = {};
  const held: Record<string, string> = {};
  const scopes = [...more];
  for (const one of writes) {
    const { target } = one;
    if (target.kind === 'app-role-assignment')
      roles[target.assignmentId ?? `held-${target.role}-${target.principal}`] = rowOf(one);
    if (target.kind === 'azure-role-assignment') held[target.assignmentId] = rowOf(one);
    if (target.kind === 'delegated-grant') scopes.push(target.scope);
  }
  const grants = scopes.length === 0 ? {} : { 'held-grant': { of: consent, scopes } };
  return { roles, grants, azure: held };
};

/** What a tenant holds, whatever the ids of its objects. */
export const holdings = ({ roles, grants, azure: held }: Truth): readonly string[] =>
  [
    ...Object.values(roles),
    ...Object.values(held),
    ...Object.values(grants).flatMap(({ of, scopes }) => scopes.map((one) => `${of}${one}`)),
  ].sort();
