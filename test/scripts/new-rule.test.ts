import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportName, withRule } from '../../scripts/new-rule-files.ts';

const root = new URL('../../', import.meta.url).pathname;
const index = readFileSync(join(root, 'src/rules/index.ts'), 'utf8');
let copy = '';

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'new-rule-'));
  for (const path of ['package.json', 'scripts', 'src/core', 'src/knowledge', 'src/rules', 'docs/rules', 'test/rules'])
    cpSync(join(root, path), join(copy, path), { recursive: true });
});
afterAll(() => rmSync(copy, { recursive: true }));

const run = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/new-rule.ts', ...args], {
    cwd: copy,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

describe('new:rule', () => {
  it('names an export after an id', () => {
    expect(exportName('scope-too-wide')).toBe('scopeTooWide');
    expect(exportName('tier0-permission')).toBe('tier0Permission');
  });
  it('puts the line where the alphabet wants it, and leaves all else', () => {
    const lines = withRule(index, 'mail-without-scope').split('\n');
    const added = lines.filter((line) => !index.split('\n').includes(line));
    expect(added).toEqual(["import { mailWithoutScope } from './mail-without-scope.ts';", '  mailWithoutScope,']);
    expect(lines.filter((line) => !added.includes(line)).join('\n')).toBe(index);
    expect(lines.indexOf('  mailWithoutScope,')).toBe(lines.indexOf('  longLivedSecret,') + 1);
  });
  it('writes rule, page, test and both indexes, and then refuses to do it again', () => {
    expect(run('mail-without-scope')).toEqual({
      status: 0,
      stdout:
        'wrote src/rules/mail-without-scope.ts\n      docs/rules/mail-without-scope.md\n      test/rules/mail-without-scope.test.ts\n      src/rules/index.ts\n      docs/rules/index.md\n',
      stderr: '',
    });
    expect(readFileSync(join(copy, 'docs/rules/index.md'), 'utf8')).toContain(
      '[mail-without-scope](mail-without-scope.md)',
    );
    expect(run('mail-without-scope')).toEqual({
      status: 2,
      stdout: '',
      stderr: 'src/rules/mail-without-scope.ts exists already\n',
    });
  });
  it('refuses if only one of the files exists, and writes none of the others', () => {
    writeFileSync(join(copy, 'docs/rules/half-made.md'), '');
    expect(run('half-made')).toEqual({ status: 2, stdout: '', stderr: 'docs/rules/half-made.md exists already\n' });
    expect(existsSync(join(copy, 'src/rules/half-made.ts'))).toBe(false);
  });
  it('refuses an id that was a rule once', () => {
    writeFileSync(join(copy, 'docs/rules/retired.md'), '- `old-name`\n');
    expect(run('old-name').stderr).toBe('old-name was a rule once: an id never changes its meaning, take another\n');
  });
  it.each([[], ['Mail'], ['mail'], ['../mail-scope'], ['mail_scope']])('refuses what is no id: %j', (...args) => {
    expect(run(...args)).toEqual({
      status: 2,
      stdout: '',
      stderr: 'usage: npm run new:rule <id>, the fault as a noun phrase in kebab-case: `scope-too-wide`\n',
    });
  });
});
