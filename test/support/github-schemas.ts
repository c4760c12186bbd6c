import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { GitHubExchange } from '../../src/emulator/github-state.ts';

type Schema = Readonly<Record<string, unknown>>;

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody: Schema | null;
  readonly responses: Readonly<Record<string, Schema | null>>;
}

const { operations } = JSON.parse(readFileSync('test/fixtures/github-openapi.json', 'utf8')) as {
  readonly operations: readonly Operation[];
};

const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
addFormats.default(ajv);
const lenient = new Ajv2020({ strict: false, allErrors: true, logger: false, coerceTypes: true });
addFormats.default(lenient);

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema, in which no field is allowed that it doesn't describe. */
const closed = (schema: Schema): Schema => {
  const { properties, items } = schema;
  const inner = isSchema(properties)
    ? Object.fromEntries(Object.entries(properties).map(([name, held]) => [name, isSchema(held) ? closed(held) : held]))
    : null;
  return {
    ...schema,
    ...(isSchema(items) ? { items: closed(items) } : {}),
    ...(inner === null ? {} : { properties: inner, additionalProperties: schema['additionalProperties'] ?? false }),
  };
};

/** The schema, in which no field has to be there. */
const partial = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(partial);
  if (!isSchema(schema)) return schema;
  const entries = Object.entries(schema).filter(([word, value]) => word !== 'required' || !Array.isArray(value));
  return Object.fromEntries(entries.map(([word, value]) => [word, partial(value)]));
};

const problems = (of: Ajv2020, schema: unknown, value: unknown, what: string): string[] => {
  const validate = of.compile(schema as Schema);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${what}${instancePath} ${message}`);
};

/** The path of an operation that a request went to, with its variable parts. */
const matchOf = (path: string, operation: Operation): Readonly<Record<string, string>> | null => {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const found = new RegExp(
    `^${operation.path.replaceAll(/\{\w+\}/g, (part) => (part === '{ref}' ? '(.+)' : '([^/]+)'))}$`,
  ).exec(path);
  return found === null ? null : Object.fromEntries(names.map((name, at) => [name, found[at + 1] ?? '']));
};

/** A request's path and query, as on github.com: GitHub Enterprise Server has its API under a path. */
const targetOf = ({ path }: GitHubExchange): readonly [string, string] => {
  const [before = '', query = ''] = path.replace(/^\/api\/v3(?=\/)/, '').split('?');
  return [before, query];
};

/** Which of GitHub's operations a request is; `null` where it is none. */
const operationOf = (exchange: GitHubExchange): Operation | null =>
  operations.find((known) => known.method === exchange.method && matchOf(targetOf(exchange)[0], known) !== null) ??
  null;

/** Everything that GitHub's own description finds wrong with a request. */
export const requestProblems = (exchange: GitHubExchange): readonly string[] => {
  const operation = operationOf(exchange);
  if (operation === null) return [`${exchange.method} ${exchange.path} is no operation of GitHub`];
  const [path, query] = targetOf(exchange);
  const sent = { path: matchOf(path, operation) ?? {}, query: Object.fromEntries(new URLSearchParams(query)) };
  const found: string[] = [];
  for (const place of ['path', 'query'] as const) {
    const known = operation.parameters.filter((parameter) => parameter.in === place);
    const schema = {
      type: 'object',
      properties: Object.fromEntries(known.map(({ name, schema: held }) => [name, held])),
      required: known.filter(({ required }) => required).map(({ name }) => name),
      additionalProperties: false,
    };
    found.push(...problems(lenient, schema, { ...sent[place] }, place));
  }
  const { requestBody } = operation;
  if (requestBody === null) return exchange.requestBody === undefined ? found : [...found, 'a body was sent'];
  return [...found, ...problems(ajv, closed(requestBody), exchange.requestBody, 'body')];
};

/** Everything that GitHub's own description finds wrong with an answer; `whole`: no field may be lacking. */
export const answerProblems = (exchange: GitHubExchange, whole: boolean): readonly string[] => {
  const schema = operationOf(exchange)?.responses[String(exchange.status)];
  if (schema === undefined) return [`HTTP ${exchange.status} is no answer of ${exchange.method} ${exchange.path}`];
  if (schema === null) return exchange.responseBody === undefined ? [] : ['there is a body'];
  return problems(ajv, whole ? schema : partial(schema), exchange.responseBody, 'answer');
};
