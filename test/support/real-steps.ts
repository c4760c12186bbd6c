import type { Change } from '../../src/core/change.ts';
import type { AppRoleAssignmentFact, AzureRoleAssignmentFact, DelegatedGrantFact } from '../../src/core/fact.ts';
import { armId, objectId, roleId } from '../../src/core/ids.ts';
import type { PlannedWrite } from '../../src/core/plan.ts';
import { appRole, azureRole, backupObject, delegated, group } from './facts.ts';

/** Object id of Microsoft Graph's service principal in the tenant. */
export const graphObject = objectId('9f0a2b1c-0000-4000-8000-0000000000aa');
export const mailRead = roleId('810c84a8-4a9e-49e6-bf7d-12d183f40d01');
export const sitesRead = roleId('332a536c-c7ef-4017-ab91-336970924f0d');
/** Name of the role assignment that the steps speak of. */
export const assignment = `${group('rg-app')}/providers/Microsoft.Authorization/roleAssignments/5a4b3c2d-0000-4000-8000-0000000000cc`;

/** An application permission with ids as they really are. */
export const realAppRole = (name: string, role: string, assignmentId: string | null = null): AppRoleAssignmentFact => ({
  ...appRole(name),
  role: roleId(role),
  assignmentId,
});

const create = <F extends Change['after'] & object>(after: F): Change => ({
  action: 'create',
  cause: 'missing',
  before: null,
  after,
});
const remove = <F extends Change['after'] & object>(before: F): Change => ({
  action: 'delete',
  cause: 'undeclared',
  before,
  after: null,
});

const appRoleTarget = {
  kind: 'app-role-assignment' as const,
  principal: objectId(backupObject),
  resource: graphObject,
};
const collection = `/v1.0/servicePrincipals/${graphObject}/appRoleAssignedTo`;

export const grantAppRole = (fact: AppRoleAssignmentFact, policy = 'mail'): PlannedWrite => ({
  change: create(fact),
  policy,
  target: { ...appRoleTarget, role: fact.role, assignmentId: null },
  request: {
    api: 'graph',
    method: 'POST',
    path: collection,
    body: { principalId: backupObject, resourceId: graphObject, appRoleId: fact.role },
  },
});

export const revokeAppRole = (fact: AppRoleAssignmentFact, policy = 'mail'): PlannedWrite => ({
  change: remove(fact),
  policy,
  target: { ...appRoleTarget, role: fact.role, assignmentId: fact.assignmentId },
  request: { api: 'graph', method: 'DELETE', path: `${collection}/${fact.assignmentId}`, body: null },
});

/** An Azure role as the tenant holds it. */
export const heldRole = (more: Partial<AzureRoleAssignmentFact> = {}): AzureRoleAssignmentFact => ({
  ...azureRole('Disk Backup Reader', group('rg-app')),
  assignmentId: armId(assignment),
  ...more,
});

export const revokeAzureRole = (fact: AzureRoleAssignmentFact, policy = 'disks'): PlannedWrite => ({
  change: remove(fact),
  policy,
  target: {
    kind: 'azure-role-assignment',
    principal: objectId(backupObject),
    principalType: 'ServicePrincipal',
    role: fact.role,
    scope: fact.scope,
    condition: fact.condition,
    assignmentId: armId(assignment),
  },
  request: {
    api: 'resourceManager',
    method: 'DELETE',
    path: `${assignment}?api-version=2022-04-01`,
    body: null,
  },
});

/** One more scope in the delegated grant of all users; `grantId` is that of a grant that is there, or `null`. */
export const changeScope = (
  action: 'create' | 'delete',
  fact: DelegatedGrantFact,
  { grantId, method, scope }: { grantId: string | null; method: 'POST' | 'PATCH' | 'DELETE'; scope: string },
): PlannedWrite => ({
  change: action === 'create' ? create(fact) : remove(fact),
  policy: 'mail',
  target: {
    kind: 'delegated-grant',
    client: objectId(backupObject),
    resource: graphObject,
    scope: fact.subject,
    consent: 'AllPrincipals',
    user: null,
    grantId,
  },
  request: {
    api: 'graph',
    method,
    path: method === 'POST' ? '/v1.0/oauth2PermissionGrants' : `/v1.0/oauth2PermissionGrants/${grantId ?? '%7Bnew%7D'}`,
    body:
      method === 'DELETE'
        ? null
        : method === 'PATCH'
          ? { scope }
          : { clientId: backupObject, consentType: 'AllPrincipals', principalId: null, resourceId: graphObject, scope },
  },
});

export const scopeOf = (name: string): DelegatedGrantFact => delegated(name, { consents: [] });
