import { type EvidenceInput, evidenceRows, firstTextOf } from './evidence-rows.ts';
import { isKnowable } from './exchange-names.ts';
import type { Answer, ReadFailure } from './ports.ts';
import { err, ok } from './result.ts';
import { listOf, MalformedAnswer, objectOf, optionalBooleanOf, stringOf, type WireObject } from './wire.ts';

/** A role group of Exchange, with its roles by name and its members as the commands tell them. */
export interface RoleGroup {
  readonly name: string;
  readonly roles: readonly string[];
  readonly members: readonly (string | WireObject)[];
}

/** One management role assignment: a role given to somebody, or to a role group. */
export interface ManagementAssignment {
  readonly name: string | null;
  readonly role: string;
  /** To whom, under every name that the command tells. */
  readonly assignees: readonly string[];
  readonly toGroup: boolean;
  /** As policies spell scopes. */
  readonly scope: string;
}

/** Everything that evidence tells of roles of Exchange. */
export interface ExchangeRoles {
  readonly groups: readonly RoleGroup[];
  readonly assignments: readonly ManagementAssignment[];
  /** Commands by role, lower case; a role that isn't there is one of which nobody told. */
  readonly commands: ReadonlyMap<string, readonly string[]>;
  /** Built-in role that a role was made from, by role, lower case. */
  readonly parents: ReadonlyMap<string, string>;
}

/** Any of these tells who holds roles by role groups. */
export const roleGroupCommands: readonly string[] = [
  'Get-RoleGroup',
  'Get-RoleGroupMember',
  'Get-ManagementRoleAssignment',
];

const plain = (text: string): string => text.split('/').at(-1)?.trim() ?? text;

/** PowerShell writes the entries of a list as texts or as objects, and a list of one at times as the one itself. */
const entriesIn = (row: WireObject, field: string): readonly (string | WireObject)[] => {
  const list = typeof row[field] === 'string' ? [row[field]] : listOf(row, field);
  return list.map((entry) => (typeof entry === 'string' ? entry : objectOf(entry, `an entry of \`${field}\``)));
};

const namesIn = (row: WireObject, field: string): readonly string[] =>
  entriesIn(row, field).map((entry) => plain(typeof entry === 'string' ? entry : stringOf(entry, 'Name')));

const knowable = (member: string | WireObject): string | WireObject => {
  if (typeof member === 'string' || isKnowable(member)) return member;
  throw new MalformedAnswer('a member of a role group has neither name nor id');
};

const groupOf = (row: WireObject): RoleGroup => ({
  name: plain(firstTextOf(row, 'Name', 'Identity') ?? stringOf(row, 'Name')),
  roles: namesIn(row, 'Roles'),
  members: entriesIn(row, 'Members').map(knowable),
});

/** Exchange itself doesn't say of which group the member is: the script that collects it adds `RoleGroup`. */
const memberOf = (row: WireObject): RoleGroup => ({
  name: plain(firstTextOf(row, 'RoleGroup', 'RoleGroupName', 'Group') ?? stringOf(row, 'RoleGroup')),
  roles: [],
  members: [knowable(row)],
});

const wholeOrganization = new Set(['', 'organization', 'none', 'notapplicable', 'organizationconfig']);

/** A custom scope by its name, an administrative unit by its id, or where Exchange names no place, the organisation. */
const scopeOf = (row: WireObject): string => {
  const unit = firstTextOf(row, 'RecipientAdministrativeUnitScope', 'AdministrativeUnit');
  if (unit !== null) return `administrativeUnit:${plain(unit)}`;
  const custom = firstTextOf(row, 'CustomResourceScope', 'CustomRecipientWriteScope');
  if (custom !== null) return plain(custom);
  const scope = firstTextOf(row, 'RecipientWriteScope') ?? '';
  return wholeOrganization.has(scope.toLowerCase()) ? 'organization' : scope;
};

const assigneeFields = ['App', 'RoleAssignee', 'RoleAssigneeName', 'User'];

/** `null`: switched off. */
const assignmentOf = (row: WireObject): ManagementAssignment | null => {
  const assignees = assigneeFields.flatMap((field) => firstTextOf(row, field) ?? []).map(plain);
  if (assignees.length === 0) throw new MalformedAnswer('`RoleAssigneeName` is missing');
  if (optionalBooleanOf(row, 'Enabled') === false) return null;
  return {
    name: firstTextOf(row, 'Name', 'Identity'),
    role: plain(stringOf(row, 'Role')),
    assignees,
    toGroup: /^(rolegroup|securitygroup|linkedrolegroup)$/i.test(firstTextOf(row, 'RoleAssigneeType') ?? ''),
    scope: scopeOf(row),
  };
};

/** `Role\Cmdlet`, where the row has no field for the role. */
const entryOf = (row: WireObject): readonly [role: string, command: string] => {
  const [role, command] = (firstTextOf(row, 'Identity') ?? '').split('\\');
  return [
    plain(firstTextOf(row, 'Role') ?? (role === undefined || role === '' ? stringOf(row, 'Role') : role)).toLowerCase(),
    firstTextOf(row, 'Name') ?? (command === undefined ? stringOf(row, 'Name') : command),
  ];
};

const parentOf = (row: WireObject): readonly [role: string, parent: string | null] => {
  const parent = firstTextOf(row, 'Parent');
  return [plain(stringOf(row, 'Name')).toLowerCase(), parent === null ? null : plain(parent)];
};

const together = (groups: readonly RoleGroup[]): readonly RoleGroup[] =>
  [...Map.groupBy(groups, ({ name }) => name.toLowerCase()).values()].map((same) => ({
    name: same[0]?.name ?? '',
    roles: [...new Set(same.flatMap(({ roles }) => roles))],
    members: same.flatMap(({ members }) => members),
  }));

/** Absent, old or senseless; an answer of several commands fails as a whole only where one of them makes no sense. */
const isSenseless = ({ reason }: ReadFailure): boolean => reason === 'malformed';

/**
 * What evidence tells of roles in Exchange, of whatever commands there are. A failure where one makes no sense, or where
 * none tells of role groups: then the reason why the first one doesn't.
 */
export const exchangeRolesIn = (input: EvidenceInput): Answer<ExchangeRoles> => {
  const groups = evidenceRows('Get-RoleGroup', input, groupOf);
  const members = evidenceRows('Get-RoleGroupMember', input, memberOf);
  const assignments = evidenceRows('Get-ManagementRoleAssignment', input, assignmentOf);
  const entries = evidenceRows('Get-ManagementRoleEntry', input, entryOf);
  const parents = evidenceRows('Get-ManagementRole', input, parentOf);
  for (const read of [groups, members, assignments, entries, parents])
    if (!read.ok && isSenseless(read.error)) return err(read.error);
  if (!groups.ok && !members.ok && !assignments.ok) return groups;
  return ok({
    groups: together([...(groups.ok ? groups.value : []), ...(members.ok ? members.value : [])]),
    assignments: (assignments.ok ? assignments.value : []).flatMap((one) => one ?? []),
    commands: new Map(
      [...Map.groupBy(entries.ok ? entries.value : [], ([role]) => role)].map(([role, rows]) => [
        role,
        [...new Set(rows.map(([, command]) => command))].sort(),
      ]),
    ),
    parents: new Map((parents.ok ? parents.value : []).flatMap(([role, of]) => (of === null ? [] : [[role, of]]))),
  });
};
