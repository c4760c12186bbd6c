import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { judgeEdits } from '../../src/judge-edits.ts';
import { parseCheckOptions } from '../../src/options.ts';
import { asOf, writePolicies } from '../support/rig.ts';

const text = readFileSync('examples/least-privilege/policies/catalogic-vplus.yaml', 'utf8').replace(
  '        - permission: Sites.Read.All\n          purpose: sites, and OneDrive with them\n',
  '        - permission: Sites.ReadWrite.All\n        - permission: Sites.Manage.All\n',
);
const folder = writePolicies({ 'p.yaml': text });
const file = join(folder, 'p.yaml');
const options = parseCheckOptions((name) => (name === 'policies' ? folder : null), asOf, {
  failOnDrift: false,
  live: false,
});
const without = (of: string, ...names: readonly string[]): string =>
  names.reduce((left, name) => left.replace(new RegExp(`^ +- permission: ${name}\\n`, 'm'), ''), of);

test.each([
  ['the same text', text, true],
  ['one of two permissions that do the same gone', without(text, 'Sites.Manage.All'), true],
  ['the other one gone', without(text, 'Sites.ReadWrite.All'), true],
  ['both gone, and with them what the backup needs', without(text, 'Sites.Manage.All', 'Sites.ReadWrite.All'), false],
  [
    'both in exchange for what it needs',
    text.replace('Sites.ReadWrite.All', 'Sites.Read.All').replace(/^ +- permission: Sites.Manage.All\n/m, ''),
    true,
  ],
  ['a permission that does not exist', text.replace('Sites.Manage.All', 'Sites.Manaeg.All'), false],
  ['a list without entries', text.replace(/( azureRoles:) \[\]/, '$1'), false],
  ['no policy any more', 'x', false],
  ['no YAML any more', 'a: [', false],
])('%s', async (_name, edited, good) => {
  const isGood = await judgeEdits(options);
  expect(isGood(file, edited)).toBe(good);
});

test('a file that was not judged has no edits', async () => {
  writeFileSync(join(folder, '..', 'other.yaml'), text);
  expect((await judgeEdits(options))(join(folder, '..', 'other.yaml'), text)).toBe(false);
});
