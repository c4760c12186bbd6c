import { describe, expect, it } from 'vitest';
import { removeEntry, replaceEntry } from '../../src/core/edit-list.ts';
import { applyEdit } from '../../src/core/text-edit.ts';

/** Place of the first occurrence of a text. */
const placeOf = (text: string, part: string) => {
  const offset = text.indexOf(part);
  const before = text.slice(0, offset).split('\n');
  const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
  return { file: 'p.yaml', line, column, endLine: line, endColumn: column + part.length };
};

const remove = (text: string, part: string): string | null => {
  const edit = removeEntry('p.yaml', text, placeOf(text, part));
  return edit === null ? null : applyEdit(text, edit);
};

describe('removeEntry', () => {
  const cases: Record<string, { text: string; part: string; left: string }> = {
    'a block entry with its comment': {
      text: 'a:\n  - One\n  - Two # why\n  - Three\n',
      part: 'Two',
      left: 'a:\n  - One\n  - Three\n',
    },
    'the last block entry': { text: 'a:\n  - One\n  - Two\nb: 1\n', part: 'Two', left: 'a:\n  - One\nb: 1\n' },
    'a block entry of several lines': {
      text: 'roles:\n  - role: Reader\n    scope: /x\n  - role: Owner\n    # bad\n    scope: /y\n  - role: Last\n    scope: /z\n',
      part: 'role: Owner',
      left: 'roles:\n  - role: Reader\n    scope: /x\n  - role: Last\n    scope: /z\n',
    },
    'a flow map in a block list': {
      text: 'roles:\n  - { role: Owner, scope: /x }\n  - { role: Reader, scope: /y }\n',
      part: '{ role: Owner',
      left: 'roles:\n  - { role: Reader, scope: /y }\n',
    },
    'the first of a flow list': { text: 'a: [One, Two, Three]\n', part: 'One', left: 'a: [Two, Three]\n' },
    'the middle of a flow list': { text: 'a: [One, Two, Three]\n', part: 'Two', left: 'a: [One, Three]\n' },
    'the last of a flow list': { text: 'a: [One, Two, Three]\n', part: 'Three', left: 'a: [One, Two]\n' },
    'the only one of a flow list': { text: 'a: [One] # kept\n', part: 'One', left: 'a: [] # kept\n' },
    'the only one of a block list': { text: 'a:\n  - One\nb: 1\n', part: 'One', left: 'a: []\nb: 1\n' },
    'the only one, at the end of the file': { text: 'a:\n  - One', part: 'One', left: 'a: []' },
  };
  it.each(Object.entries(cases))('%s', (_, { text, part, left }) => {
    expect(remove(text, part)).toBe(left);
  });

  it('finds nothing where no entry starts', () => {
    expect(remove('a: One\n', 'One')).toBeNull();
  });
});

describe('replaceEntry', () => {
  const replace = (text: string, part: string, entries: readonly string[]): string | null => {
    const edit = replaceEntry('p.yaml', text, placeOf(text, part), entries);
    return edit === null ? null : applyEdit(text, edit);
  };
  it('keeps what stands behind it', () => {
    expect(replace('a:\n  - Mail.ReadWrite # why\n  - Two\n', 'Mail.ReadWrite', ['Mail.Read'])).toBe(
      'a:\n  - Mail.Read # why\n  - Two\n',
    );
  });
  it('writes several in the style of the list', () => {
    expect(replace('a: [One, Two]\n', 'One', ['A', 'B'])).toBe('a: [A, B, Two]\n');
    expect(
      replace('r:\n    - role: Owner\n      scope: /x\n    - Two\n', 'role: Owner', [
        '{ role: A, scope: /x }',
        '{ role: B, scope: /y }',
      ]),
    ).toBe('r:\n    - { role: A, scope: /x }\n    - { role: B, scope: /y }\n    - Two\n');
  });
  it('replaces by nothing as it removes', () => {
    expect(replace('a: [One, Two]\n', 'One', [])).toBe('a: [Two]\n');
  });
});
