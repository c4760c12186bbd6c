import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The law of the layers: what each may import of ours. docs/architecture.md is the comment to it. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: ['core'],
  knowledge: ['knowledge', 'core'],
  kinds: ['core', 'knowledge'],
  rules: ['core', 'knowledge'],
  writers: ['core'],
  guard: ['guard', 'core', 'knowledge'],
  report: ['report', 'core'],
  app: ['app', 'core', 'knowledge', 'kinds', 'rules', 'writers', 'guard'],
  adapters: ['adapters', 'core'],
  emulator: ['emulator', 'core'],
  commands: [
    'commands',
    'entry',
    'core',
    'app',
    'adapters',
    'emulator',
    'report',
    'rules',
    'knowledge',
    'kinds',
    'writers',
    'guard',
  ],
  entry: ['commands', 'entry', 'core', 'app', 'adapters', 'report', 'rules', 'knowledge', 'kinds', 'writers', 'guard'],
};

/** Packages and Node modules that a layer may use; a layer that isn't here uses none. */
const mayUse: Readonly<Record<string, RegExp>> = {
  core: /^yaml$/,
  app: /^canonicalize$/,
  adapters: /^(node:.*|yaml|@azure\/.*|@microsoft\/microsoft-graph-client|@actions\/github(\/lib\/utils)?)$/,
  emulator: /^(node:.*|yaml|@peculiar\/x509|reflect-metadata)$/,
  commands: /^node:.*$/,
  entry: /^(node:.*|commander|@actions\/core)$/,
};

/** Equals that don't know each other: only the list of them may name them. */
const strangers = ['kinds', 'rules', 'writers'];
const pureLayers = ['core', 'knowledge', 'kinds', 'rules', 'writers', 'guard', 'report', 'app'];
const linesAtMost = 300;

const files = globSync('src/**/*.ts').filter((file) => !file.includes('/generated/'));
const layerOf = (file: string): string => {
  const [, layer, ...rest] = file.split('/');
  return rest.length === 0 ? 'entry' : (layer ?? '');
};
const source = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));

const importsOf = (file: string): string[] => {
  const text = source.get(file) ?? '';
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^;]*?from '([^']+)'|import\('([^']+)'\)|(?:^|\n)import '([^']+)'/g,
  );
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
};
const isOurs = (path: string): boolean => path.startsWith('.');
const target = (file: string, path: string): string => normalize(join(dirname(file), path));
const typeOnly = (file: string, path: string): boolean =>
  new RegExp(`(?:^|\\n)(?:import|export) type [^;]*?from '${path.replaceAll('.', '\\.')}'`).test(
    source.get(file) ?? '',
  );

describe('architecture', () => {
  it('sees the modules at all', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(new Set(files.map(layerOf))).toEqual(new Set(Object.keys(mayImport)));
  });

  it('layers import only what lies below them', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter(isOurs)
        .map((path) => target(file, path))
        .filter((path) => !mayImport[layerOf(file)]?.includes(layerOf(path)))
        .filter(
          (path) =>
            !(strangers.includes(layerOf(file)) && file.endsWith('/index.ts') && layerOf(path) === layerOf(file)),
        )
        .map((path) => `${file} imports ${path}`),
    );
    expect(wrong).toEqual([]);
  });

  it('layers use only the packages they are given', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((path) => !isOurs(path))
        .filter((path) => mayUse[layerOf(file)]?.test(path) !== true)
        .map((path) => `${file} uses ${path}`),
    );
    expect(wrong).toEqual([]);
  });

  it('no cycle of imports', () => {
    const graph = new Map(
      files.map((file) => [
        file,
        importsOf(file)
          .filter((path) => isOurs(path) && !typeOnly(file, path))
          .map((path) => target(file, path)),
      ]),
    );
    const done = new Set<string>();
    const cycleFrom = (file: string, path: readonly string[]): string | null => {
      if (path.includes(file)) return [...path.slice(path.indexOf(file)), file].join(' → ');
      if (done.has(file)) return null;
      for (const next of graph.get(file) ?? []) {
        const cycle = cycleFrom(next, [...path, file]);
        if (cycle !== null) return cycle;
      }
      done.add(file);
      return null;
    };
    expect(files.flatMap((file) => cycleFrom(file, []) ?? [])).toEqual([]);
  });

  it('pure layers ask neither the clock nor chance', () => {
    const asks = /\bDate\.now\(|new Date\(\)|Math\.random\(|\bperformance\./;
    expect(files.filter((file) => pureLayers.includes(layerOf(file)) && asks.test(source.get(file) ?? ''))).toEqual([]);
  });

  it(`no file is longer than ${linesAtMost} lines, and the median is under 100`, () => {
    const all = [...files, ...globSync('{test,scripts}/**/*.ts')];
    const lengths = all.map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length - 1 }));
    expect(lengths.filter(({ lines }) => lines > linesAtMost)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(100);
  });

  it('no work is left for later in words', () => {
    const left = /\b(TODO|FIXME|XXX|HACK)\b/;
    expect(files.filter((file) => left.test(source.get(file) ?? ''))).toEqual([]);
  });
});
