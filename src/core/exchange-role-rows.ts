import { chunk } from './chunk.ts';
import type { Answer, GraphPort, ReadFailure } from './ports.ts';
import { readRows } from './read-rows.ts';
import { err, ok } from './result.ts';
import { MalformedAnswer, objectOf, optionalStringOf, stringOf, type WireObject } from './wire.ts';

/** An Exchange role assignment as Microsoft Graph (beta) tells it, with names in the place of ids. */
export interface ExchangeRoleRow {
  readonly id: string;
  /** `/ServicePrincipals/<object id>` or `/Users/<object id>`, lower case. */
  readonly principal: string;
  readonly role: string;
  /** As policies spell scopes. */
  readonly scope: string;
}

/** Still with the ids of the role and of a custom scope. `scope`: as policies spell it, `null` where a custom one counts. */
interface RawRow extends Omit<ExchangeRoleRow, 'scope'> {
  readonly scope: string | null;
  readonly appScope: string | null;
}

/** Microsoft Graph takes at most 15 values in an `in` filter (source: advanced query capabilities, Microsoft Graph). */
const idsPerFilter = 15;

const places: Readonly<Record<string, string>> = {
  groups: 'group',
  administrativeunits: 'administrativeUnit',
  users: 'user',
};

/** `/` is all of the organisation, `/Groups/<id>` a group: Microsoft's clients differ in case. */
const directoryScopeOf = (id: string): string => {
  if (id === '/') return 'organization';
  const [, collection = '', object = ''] = id.split('/');
  const place = places[collection.toLowerCase()];
  if (place === undefined || object === '') throw new MalformedAnswer(`\`directoryScopeId\` is \`${id}\``);
  return `${place}:${object.toLowerCase()}`;
};

const parseRow = (row: unknown): RawRow => {
  const wire = objectOf(row, 'an Exchange role assignment');
  const [directoryScope, appScope] = [optionalStringOf(wire, 'directoryScopeId'), optionalStringOf(wire, 'appScopeId')];
  if (directoryScope === null && appScope === null)
    throw new MalformedAnswer('both `directoryScopeId` and `appScopeId` are missing');
  return {
    id: stringOf(wire, 'id'),
    principal: stringOf(wire, 'principalId').toLowerCase(),
    role: stringOf(wire, 'roleDefinitionId').toLowerCase(),
    scope: appScope === null && directoryScope !== null ? directoryScopeOf(directoryScope) : null,
    appScope,
  };
};

const parseName = (row: unknown): readonly [id: string, name: string] => {
  const wire: WireObject = objectOf(row, 'an Exchange role or scope');
  return [stringOf(wire, 'id').toLowerCase(), stringOf(wire, 'displayName')];
};

const assignmentsPath = (filter: string): string => `/roleManagement/exchange/roleAssignments?$filter=${filter}`;

const listAssignments = async (graph: GraphPort, filter: string): Promise<Answer<readonly RawRow[]>> => {
  const path = assignmentsPath(filter);
  return readRows(await graph.list(path), `GET ${path}`, parseRow);
};

/** One filter for 15; one by one where the service refuses to take several, of which no page of Microsoft's speaks. */
const assignmentsOf = async (
  graph: GraphPort,
  principals: readonly string[],
): Promise<readonly Answer<readonly RawRow[]>[]> => {
  const [only] = principals;
  if (principals.length > 1) {
    const found = await listAssignments(graph, `principalId in (${principals.map((id) => `'${id}'`).join(',')})`);
    if (found.ok || found.error.status !== 400) return [found];
    return Promise.all(principals.map((id) => listAssignments(graph, `principalId eq '${id}'`)));
  }
  return only === undefined ? [] : [await listAssignments(graph, `principalId eq '${only}'`)];
};

const listNames = async (graph: GraphPort, what: string): Promise<Answer<ReadonlyMap<string, string>>> => {
  const path = `/roleManagement/exchange/${what}`;
  const rows = readRows(await graph.list(path), `GET ${path}`, parseName);
  return rows.ok ? ok(new Map(rows.value)) : rows;
};

const unknownName = (what: string, id: string): ReadFailure => ({
  reason: 'incomplete',
  status: 200,
  request: `GET /roleManagement/exchange/${what}`,
  detail: `\`${id}\` is assigned and not among them`,
});

/**
 * Exchange roles of principals. `expected`: are there likely to be any? Then the names of roles and scopes are asked for
 * in the same turn, so that all travels in one batch; else only once a role is found.
 */
export const readExchangeRoles = async (
  graph: GraphPort,
  principals: readonly string[],
  expected: boolean,
): Promise<Answer<readonly ExchangeRoleRow[]>> => {
  const names = () => Promise.all([listNames(graph, 'roleDefinitions'), listNames(graph, 'customAppScopes')]);
  const early = expected ? names() : null;
  const answers = await Promise.all(chunk(principals, idsPerFilter).map((some) => assignmentsOf(graph, some)));
  const raw: RawRow[] = [];
  for (const answer of answers.flat()) {
    if (!answer.ok) return answer;
    raw.push(...answer.value);
  }
  if (raw.length === 0 && early === null) return ok([]);
  const [roles, scopes] = await (early ?? names());
  if (!roles.ok) return roles;
  const rows: ExchangeRoleRow[] = [];
  for (const row of raw) {
    const role = roles.value.get(row.role);
    if (role === undefined) return err(unknownName('roleDefinitions', row.role));
    if (row.scope === null && !scopes.ok) return scopes;
    const scope = row.scope ?? (scopes.ok ? scopes.value.get(row.appScope?.toLowerCase() ?? '') : undefined);
    if (scope === undefined) return err(unknownName('customAppScopes', row.appScope ?? ''));
    rows.push({ id: row.id, principal: row.principal, role, scope });
  }
  return ok(rows);
};
