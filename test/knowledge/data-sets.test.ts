import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  compileDataSet,
  compileProducts,
  dataFolder,
  dataSetNames,
  generatedFolder,
  profileNames,
  readData,
  readProfile,
} from '../../scripts/build-knowledge.ts';

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
const addFormats = addFormatsModule as unknown as (target: Ajv2020) => void;
addFormats(ajv);

describe.each(dataSetNames)('data set %s', (name) => {
  const schema = JSON.parse(readFileSync(join(dataFolder, `${name}.schema.json`), 'utf8')) as object;

  test('its YAML is what its schema says', () => {
    const validate = ajv.compile(schema);
    validate(parse(readData(name)));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('its schema refuses an unknown key', () => {
    const validate = ajv.compile({ ...schema });
    expect(validate({ ...(parse(readData(name)) as object), colour: 'blue' })).toBe(false);
  });

  test('its generated JSON is the YAML compiled', () => {
    expect(readFileSync(join(generatedFolder, `${name}.json`), 'utf8')).toBe(compileDataSet(name, readData));
  });

  test('its YAML points an editor at its schema', () => {
    expect(readData(name).split('\n')[0]).toBe(`# yaml-language-server: $schema=./${name}.schema.json`);
  });
});

test('every file of data belongs to a data set', () => {
  const files = readdirSync(dataFolder).sort();
  expect(files).toEqual(dataSetNames.flatMap((name) => [`${name}.schema.json`, `${name}.yaml`]).sort());
  expect(readdirSync(generatedFolder).sort()).toEqual(
    [...dataSetNames, 'products'].map((name) => `${name}.json`).sort(),
  );
});

test('compiling twice gives the same bytes', () => {
  for (const name of dataSetNames) expect(compileDataSet(name, readData)).toBe(compileDataSet(name, readData));
});

test('an unknown data set is our mistake', () => {
  expect(() => compileDataSet('weather', readData)).toThrow('no such data set: `weather`');
});

describe('product profiles', () => {
  test('their generated JSON is the profiles compiled', () => {
    const compiled = compileProducts(profileNames(), readData, readProfile);
    expect(readFileSync(join(generatedFolder, 'products.json'), 'utf8')).toBe(compiled);
  });

  test.each(profileNames())('%s points an editor at its schema and is called as its product', (name) => {
    const [first] = readProfile(name).split('\n');
    expect(first).toBe('# yaml-language-server: $schema=../../schemas/backup-product-profile.v1.schema.json');
    expect((parse(readProfile(name)) as { metadata: { name: string } }).metadata.name).toBe(name.replace('.yaml', ''));
  });

  test('a mistake in one stops the build, with its place', () => {
    const build = () => compileProducts(['a.yaml'], readData, () => 'apiVersion: backup-access/v1\nkind: Product\n');
    expect(build).toThrow('a.yaml:2: a file of kind `Product` is not expected here');
  });
});
