import { armId, objectId, roleId } from '../../src/core/ids.ts';
import { ok } from '../../src/core/result.ts';
import type { AzureRoleTarget } from '../../src/core/write-target.ts';
import { backupObject, group } from './facts.ts';

/** Where the role assignment of these tests stands, and which roles there are. */
export const scope = group('rg-app');
export const contributor = roleId('b24988ac-6180-42a0-ab88-20f7382dd24c');
export const reader = roleId('acdd72a7-3385-48ef-bd42-f606fba81ae7');
export const name = '9d0f0f5e-0000-4000-8000-00000000000a';
export const at = (of: string, guid = name): string =>
  `${of}/providers/Microsoft.Authorization/roleAssignments/${guid}`;
export const target = (more: Partial<AzureRoleTarget> = {}): AzureRoleTarget => ({
  kind: 'azure-role-assignment',
  principal: objectId(backupObject),
  principalType: 'ServicePrincipal',
  role: contributor,
  scope: armId(scope),
  condition: null,
  assignmentId: armId(at(scope)),
  ...more,
});
export const condition = "@Resource[x] StringEquals 'y'";
export const done = ok({ state: 'done' });
