import type { Collection } from './collection.ts';
import { anyObject, type GraphCall, type GraphRoute, keyOf } from './graph-call.ts';
import { rowsOf } from './graph-directory.ts';
import type { EntityType } from './graph-entity-type.ts';
import { notFound } from './graph-failure.ts';
import { answerObject, answerPage, fixedRows, type Listing } from './graph-page.ts';
import {
  CUSTOM_APP_SCOPE,
  EXCHANGE_ASSIGNMENT,
  ROLE_ASSIGNMENT,
  ROLE_DEFINITION,
  ROLE_ELIGIBILITY,
} from './graph-relations.ts';
import { show } from './graph-show.ts';
import { type Json, textOf } from './json.ts';

const READ_ROLES =
  'RoleManagement.Read.Directory|RoleManagement.ReadWrite.Directory|Directory.Read.All|Directory.ReadWrite.All';
const READ_ELIGIBLE =
  'RoleEligibilitySchedule.Read.Directory|RoleEligibilitySchedule.ReadWrite.Directory|RoleManagement.Read.All|RoleManagement.Read.Directory|RoleManagement.ReadWrite.Directory';
const READ_ACTIVE =
  'RoleAssignmentSchedule.Read.Directory|RoleAssignmentSchedule.ReadWrite.Directory|RoleManagement.Read.All|RoleManagement.Read.Directory|RoleManagement.ReadWrite.Directory';
/** Permissions on the directory don't read Exchange's roles (source: list unifiedRoleAssignments, Microsoft Graph beta). */
const READ_EXCHANGE = 'RoleManagement.Read.Exchange|RoleManagement.ReadWrite.Exchange|RoleManagement.Read.All';

const expandRole = (call: GraphCall, definitions: Collection, row: Json, relation: string): Json | null => {
  if (relation === 'roleDefinition') {
    const role = definitions.get(textOf(row, 'roleDefinitionId'));
    return role === undefined ? null : show(ROLE_DEFINITION, role, null);
  }
  if (relation !== 'principal') return null;
  const found = anyObject(call.directory, textOf(row, 'principalId').split('/').at(-1) ?? '');
  return found === null
    ? null
    : { '@odata.type': `#microsoft.graph.${found.type.name}`, ...show(found.type, found.row, null) };
};

/** A role collection and its single objects. */
const roleCollection = (
  path: string,
  needs: string,
  type: EntityType,
  rows: (call: GraphCall) => Collection,
  definitions: (call: GraphCall) => Collection,
  beta?: true,
): GraphRoute[] => {
  const listing = (call: GraphCall): Listing => ({
    type,
    context: path,
    rows: rowsOf(rows(call)),
    expand: (row, relation) => expandRole(call, definitions(call), row, relation),
  });
  const head = { method: 'GET' as const, needs, ...(beta === undefined ? {} : { beta }) };
  return [
    { ...head, path: path.toLowerCase(), run: (call) => answerPage(call.request, call.page, listing(call)) },
    {
      ...head,
      path: `${path.toLowerCase()}/{}`,
      run: (call) => {
        const row = rows(call).get(keyOf(call));
        if (row === undefined) throw notFound(keyOf(call));
        return answerObject(call.request, call.page, listing(call), row);
      },
    },
  ];
};

const directoryRoles = (call: GraphCall): Collection => call.directory.roleDefinitions;
const exchangeRoles = (call: GraphCall): Collection => call.directory.exchange.roleDefinitions;

/** Roles of Entra and Exchange: the reading half. */
export const ROLE_ROUTES: readonly GraphRoute[] = [
  ...roleCollection(
    'roleManagement/directory/roleAssignments',
    READ_ROLES,
    ROLE_ASSIGNMENT,
    (call) => call.directory.roleAssignments,
    directoryRoles,
  ),
  ...roleCollection(
    'roleManagement/directory/roleDefinitions',
    `${READ_ROLES}|RoleManagement.Read.All`,
    ROLE_DEFINITION,
    directoryRoles,
    directoryRoles,
  ),
  ...roleCollection(
    'roleManagement/directory/roleEligibilityScheduleInstances',
    READ_ELIGIBLE,
    ROLE_ELIGIBILITY,
    (call) => call.directory.roleEligibilities,
    directoryRoles,
  ),
  {
    method: 'GET',
    path: 'rolemanagement/directory/roleassignmentscheduleinstances',
    needs: READ_ACTIVE,
    run: (call) => {
      const rows = call.directory.roleAssignments
        .all()
        .map((row): Json => ({ ...row, assignmentType: 'Assigned', memberType: 'Direct' }));
      const type = { ...ROLE_ELIGIBILITY, name: 'unifiedRoleAssignmentScheduleInstance' };
      return answerPage(call.request, call.page, {
        type,
        context: 'roleManagement/directory/roleAssignmentScheduleInstances',
        rows: fixedRows(rows),
      });
    },
  },
  ...roleCollection(
    'roleManagement/exchange/roleAssignments',
    READ_EXCHANGE,
    EXCHANGE_ASSIGNMENT,
    (call) => call.directory.exchange.roleAssignments,
    exchangeRoles,
    true,
  ),
  ...roleCollection(
    'roleManagement/exchange/roleDefinitions',
    READ_EXCHANGE,
    ROLE_DEFINITION,
    exchangeRoles,
    exchangeRoles,
    true,
  ),
  ...roleCollection(
    'roleManagement/exchange/customAppScopes',
    READ_EXCHANGE,
    CUSTOM_APP_SCOPE,
    (call) => call.directory.exchange.customAppScopes,
    exchangeRoles,
    true,
  ),
];
