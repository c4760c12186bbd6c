import { chunk } from '../core/chunk.ts';
import type { DirectoryRoleAssignmentFact, Fact } from '../core/fact.ts';
import { governedAccess } from '../core/governed-access.ts';
import { type IdentityId, type RoleId, roleId } from '../core/ids.ts';
import {
  type Desired,
  defineKind,
  type FoundIdentity,
  gapOf,
  graphNeed,
  mergeReadings,
  type ReadInput,
  type Reading,
} from '../core/kind.ts';
import { didYouMean, type Lookup, type Names } from '../core/names.ts';
import type { Policy } from '../core/policy.ts';
import { policyProblem } from '../core/policy-problem.ts';
import { readRows } from '../core/read-rows.ts';
import { objectOf, optionalStringOf, stringOf } from '../core/wire.ts';

const needs = 'RoleManagement.Read.Directory';

/** Microsoft Graph takes at most 15 values in an `in` filter (source: advanced query capabilities, Microsoft Graph). */
const idsPerFilter = 15;

const factOf = (
  identity: IdentityId,
  role: { id: RoleId; name: string },
  scope: string,
): DirectoryRoleAssignmentFact => ({
  kind: 'directory-role-assignment',
  key: `directory-role-assignment/${identity.toLowerCase()}/${role.id}/${scope.toLowerCase()}`,
  identity,
  subject: role.name,
  role: role.id,
  scope,
  assignmentId: null,
  eligible: false,
});

const directoryScope = (administrativeUnit: string | null): string =>
  administrativeUnit === null ? '/' : `/administrativeUnits/${administrativeUnit}`;

/** A role that no list tells of, as a custom one that nobody holds, stands for itself. */
const resolveRole = (name: string, names: Names): Lookup<{ readonly id: RoleId; readonly name: string }> => {
  const found = names.directoryRole(name);
  return found.state === 'unsure' ? { state: 'found', value: { id: roleId(name), name } } : found;
};

const desired = (policy: Policy, names: Names): Desired => {
  const written = (governedAccess(policy)?.directoryRoles ?? []).filter(({ eligible }) => !eligible);
  const resolved = written.map((role) => ({ role, found: resolveRole(role.role, names) }));
  return {
    facts: resolved.flatMap(({ role, found }) =>
      found.state !== 'found'
        ? []
        : policy.identities.map(({ id }) => ({
            fact: factOf(id, found.value, directoryScope(role.scope)),
            place: role.place,
          })),
    ),
    problems: resolved.flatMap(({ role, found }) => {
      if (found.state === 'found') return [];
      const message = `no directory role is called \`${role.role}\``;
      return [
        policyProblem(policy, role.place, {
          code: 'unknown-role',
          subject: role.role,
          message,
          help: didYouMean(found),
        }),
      ];
    }),
  };
};

const parseRow = (row: unknown) => {
  const wire = objectOf(row, 'a directory role assignment');
  const definition = objectOf(wire['roleDefinition'], '`roleDefinition`');
  return {
    id: stringOf(wire, 'id'),
    principal: stringOf(wire, 'principalId').toLowerCase(),
    role: {
      id: roleId(optionalStringOf(definition, 'templateId') ?? stringOf(definition, 'id')),
      name: stringOf(definition, 'displayName'),
    },
    scope: optionalStringOf(wire, 'directoryScopeId') ?? '/',
  };
};

const readSome = async (identities: readonly FoundIdentity[], { ports }: ReadInput): Promise<Reading> => {
  const byPrincipal = Map.groupBy(identities, ({ objectId }) => objectId as string);
  const ids = [...byPrincipal.keys()].map((id) => `'${id}'`).join(',');
  const path = `/roleManagement/directory/roleAssignments?$filter=principalId in (${ids})&$expand=roleDefinition`;
  const rows = readRows(await ports.graph.list(path), `GET ${path}`, parseRow);
  if (!rows.ok)
    return {
      facts: [],
      gaps: identities.map((identity) => gapOf('directory-role-assignment', identity, needs, rows.error)),
    };
  const facts: Fact[] = rows.value.flatMap((row) => {
    const holders = byPrincipal.get(row.principal) ?? [];
    return holders.map(({ id }) => ({ ...factOf(id, row.role, row.scope), assignmentId: row.id }));
  });
  return { facts, gaps: [], names: { directoryRoles: rows.value.map(({ role }) => role) } };
};

const declares = (policy: Policy): boolean =>
  policy.state === 'retired' || governedAccess(policy)?.directoryRoles != null;

/** Directory roles, of every identity: one that no policy speaks of may be the one that takes over the tenant. */
export const directoryRoleAssignment = defineKind<'directory-role-assignment'>({
  id: 'directory-role-assignment',
  title: 'Directory role assignment',
  needs,
  asks: () => [graphNeed(needs)],
  planned: false,
  governs: declares,
  desired,
  read: async (input) => {
    const found = input.identities.filter(({ objectId }) => objectId !== null);
    return mergeReadings(await Promise.all(chunk(found, idsPerFilter).map((some) => readSome(some, input))));
  },
  same: () => true,
});
