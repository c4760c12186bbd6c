import { findPeople, type Person } from './find-users.ts';
import type { Answer, GraphPort } from './ports.ts';
import { readRows } from './read-rows.ts';
import { ok } from './result.ts';
import { objectOf, optionalStringOf, stringOf } from './wire.ts';

/** A person with directory roles on the whole directory. */
export interface Administrator extends Person {
  /** By name, sorted. */
  readonly roles: readonly string[];
}

const parseHolder = (row: unknown) => {
  const wire = objectOf(row, 'a directory role assignment');
  return {
    id: stringOf(wire, 'principalId').toLowerCase(),
    scope: optionalStringOf(wire, 'directoryScopeId') ?? '/',
  };
};

const holdersOf = async (
  graph: GraphPort,
  role: { readonly id: string; readonly name: string },
): Promise<Answer<readonly { readonly id: string; readonly role: string }[]>> => {
  const path = `/roleManagement/directory/roleAssignments?$filter=roleDefinitionId eq '${role.id}'`;
  const rows = readRows(await graph.list(path), `GET ${path}`, parseHolder);
  if (!rows.ok) return rows;
  return ok(rows.value.filter(({ scope }) => scope === '/').map(({ id }) => ({ id, role: role.name })));
};

/**
 * The people who hold some roles on the whole directory: one request for each role, and one for 15 people. A role that was
 * activated looks as one held for good does; groups and applications that hold one are left out.
 */
export const readAdministrators = async (
  graph: GraphPort,
  roles: readonly { readonly id: string; readonly name: string }[],
): Promise<Answer<readonly Administrator[]>> => {
  const lists = await Promise.all(roles.map((role) => holdersOf(graph, role)));
  const failed = lists.find((list) => !list.ok);
  if (failed !== undefined && !failed.ok) return failed;
  const held = lists.flatMap((list) => (list.ok ? list.value : []));
  if (held.length === 0) return ok([]);
  const people = await findPeople(
    graph,
    'id',
    held.map(({ id }) => id),
  );
  if (!people.ok) return people;
  const rolesOf = (id: string) => held.filter((one) => one.id === id).map(({ role }) => role);
  return ok(people.value.map((person) => ({ ...person, roles: [...new Set(rolesOf(person.id))].sort() })));
};
