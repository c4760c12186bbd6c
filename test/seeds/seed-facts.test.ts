import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { renderSeedDocs } from '../../scripts/seed-docs.ts';
import type { Report } from '../../src/core/report.ts';
import { findProduct } from '../../src/knowledge/products.ts';
import { rules } from '../../src/rules/index.ts';
import { repositoryPath } from '../examples/read-example.ts';
import { hasSharedData, readSharedText } from '../knowledge/shared-data.ts';
import { checkContoso } from './check-contoso.ts';
import { findingsFor, readSeedFacts, seedText } from './read-seed-facts.ts';

const seeds = readSeedFacts();
const facts = seeds.systems.flatMap((system) => system.facts);
/** Told by `scan` alone, where no policy speaks of the identity. */
const scanRule = 'unmanaged-backup-access';
const ruleIds = [...rules.map(({ id }) => id), scanRule];
const counts = [19, 26, 43, 13];

describe('the file', () => {
  test('is what its schema says', () => {
    const schema = JSON.parse(readFileSync(join(import.meta.dirname, 'seed-facts.schema.json'), 'utf8')) as object;
    const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);
    validate(parse(seedText()));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('has every fact once, in order', () => {
    const ids = counts.flatMap((count, system) => Array.from({ length: count }, (_, row) => `${system}.${row + 1}`));
    expect(facts.map(({ id }) => id)).toEqual(ids);
    expect(ids).toHaveLength(101);
  });

  test.skipIf(!hasSharedData)('has the facts of the reference, where that is there', () => {
    const rows = readSharedText('reference/seed-requirements.md').matchAll(/^\|([0-3]\.[0-9]+)\|/gm);
    expect(facts.map(({ id }) => id)).toEqual(Array.from(rows, ([, id]) => id));
  });

  test('speaks of known products and of identities at its head', () => {
    expect(seeds.systems.filter(({ product }) => findProduct(product) === null)).toEqual([]);
    const named = facts
      .flatMap(({ checks = [], spares = [] }) => [...checks, ...spares])
      .map(({ identity }) => identity);
    expect(named.filter((name) => !Object.hasOwn(seeds.identities, name))).toEqual([]);
    expect(Object.keys(seeds.identities).filter((name) => !named.includes(name))).toEqual([]);
  });

  test('maps facts to rules that are there, and waits for none that is', () => {
    const mapped = facts.flatMap(({ checks = [], spares = [] }) => [...checks, ...spares]).map(({ rule }) => rule);
    expect(mapped.filter((rule) => !ruleIds.includes(rule))).toEqual([]);
    const awaited = facts.flatMap(({ id, waits }) =>
      ruleIds.includes(waits?.rule ?? '') ? [`${id}: ${waits?.rule}`] : [],
    );
    expect(awaited).toEqual([]);
  });
});

describe('on the tenant that was set up by the documents', () => {
  let report: Report | null = null;
  const findings = () => {
    if (report === null) throw new Error('the check did not run');
    return report.findings;
  };
  beforeAll(async () => {
    report = await checkContoso();
  }, 60_000);

  it('is read whole', () => {
    expect(report).toMatchObject({ conclusion: 'violations', diagnostics: [] });
    expect(report?.coverage.filter(({ state }) => state === 'gap')).toEqual([]);
  });

  it.each(facts.filter(({ checks }) => checks !== undefined))('$id is told of: $asks', ({ checks = [] }) => {
    const silent = checks.filter((expected) => findingsFor(expected, seeds.identities, findings()).length === 0);
    expect(silent).toEqual([]);
  });

  it.each(facts.filter(({ spares }) => spares !== undefined))('$id is right, and spared: $asks', ({ spares = [] }) => {
    const told = spares.flatMap((expected) => findingsFor(expected, seeds.identities, findings()));
    expect(told.map(({ message }) => message)).toEqual([]);
  });
});

test('the page is what the file says', () => {
  const page = repositoryPath('docs/seed-facts.md');
  expect(existsSync(page) && readFileSync(page, 'utf8') === renderSeedDocs(seeds), 'run `npm run docs`').toBe(true);
});
