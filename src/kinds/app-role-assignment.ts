import { desiredPermissions } from '../core/desired-permissions.ts';
import type { AppRoleAssignmentFact, Fact } from '../core/fact.ts';
import { governedAccess } from '../core/governed-access.ts';
import { type IdentityId, objectId, roleId } from '../core/ids.ts';
import {
  defineKind,
  type FoundIdentity,
  gapOf,
  graphNeed,
  mergeReadings,
  type ReadInput,
  type Reading,
} from '../core/kind.ts';
import type { NamedApi } from '../core/names.ts';
import type { Policy } from '../core/policy.ts';
import { readRows } from '../core/read-rows.ts';
import type { Gap, PermissionName } from '../core/snapshot.ts';
import { objectOf, optionalStringOf, stringOf } from '../core/wire.ts';

const needs = 'Application.Read.All';

/** Microsoft's id of "may sign in, no role", which is no permission (appRoleAssignment, Microsoft Graph v1.0). */
const defaultAccess = '00000000-0000-0000-0000-000000000000';

const factOf = (identity: IdentityId, api: NamedApi, role: PermissionName): AppRoleAssignmentFact => ({
  kind: 'app-role-assignment',
  key: `app-role-assignment/${identity.toLowerCase()}/${api.appId}/${role.id}`,
  identity,
  subject: role.value,
  api: api.appId,
  apiName: api.displayName,
  role: role.id,
  assignmentId: null,
  created: null,
  purpose: null,
});

const parseRow = (row: unknown) => {
  const wire = objectOf(row, 'an app role assignment');
  return {
    id: stringOf(wire, 'id'),
    resource: objectId(stringOf(wire, 'resourceId')),
    role: roleId(stringOf(wire, 'appRoleId')),
    created: optionalStringOf(wire, 'createdDateTime'),
  };
};

const readOne = async (identity: FoundIdentity, { ports, names }: ReadInput): Promise<Reading> => {
  if (identity.servicePrincipal === null) return { facts: [], gaps: [] };
  const path = `/servicePrincipals/${identity.objectId}/appRoleAssignments?$top=999`;
  const rows = readRows(await ports.graph.list(path), `GET ${path}`, parseRow);
  if (!rows.ok) return { facts: [], gaps: [gapOf('app-role-assignment', identity, needs, rows.error)] };
  const facts: Fact[] = [];
  const gaps: Gap[] = [];
  for (const row of rows.value.filter(({ role }) => role !== defaultAccess)) {
    const named = await names.appRole(row.resource, row.role);
    if (named.ok) {
      const fact = factOf(identity.id, named.value.api, named.value.permission);
      facts.push({ ...fact, assignmentId: row.id, created: row.created });
    } else gaps.push(gapOf('app-role-assignment', identity, needs, named.error));
  }
  return { facts, gaps };
};

const governs = (policy: Policy): boolean =>
  policy.state === 'retired' || governedAccess(policy)?.applicationPermissions != null;

/** Application permissions: app roles that an identity holds on an API, for the whole tenant. */
export const appRoleAssignment = defineKind<'app-role-assignment'>({
  id: 'app-role-assignment',
  title: 'App role assignment',
  needs,
  asks: () => [graphNeed(needs)],
  writes: (policy) =>
    governs(policy) ? [graphNeed('AppRoleAssignment.ReadWrite.All'), graphNeed(needs, 'exactly')] : [],
  planned: true,
  governs,
  desired: (policy, names) =>
    desiredPermissions(
      policy,
      'application',
      governedAccess(policy)?.applicationPermissions ?? [],
      names,
      (api, role, written) =>
        policy.identities.map(({ id }) => ({ ...factOf(id, api, role), purpose: written.purpose })),
    ),
  read: async (input) => mergeReadings(await Promise.all(input.identities.map((identity) => readOne(identity, input)))),
  same: () => true,
});
