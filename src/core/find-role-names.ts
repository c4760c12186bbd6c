import { chunk } from './chunk.ts';
import { listRows, quoted } from './list-rows.ts';
import type { Answer, GraphPort } from './ports.ts';
import { ok } from './result.ts';
import { objectOf, stringOf } from './wire.ts';

/** Microsoft Graph takes at most 15 values in an `in` filter (source: advanced query capabilities, Microsoft Graph). */
const idsPerFilter = 15;

const parseRole = (row: unknown) => {
  const wire = objectOf(row, 'a directory role assignment');
  const definition = objectOf(wire['roleDefinition'], '`roleDefinition`');
  return { principal: stringOf(wire, 'principalId').toLowerCase(), role: stringOf(definition, 'displayName') };
};

/** Directory roles that each of these holds, by name. */
export const findRoleNames = async (
  graph: GraphPort,
  principals: readonly string[],
): Promise<Answer<ReadonlyMap<string, readonly string[]>>> => {
  const paths = chunk(principals, idsPerFilter).map(
    (some) =>
      `/roleManagement/directory/roleAssignments?$filter=principalId in (${quoted(some)})&$expand=roleDefinition`,
  );
  const rows = await listRows(graph, paths, parseRole);
  if (!rows.ok) return rows;
  const byPrincipal = Map.groupBy(rows.value, ({ principal }) => principal);
  return ok(
    new Map([...byPrincipal].map(([id, held]) => [id, [...new Set(held.map(({ role }) => role))].sort()] as const)),
  );
};
