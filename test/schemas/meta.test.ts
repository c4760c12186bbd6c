import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { childSchemas, type JsonSchema, resolveSchema } from '../../scripts/json-schema.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'schemas');
const files = readdirSync(folder).sort();
const schemaOf = (file: string): JsonSchema => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const home = 'https://raw.githubusercontent.com/backup-access-guard/backup-access-guard/main/schemas/';

interface Visited {
  readonly path: string;
  readonly schema: JsonSchema;
  readonly isProperty: boolean;
}

/** Every schema within a schema, definitions resolved, each definition once. */
const visit = (top: JsonSchema): readonly Visited[] => {
  const found: Visited[] = [];
  const walk = (schema: JsonSchema, path: string, isProperty: boolean): void => {
    found.push({ path, schema: resolveSchema(top, schema), isProperty });
    if (schema.$ref !== undefined) return;
    for (const [step, child] of childSchemas(schema)) walk(child, `${path}/${step}`, step.startsWith('properties/'));
  };
  walk(top, '#', false);
  for (const [name, definition] of Object.entries(top.$defs ?? {})) walk(definition, `#/$defs/${name}`, false);
  return found;
};

const typesOf = (schema: JsonSchema): readonly unknown[] => [schema['type']].flat();
const isLeaf = (schema: JsonSchema): boolean =>
  schema.properties === undefined && !typesOf(schema).includes('object') && schema['items'] === undefined;

const compile = (schema: JsonSchema) => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  ajv.addVocabulary(['enumDescriptions']);
  return ajv.compile(schema);
};

it('six schemas are published', () => {
  expect(files).toEqual([
    'backup-access-config.v1.schema.json',
    'backup-access-policy.v1.schema.json',
    'backup-product-profile.v1.schema.json',
    'evidence.v1.schema.json',
    'plan.v1.schema.json',
    'report.v1.schema.json',
  ]);
});

describe.each(files)('%s', (file) => {
  const top = schemaOf(file);
  const all = visit(top);

  it('is strict JSON Schema 2020-12 under its published address', () => {
    expect(top['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(top['$id']).toBe(home + file);
    expect(() => compile(top)).not.toThrow();
    expect(all.length).toBeGreaterThan(6);
  });

  it('says of every property what it is, and shows every leaf by an example', () => {
    const properties = all.filter(({ isProperty }) => isProperty);
    const silent = properties.filter(({ schema }) => !/^[A-Z`].*\.$/.test(schema.description ?? ''));
    expect(silent.map(({ path }) => path)).toEqual([]);
    const bare = properties.filter(({ schema }) => isLeaf(schema) && !schema.examples?.length);
    expect(bare.map(({ path }) => path)).toEqual([]);
  });

  it('has examples that it accepts', () => {
    const shown = all.filter(({ schema }) => schema.examples !== undefined);
    expect(shown.length).toBeGreaterThan(3);
    for (const { path, schema } of shown) {
      const { $schema, $id, ...part } = schema;
      const validate = compile({ ...part, $defs: { ...top.$defs, ...part.$defs } });
      for (const example of schema.examples ?? []) {
        expect(validate(example), `${path}: ${JSON.stringify(example)}`).toBe(true);
      }
    }
  });

  it('is closed wherever a misspelt key could hide', () => {
    const open = all.filter(
      ({ schema }) => schema.properties !== undefined && schema['additionalProperties'] !== false,
    );
    expect(open.map(({ path }) => path)).toEqual([]);
    const compared = all.filter(({ schema }) => schema['uniqueItems'] !== undefined || schema['format'] !== undefined);
    expect(compared.map(({ path }) => path)).toEqual([]);
  });

  it('has no pattern in which one repetition lies within another', () => {
    for (const { path, schema } of all) {
      if (typeof schema['pattern'] !== 'string') continue;
      expect(schema['pattern'], path).not.toMatch(/[+*}]\)[+*{]/);
      const started = performance.now();
      new RegExp(schema['pattern'], 'u').test(`/${'a/'.repeat(100_000)}`);
      new RegExp(schema['pattern'], 'u').test(`https://${'a.'.repeat(100_000)}!`);
      expect(performance.now() - started, path).toBeLessThan(1000);
    }
  });
});

describe.each(files.filter((file) => !file.startsWith('report')))('%s, which people write by', (file) => {
  it('bounds every list and text', () => {
    const all = visit(schemaOf(file));
    const unbounded = all.filter(({ path, schema }) => {
      if (path.endsWith('/if')) return false;
      const types = typesOf(schema);
      if (types.includes('array') && schema['maxItems'] === undefined) return true;
      const isChosen = schema.enum !== undefined || schema['const'] !== undefined || schema['if'] !== undefined;
      return types.includes('string') && !isChosen && schema['maxLength'] === undefined;
    });
    expect(unbounded.map(({ path }) => path)).toEqual([]);
  });
});

it('every workload has its description', () => {
  const { workload } = schemaOf('backup-access-policy.v1.schema.json').$defs ?? {};
  expect(workload?.enum).toHaveLength(47);
  expect(workload?.['enumDescriptions']).toHaveLength(47);
});

it('profiles and policies speak of the same workloads, operations, names and days', () => {
  const policy = schemaOf('backup-access-policy.v1.schema.json').$defs ?? {};
  const profile = schemaOf('backup-product-profile.v1.schema.json').$defs ?? {};
  for (const name of ['workload', 'operation', 'name', 'date']) expect(profile[name], name).toEqual(policy[name]);
});

it('the compiled validators are what the schemas compile to, and need nothing else', async () => {
  const out = mkdtempSync(join(tmpdir(), 'schemas-'));
  execFileSync(process.execPath, [join(root, 'scripts/build-schemas.ts'), out]);
  const generated = join(root, 'src/core/generated');
  expect(readdirSync(out).sort()).toEqual(readdirSync(generated).sort());
  for (const name of readdirSync(out)) {
    const text = readFileSync(join(out, name), 'utf8');
    expect(text === readFileSync(join(generated, name), 'utf8'), `${name} is stale: run scripts/build-schemas.ts`).toBe(
      true,
    );
    // There is no package to be found from the temporary folder.
    if (name.endsWith('.js')) await import(pathToFileURL(join(out, name)).href);
  }
});
