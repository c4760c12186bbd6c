import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { linesInHunk, parseHunks } from '../../src/core/parse-hunks.ts';
import { temporaryFolder } from '../support/rig.ts';

test.each([
  ['nothing', '', []],
  ['a changed line with its neighbours', '@@ -1,3 +1,3 @@\n a\n-b\n+B\n c', [{ start: 1, lines: ['a', 'B', 'c'] }]],
  ['a new file of one line', '@@ -0,0 +1 @@\n+a', [{ start: 1, lines: ['a'] }]],
  ['lines only taken out', '@@ -4,2 +3,0 @@ spec:\n-a\n-b', []],
  [
    'two hunks, with headings',
    '@@ -1,2 +1,2 @@\n-a\n+A\n b\n@@ -9,2 +9,3 @@ spec:\n x\n+y\n z',
    [
      { start: 1, lines: ['A', 'b'] },
      { start: 9, lines: ['x', 'y', 'z'] },
    ],
  ],
  [
    'no newline at the end',
    '@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file',
    [{ start: 1, lines: ['b'] }],
  ],
  ['Windows line ends', '@@ -1 +1,2 @@\n a\r\n+b\r', [{ start: 1, lines: ['a', 'b'] }]],
  ['a line that looks like a head', '@@ -1 +1,2 @@\n a\n+@@ -1 +1 @@', [{ start: 1, lines: ['a', '@@ -1 +1 @@'] }]],
  ['a hunk that breaks off', '@@ -1,9 +1,9 @@\n a\n b', []],
  ['no diff at all', 'Binary files differ', []],
])('%s', (_name, patch, hunks) => {
  expect(parseHunks(patch)).toEqual(hunks);
});

test.each([
  ['all of a hunk', 1, 3, ['a', 'b', 'c']],
  ['one line', 2, 2, ['b']],
  ['over two hunks that touch', 3, 4, null],
  ['the second hunk', 4, 5, ['d', 'e']],
  ['beyond the end', 5, 6, null],
  ['before the start', 0, 1, null],
])('shows %s', (_name, first, last, lines) => {
  const hunks = [
    { start: 1, lines: ['a', 'b', 'c'] },
    { start: 4, lines: ['d', 'e'] },
  ];
  expect(linesInHunk(hunks, first, last)).toEqual(lines);
});

it('reads whatever Git writes: every line where the new file has it', () => {
  const folder = temporaryFolder();
  const text = fc.array(fc.constantFrom('a', 'b', '- x', '+ y', '@@ -1 +1 @@', '\\', ''), { maxLength: 25 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      writeFileSync(join(folder, 'before'), before.map((line) => `${line}\n`).join(''));
      writeFileSync(join(folder, 'after'), after.map((line) => `${line}\n`).join(''));
      const { stdout } = spawnSync('git', ['diff', '--no-index', '--no-ext-diff', 'before', 'after'], {
        cwd: folder,
        encoding: 'utf8',
      });
      const hunks = parseHunks(stdout);
      for (const { start, lines } of hunks) expect(lines).toEqual(after.slice(start - 1, start - 1 + lines.length));
      const added = stdout.split('\n').filter((line) => /^\+(?!\+\+ )/.test(line));
      const shown = hunks.reduce((sum, { lines }) => sum + lines.length, 0);
      expect(shown).toBeGreaterThanOrEqual(added.length);
    }),
    { numRuns: 60 },
  );
});
