import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

/**
 * Takes out of GitHub's own description of its REST API what the tests hold our requests against: parameters, bodies and
 * answers of the operations that the embedded GitHub serves, as JSON Schema 2020-12, without prose and examples. The
 * package is too large to be a dependency:
 *
 *     npm install --prefix /tmp/openapi @octokit/openapi@23.0.2
 *     node scripts/extract-github-openapi.ts /tmp/openapi && npm run format
 */
type Schema = Record<string, unknown>;

const repository = '/repos/{owner}/{repo}';
const wanted: readonly (readonly [string, string])[] = [
  ['get', '/issues/{issue_number}/comments'],
  ['post', '/issues/{issue_number}/comments'],
  ['patch', '/issues/comments/{comment_id}'],
  ['post', '/check-runs'],
  ['patch', '/check-runs/{check_run_id}'],
  ['post', '/pulls/{pull_number}/reviews'],
  ['get', '/pulls/{pull_number}/comments'],
  ['delete', '/pulls/comments/{comment_id}'],
  ['get', '/pulls/{pull_number}'],
  ['get', '/pulls/{pull_number}/files'],
  ['get', '/git/trees/{tree_sha}'],
  ['get', '/git/blobs/{file_sha}'],
  ['post', '/code-scanning/sarifs'],
  ['get', ''],
  ['get', '/branches/{branch}'],
  ['get', '/commits'],
  ['get', '/commits/{commit_sha}/pulls'],
  ['get', '/commits/{ref}/check-runs'],
  ['get', '/pulls/{pull_number}/commits'],
  ['get', '/pulls/{pull_number}/reviews'],
  ['get', '/activity'],
  ['get', '/collaborators/{username}/permission'],
  ['get', '/environments/{environment_name}'],
  ['get', '/actions/runs/{run_id}'],
  ['get', '/actions/runs/{run_id}/approvals'],
  ['get', '/git/commits/{commit_sha}'],
  ['post', '/git/commits'],
  ['post', '/git/trees'],
  ['get', '/git/ref/{ref}'],
  ['post', '/git/refs'],
  ['patch', '/git/refs/{ref}'],
  ['get', '/deployments'],
  ['post', '/deployments'],
  ['get', '/deployments/{deployment_id}/statuses'],
  ['post', '/deployments/{deployment_id}/statuses'],
  ['get', '/orgs/{org}/teams/{team_slug}/memberships/{username}'],
];

/** Words of a schema that hold a value as it is. */
const plain = [
  'type enum format required pattern minimum maximum minLength maxLength minItems maxItems',
  'minProperties maxProperties uniqueItems',
].flatMap((words) => words.split(' '));

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const mapped = (value: Schema): Schema =>
  Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, bare(schema)]));

/** A schema without prose; `nullable` of OpenAPI 3.0 becomes a type. */
const bare = (schema: unknown): unknown => {
  if (!isObject(schema)) return schema;
  const kept: Schema = {};
  for (const [word, value] of Object.entries(schema)) {
    if (plain.includes(word)) kept[word] = value;
    else if ((word === 'properties' || word === 'patternProperties') && isObject(value)) kept[word] = mapped(value);
    else if (word === 'items' || word === 'additionalProperties' || word === 'not') kept[word] = bare(value);
    else if (['oneOf', 'anyOf', 'allOf'].includes(word) && Array.isArray(value)) kept[word] = value.map(bare);
  }
  if (schema['nullable'] !== true) return kept;
  const { type, enum: values } = kept;
  if (typeof type !== 'string') return { anyOf: [kept, { type: 'null' }] };
  return { ...kept, type: [type, 'null'], ...(Array.isArray(values) ? { enum: [...new Set([...values, null])] } : {}) };
};

const jsonSchemaOf = (holder: unknown): unknown => {
  const content = isObject(holder) && isObject(holder['content']) ? holder['content'] : {};
  const media = content['application/json'];
  return isObject(media) ? bare(media['schema']) : null;
};

const [, , folder] = process.argv;
if (folder === undefined) throw new Error('give the folder in which @octokit/openapi is installed');
const load = createRequire(`${resolve(folder)}/`);
const { version } = load('@octokit/openapi/package.json') as { version: string };
const { schemas } = load('@octokit/openapi') as { schemas: Record<string, { paths: Record<string, Schema> }> };
const paths = schemas['api.github.com.deref']?.paths ?? {};

const operations = wanted.map(([method, below]) => {
  const path = below.startsWith('/orgs/') ? below : `${repository}${below}`;
  const operation = paths[path]?.[method];
  if (!isObject(operation)) throw new Error(`${method} ${path} is not described`);
  const parameters = (operation['parameters'] as readonly Schema[]).map((parameter) => ({
    name: parameter['name'],
    in: parameter['in'],
    required: parameter['required'] === true,
    schema: bare(parameter['schema']),
  }));
  const responses = Object.entries(operation['responses'] as Schema).map(([status, held]) => [
    status,
    jsonSchemaOf(held),
  ]);
  const requestBody = jsonSchemaOf(operation['requestBody']);
  return { method: method.toUpperCase(), path, parameters, requestBody, responses: Object.fromEntries(responses) };
});

mkdirSync('test/fixtures', { recursive: true });
const source = { package: '@octokit/openapi', version, description: 'api.github.com', license: 'MIT' };
writeFileSync('test/fixtures/github-openapi.json', `${JSON.stringify({ source, operations }, null, 2)}\n`);
