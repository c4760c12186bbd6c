import type { Answer, ArmPort } from './ports.ts';
import { readRows } from './read-rows.ts';
import { parseRoleAssignment, type RoleAssignmentRow } from './role-rows.ts';
import { canonicalScope } from './scope.ts';
import { objectOf, optionalDateOf, optionalStringOf } from './wire.ts';

/** An Azure role that somebody may activate, as ARM gives it. */
export interface EligibleRow extends RoleAssignmentRow {
  /** The schedule that makes it so. */
  readonly schedule: string;
  /** `null`: for good. */
  readonly end: string | null;
  /** Is it so for the sake of a group? Then `principal` is the group, where ARM says which. */
  readonly byGroup: boolean;
}

const parseRow = (row: unknown): EligibleRow => {
  const assignment = parseRoleAssignment(row);
  const properties = objectOf(objectOf(row, 'an eligible role')['properties'], '`properties` of an eligible role');
  return {
    ...assignment,
    schedule: optionalStringOf(properties, 'roleEligibilityScheduleId') ?? assignment.id,
    end: optionalDateOf(properties, 'endDateTime'),
    byGroup: optionalStringOf(properties, 'memberType')?.toLowerCase() === 'group',
  };
};

/**
 * Azure roles that a principal may activate now at, above or below a scope, by itself or for being in a group (source:
 * role eligibility schedule instances, list for scope, `assignedTo`, Azure REST API 2020-10-01).
 */
export const readEligibleAzureRoles = async (
  scope: string,
  principal: string,
  arm: Pick<ArmPort, 'list'>,
): Promise<Answer<readonly EligibleRow[]>> => {
  const at = canonicalScope(scope) === '/' ? '' : scope;
  const path = `${at}/providers/Microsoft.Authorization/roleEligibilityScheduleInstances`;
  return readRows(await arm.list(path, '2020-10-01', `assignedTo('${principal}')`), `GET ${path}`, parseRow);
};
