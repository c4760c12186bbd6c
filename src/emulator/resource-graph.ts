import { json, type Reply } from './api-request.ts';
import { type ArmCall, armBody } from './arm-call.ts';
import { ArmFailure } from './arm-failure.ts';
import { type Json, objectOf, textOf, textsOf } from './json.ts';
import { KqlError } from './kql-lex.ts';
import { type KqlPipeline, parseKql } from './kql-parse.ts';
import { type KqlTable, runKql } from './kql-run.ts';
import { type GraphScope, makeTables } from './resource-graph-tables.ts';

const DEFAULT_PAGE = 100;
const MOST = 1000;
const FILTERS = ['AtScopeAndBelow', 'AtScopeAndAbove', 'AtScopeExact', 'AtScopeAboveAndBelow'];

const badRequest = (call: ArmCall, code: string, message: string): ArmFailure =>
  new ArmFailure(
    400,
    'BadRequest',
    `Please provide below info when asking for support: timestamp = ${call.now().toISOString()}, correlationId = ${call.caller.objectId}.`,
    {},
    [{ code, message }],
  );

const invalidQuery = (call: ArmCall, error: KqlError): ArmFailure =>
  badRequest(
    call,
    'InvalidQuery',
    `Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying: ${error.message}`,
  );

/** The subscriptions and groups that a query is about, and how far it looks up and down from them. */
const scopeOf = (call: ArmCall, body: Json, options: Json): GraphScope => {
  const filter = textOf(options, 'authorizationScopeFilter') || 'AtScopeAndBelow';
  if (!FILTERS.includes(filter))
    throw badRequest(
      call,
      'InvalidAuthorizationScopeFilter',
      `The authorization scope filter '${filter}' is not one of ${FILTERS.join(', ')}.`,
    );
  const subscriptions = 'subscriptions' in body ? textsOf(body, 'subscriptions') : null;
  const groups = 'managementGroups' in body ? textsOf(body, 'managementGroups') : null;
  if (subscriptions !== null && groups !== null)
    throw badRequest(call, 'InvalidScope', 'Either subscriptions or management groups can be given, not both.');
  return { subscriptions, groups, above: /above/i.test(filter), below: filter.endsWith('Below') };
};

const pageSize = (call: ArmCall, options: Json): number => {
  const top = options['$top'];
  if (top === undefined || top === null) return DEFAULT_PAGE;
  if (typeof top === 'number' && Number.isInteger(top) && top >= 1 && top <= MOST) return top;
  throw badRequest(call, 'InvalidTop', `The value '${String(top)}' of $top must be between 1 and ${MOST}.`);
};

const offsetOf = (call: ArmCall, options: Json): number => {
  const token = textOf(options, '$skipToken');
  if (token === '') return typeof options['$skip'] === 'number' ? options['$skip'] : 0;
  const offset = Number(Buffer.from(token, 'base64').toString('utf8').replace('embedded.', ''));
  if (Number.isInteger(offset) && offset > 0) return offset;
  throw badRequest(call, 'InvalidSkipToken', 'The skip token is not valid.');
};

/** Only a query that projects and orders by `id` can be read on past its first page (source: docs on paging). */
const isPageable = (query: KqlPipeline, table: KqlTable): boolean =>
  table.columns.includes('id') &&
  query.steps.some(
    (step) => step.op === 'order' && step.by.some(({ value }) => value.op === 'column' && value.name === 'id'),
  );

const asTable = (table: KqlTable, rows: KqlTable['rows']): Json => ({
  columns: table.columns.map((name) => ({ name, type: 'string' })),
  rows: rows.map((row) => table.columns.map((name) => row[name] ?? null)),
});

/** Answers a Resource Graph query. */
export const answerResourceGraph = (call: ArmCall): Reply => {
  if (call.request.method !== 'POST')
    throw new ArmFailure(405, 'MethodNotAllowed', 'Resource Graph takes POST requests.');
  const body = armBody(call);
  const options = objectOf(body, 'options');
  const text = textOf(body, 'query');
  if (text === '') throw badRequest(call, 'InvalidQuery', 'The query is missing.');
  const scope = scopeOf(call, body, options);
  const size = call.pageSize === null ? pageSize(call, options) : Math.min(call.pageSize, pageSize(call, options));
  const offset = offsetOf(call, options);
  try {
    const query = parseKql(text);
    const table = runKql(query, makeTables(call, scope));
    const rows = table.rows.slice(offset, offset + size);
    const more = offset + size < table.rows.length;
    const pageable = isPageable(query, table);
    const filled = rows.map((row) => Object.fromEntries(table.columns.map((name) => [name, row[name] ?? null])));
    const answer = {
      totalRecords: table.rows.length,
      count: rows.length,
      data: textOf(options, 'resultFormat') === 'table' ? asTable(table, rows) : filled,
      facets: [],
      resultTruncated: more && !pageable ? 'true' : 'false',
      ...(more && pageable ? { $skipToken: Buffer.from(`embedded.${offset + size}`).toString('base64') } : {}),
    };
    return json(answer);
  } catch (error) {
    if (error instanceof KqlError) throw invalidQuery(call, error);
    throw error;
  }
};
