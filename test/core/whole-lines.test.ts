import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { removeEntry, replaceEntry } from '../../src/core/edit-list.ts';
import { applyEdit, editBetween } from '../../src/core/text-edit.ts';
import { wholeLines } from '../../src/core/whole-lines.ts';

const block = 'roles:\n  - Owner\n  # why\n  - Reader\n  - role: Contributor\n    scope: rg\nend: 1\n';
const at = (line: number, column: number) => ({ file: 'p.yaml', line, column, endLine: line, endColumn: column + 1 });

test.each([
  ['one entry goes', block, removeEntry('p.yaml', block, at(2, 5)), { startLine: 2, line: 2, lines: [] }],
  ['an entry of two lines goes', block, removeEntry('p.yaml', block, at(5, 5)), { startLine: 5, line: 6, lines: [] }],
  [
    'one entry is replaced by two',
    block,
    replaceEntry('p.yaml', block, at(2, 5), ['A', 'B']),
    { startLine: 2, line: 2, lines: ['  - A', '  - B'] },
  ],
  [
    'two lines are replaced by one',
    block,
    replaceEntry('p.yaml', block, at(5, 5), ['A']),
    { startLine: 5, line: 6, lines: ['  - A'] },
  ],
  [
    'the last entry leaves an empty list',
    'roles:\n  - Owner\nend: 1\n',
    removeEntry('p.yaml', 'roles:\n  - Owner\nend: 1\n', at(2, 5)),
    { startLine: 1, line: 2, lines: ['roles: []'] },
  ],
  [
    'an entry of a flow list',
    'roles: [a, b, c] # why\n',
    removeEntry('p.yaml', 'roles: [a, b, c] # why\n', at(1, 12)),
    { startLine: 1, line: 1, lines: ['roles: [a, c] # why'] },
  ],
  [
    'the last line of a file without a line end',
    'roles:\n  - a\n  - b',
    removeEntry('p.yaml', 'roles:\n  - a\n  - b', at(3, 5)),
    { startLine: 3, line: 3, lines: [] },
  ],
  [
    'Windows line ends',
    'roles:\r\n  - a\r\n  - b\r\n',
    replaceEntry('p.yaml', 'roles:\r\n  - a\r\n  - b\r\n', at(2, 5), ['c']),
    { startLine: 2, line: 2, lines: ['  - c'] },
  ],
])('%s', (_name, text, edit, expected) => {
  expect(edit === null ? null : wholeLines(text, edit)).toEqual(expected);
});

it('whatever is edited: the lines in place of the lines are the edited text', () => {
  const words = fc.string({ unit: fc.constantFrom('a', ' ', '\n'), maxLength: 30 });
  fc.assert(
    fc.property(words, words, fc.nat(), fc.nat(), (text, newText, a, b) => {
      const [start, end] = [a % (text.length + 1), b % (text.length + 1)].toSorted((x, y) => x - y);
      const edit = editBetween('p.yaml', text, start ?? 0, end ?? 0, newText);
      const { startLine, line, lines } = wholeLines(text, edit);
      const all = text.split('\n');
      const made = [...all.slice(0, startLine - 1), ...lines, ...all.slice(line)];
      // A line that is emptied goes as a whole, since a suggestion without a line takes its lines out.
      const goes = lines.length === 0;
      const edited = applyEdit(text, edit).split('\n');
      expect(goes ? [made, made.toSpliced(startLine - 1, 0, '')] : [made]).toContainEqual(edited);
    }),
  );
});
