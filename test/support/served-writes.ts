import { readCloud } from '../../src/adapters/cloud.ts';
import { connect } from '../../src/adapters/connect.ts';
import { armId, objectId, roleId } from '../../src/core/ids.ts';
import { type PlannedWrite, planSteps, type Step } from '../../src/core/plan.ts';
import { objectOf, stringOf } from '../../src/core/wire.ts';
import type { WriteTarget } from '../../src/core/write-target.ts';
import type { EmulatorOptions } from '../../src/emulator/start-emulator.ts';
import { writeCloudFile } from '../../src/emulator/write-cloud-file.ts';
import { start } from '../emulator/connect.ts';
import {
  ASSIGNMENT_ROLES,
  BACKUP_SP,
  MAIL_READ,
  READ_ROLES,
  READER,
  RESOURCE_GROUP,
  SECRET,
  state,
  TENANT,
} from '../emulator/tenant.ts';
import { appRole, azureRole, delegated } from './facts.ts';
import { temporaryFolder } from './rig.ts';

const principal = objectId(BACKUP_SP);
const granted = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const revoked = '5e467623-bb1f-42f4-a55d-6e525e11384b';
const newRoles = ['99999999-9999-4999-8999-000000000000', '99999999-9999-4999-8999-000000000001'];

/** A served tenant that may be written to, through the real SDKs and the real sender. */
export const serveWrites = async (options: Partial<EmulatorOptions> = {}) => {
  const base = state();
  const callers = (base.callers ?? []).map((caller) =>
    caller.appId === READER
      ? { ...caller, roles: [...READ_ROLES, ...ASSIGNMENT_ROLES], armRoles: [{ role: 'Owner', scope: '/' }] }
      : caller,
  );
  const held = { scope: RESOURCE_GROUP, roleName: 'Backup Contributor', principalId: BACKUP_SP };
  const arm = { ...base.arm, roleAssignments: [held] };
  const emulator = await start({ tenant: { ...base, callers, arm }, ...options });
  const cloud = await readCloud(writeCloudFile(emulator, temporaryFolder()));
  const by = { type: 'secret', secret: SECRET } as const;
  const { ports, write } = await connect({ tenantId: TENANT, clientId: READER, by }, cloud, 1_000, { write: true });
  if (write === undefined) throw new Error('nobody can write here');
  return { emulator, ports, write };
};

export type ServedWrites = Awaited<ReturnType<typeof serveWrites>>;

const newAssignment = `${RESOURCE_GROUP}/providers/Microsoft.Authorization/roleAssignments/9d0f0f5e-0000-4000-8000-000000000002`;

const graphRows = async ({ ports }: ServedWrites, path: string) => {
  const rows = await ports.graph.list(path);
  if (!rows.ok) throw new Error(rows.error.detail);
  return rows.value.map((row) => objectOf(row, 'a row'));
};

const azureRows = async ({ ports }: ServedWrites) => {
  const rows = await ports.arm.listRoleAssignments(RESOURCE_GROUP, BACKUP_SP);
  if (!rows.ok) throw new Error(rows.error.detail);
  return rows.value.map((row) => objectOf(row, 'a role assignment'));
};

const assignments = `/servicePrincipals/${BACKUP_SP}/appRoleAssignments?$top=999`;
const grants = `/oauth2PermissionGrants?$filter=clientId eq '${BACKUP_SP}'`;

const planned = (action: 'create' | 'delete', name: string, target: WriteTarget): PlannedWrite => {
  const fact =
    target.kind === 'app-role-assignment'
      ? appRole(name)
      : target.kind === 'delegated-grant'
        ? delegated(name)
        : azureRole('Contributor', `${RESOURCE_GROUP}/${name}`);
  const change =
    action === 'create'
      ? ({ action, cause: 'missing', before: null, after: fact } as const)
      : ({ action, cause: 'undeclared', before: fact, after: null } as const);
  return { change, policy: 'backup', target, request: null };
};

/** A plan of eight writes: two permissions, two scopes and an Azure role for a permission, a scope and an Azure role. */
export const servedSteps = async (served: ServedWrites): Promise<readonly Step[]> => {
  const [held] = await graphRows(served, assignments);
  const [grant] = await graphRows(served, grants);
  const [given] = await azureRows(served);
  if (held === undefined || grant === undefined || given === undefined) throw new Error('nothing is held');
  const resource = objectId(stringOf(held, 'resourceId'));
  const role = (action: 'create' | 'delete', id: string) =>
    planned(action, id, {
      kind: 'app-role-assignment',
      principal,
      resource,
      role: roleId(id),
      assignmentId: action === 'create' ? null : stringOf(held, 'id'),
    });
  const scope = (action: 'create' | 'delete', name: string) =>
    planned(action, name, {
      kind: 'delegated-grant',
      client: principal,
      resource,
      scope: name,
      consent: 'AllPrincipals',
      user: null,
      grantId: action === 'create' ? null : stringOf(grant, 'id'),
    });
  const azure = (action: 'create' | 'delete', definition: string, id: string) =>
    planned(action, definition, {
      kind: 'azure-role-assignment',
      principal,
      principalType: 'ServicePrincipal',
      role: roleId(definition),
      scope: armId(RESOURCE_GROUP),
      condition: null,
      assignmentId: armId(id),
    });
  return planSteps([
    ...newRoles.map((id) => role('create', id)),
    role('delete', MAIL_READ),
    scope('create', 'Mail.Read'),
    scope('create', 'Files.Read'),
    scope('delete', 'User.Read'),
    azure('create', granted, newAssignment),
    azure('delete', revoked, stringOf(given, 'id')),
  ]);
};

/** What the backup app holds in a served tenant, as its replicas show it now. */
export const servedHoldings = async (served: ServedWrites): Promise<readonly string[]> => {
  const roles = await graphRows(served, assignments);
  const scopes = await graphRows(served, grants);
  const azure = await azureRows(served);
  return [
    ...roles.map((row) => stringOf(row, 'appRoleId')),
    ...scopes.flatMap((row) => stringOf(row, 'scope').split(' ')),
    ...azure.map((row) => stringOf(objectOf(row['properties'], '`properties`'), 'roleDefinitionId').slice(-36)),
  ].sort();
};

/** The same when the plan is done. */
export const servedWanted = [...newRoles, 'offline_access', 'Mail.Read', 'Files.Read', granted].sort();
