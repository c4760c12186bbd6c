import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/core/parse-config.ts';
import { parseEvidence } from '../../src/core/parse-evidence.ts';
import { parsePolicy } from '../../src/core/parse-policy.ts';
import { maxFileBytes } from '../../src/core/text-faults.ts';
import { samplePolicy } from './broken/sample-policy.ts';

const nasty = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  '<<',
];
const pieces = [
  ...nasty,
  'apiVersion: backup-access/v1',
  'kind: BackupAccessPolicy',
  'spec:',
  'metadata:',
  'identities:',
  'access:',
  ': ',
  '- ',
  '? ',
  '\n',
  '\r\n',
  '  ',
  '\t',
  '[',
  ']',
  '{',
  '}',
  ',',
  '"',
  "'",
  '|',
  '>',
  '&a',
  '*a',
  '!!str',
  '%YAML 1.1',
  '---',
  '...',
  '#',
  '\u0000',
  '\u202e',
  '\u200b',
  '\ufeff',
  '\ud800',
  '😀',
  '1e10',
  'null',
  '~',
  'on',
  '\\',
  '`',
  '<<<<<<<',
];
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 2000 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 300 }).map((parts) => parts.join('')),
  fc.array(fc.constantFrom(...samplePolicy.split('\n'), ...pieces), { maxLength: 60 }).map((lines) => lines.join('\n')),
  fc.json({ maxDepth: 6 }),
  fc
    .tuple(fc.nat(samplePolicy.length), fc.constantFrom(...pieces))
    .map(([at, piece]) => samplePolicy.slice(0, at) + piece + samplePolicy.slice(at)),
);

describe('whatever the text', () => {
  it('a result comes back, and every diagnostic points into the file', () => {
    fc.assert(
      fc.property(text, (written) => {
        const lines = written.replace(/^\ufeff/, '').split('\n').length;
        for (const parse of [parsePolicy, parseConfig, parseEvidence]) {
          const result = parse('a.yaml', written);
          if (result.ok) continue;
          expect(result.error.length).toBeGreaterThan(0);
          for (const { place, message } of result.error) {
            expect(place.line >= 1 && place.line <= lines && place.column >= 1).toBe(true);
            expect(message).not.toMatch(/[\n\r]/);
          }
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('no prototype changes', () => {
    const before = Object.getOwnPropertyNames(Object.prototype).sort();
    fc.assert(
      fc.property(fc.constantFrom(...nasty), fc.constantFrom(...nasty), (key, value) => {
        const keys = `"${key}": {"${value}": {polluted: true}}`;
        parsePolicy('a.yaml', `${samplePolicy}  access: {applicationPermissions: {${keys}}}`);
        parsePolicy('a.yaml', `{apiVersion: backup-access/v1, kind: BackupAccessPolicy, ${keys}}`);
        parseConfig('a.yaml', `apiVersion: backup-access/v1\nkind: BackupAccessConfig\ntenants: {${keys}}`);
        parseEvidence('a.json', `{"command": "Get-X", "result": {"${key}": {"${value}": 1}}, "${key}": 1}`);
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
        expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
      }),
    );
  });

  it('a policy cut off at any line is refused or asks for a part of what the whole asks for', () => {
    const whole = `${samplePolicy}  exceptions: []\n`;
    const lines = whole.split('\n');
    for (let kept = 0; kept < lines.length - 1; kept += 1) {
      const result = parsePolicy('a.yaml', lines.slice(0, kept).join('\n'));
      if (!result.ok) continue;
      expect(kept).toBeGreaterThanOrEqual(lines.indexOf('  protects:'));
    }
  });
});

describe('size, depth and time', () => {
  it.each([
    ['brackets', `${'['.repeat(60_000)}`],
    ['closed brackets', `a: ${'['.repeat(60_000)}${']'.repeat(60_000)}`],
    ['braces', `${'{a: '.repeat(50_000)}`],
    ['list items', '- '.repeat(60_000)],
    ['question marks', '? '.repeat(60_000)],
    ['indent', Array.from({ length: 600 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['keys', `a: 1\n${Array.from({ length: 20_000 }, (_, n) => `k${n}: 1`).join('\n')}`],
    ['twins', Array.from({ length: 30_000 }, () => 'a: 1').join('\n')],
    ['quotes', '"'.repeat(200_000)],
    ['empty lines', `${'\n'.repeat(250_000)}x`],
    ['blanks', `${' '.repeat(250_000)}x`],
    ['blank lines', `${' \n'.repeat(120_000)}x`],
    ['colons', ': '.repeat(100_000)],
    ['one long word', 'a'.repeat(200_000)],
    ['conflicts', '<<<<<<< a\n'.repeat(20_000)],
    ['invisible characters', '\u200b'.repeat(80_000)],
    ['aliases', `a: &a x\nb: [${'*a, '.repeat(60_000)}]`],
    ['unknown keys of a policy', `${samplePolicy}${Array.from({ length: 15_000 }, (_, n) => `  k${n}: 1`).join('\n')}`],
    ['identities', samplePolicy.replace('    - appId', `${'    - appId: x\n'.repeat(10_000)}    - appId`)],
    ['a long GUID', samplePolicy.replace(/appId: .*/, `appId: ${'a-'.repeat(100_000)}`)],
    ['a long scope', samplePolicy.replace(/\[\/sub[^\]]*/, `[${'/..'.repeat(80_000)}`)],
  ])('many %s end in a few diagnostics, soon', (_, written) => {
    const started = performance.now();
    const result = parsePolicy('a.yaml', written);
    expect(performance.now() - started).toBeLessThan(5000);
    expect(result.ok ? [] : result.error.length).toBeGreaterThan(0);
    expect(result.ok ? 0 : result.error.length).toBeLessThanOrEqual(101);
  });

  it('the size limit counts bytes, not characters', () => {
    const fill = (character: string, bytes: number): string => `${samplePolicy}# ${character.repeat(bytes)}`;
    const room = maxFileBytes - samplePolicy.length - 2;
    expect(parsePolicy('a.yaml', fill('x', room)).ok).toBe(true);
    expect(parsePolicy('a.yaml', fill('x', room + 1)).ok).toBe(false);
    expect(parsePolicy('a.yaml', fill('é', Math.floor(room / 2))).ok).toBe(true);
    expect(parsePolicy('a.yaml', fill('é', Math.floor(room / 2) + 1)).ok).toBe(false);
    expect(parsePolicy('a.yaml', fill('😀', Math.floor(room / 4))).ok).toBe(true);
    expect(parsePolicy('a.yaml', fill('😀', Math.floor(room / 4) + 1)).ok).toBe(false);
  });

  const nodes = [process.execPath, '/usr/bin/node', '/usr/local/bin/node'].filter((path) => existsSync(path));
  it.each(nodes)("two deep files don't end the process of %s", async (node) => {
    const folder = mkdtempSync(join(tmpdir(), 'deep-'));
    const bundle = join(folder, 'parse.cjs');
    await build({
      entryPoints: [new URL('../../src/core/parse-policy.ts', import.meta.url).pathname],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: bundle,
      logLevel: 'silent',
    });
    const script = join(folder, 'run.mjs');
    writeFileSync(
      script,
      `import { parsePolicy } from './parse.cjs';
      const deep = '['.repeat(1000) + ']'.repeat(1000);
      const codes = [deep, deep].map((text) => parsePolicy('a.yaml', text).error.map(({ code }) => code));
      console.log(JSON.stringify(codes));`,
    );
    expect(execFileSync(node, [script], { encoding: 'utf8' })).toBe('[["too-deep"],["too-deep"]]\n');
  });
});
