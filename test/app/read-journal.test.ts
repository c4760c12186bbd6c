import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../src/adapters/hash.ts';
import { diedAtOnce, readJournal } from '../../src/app/read-journal.ts';
import { begin, journalEntries } from '../support/journal-entries.ts';

/** A journal's text, with a chain that is right. */
const chain = (
  entries: readonly unknown[],
  bend: (line: Record<string, unknown>, index: number) => unknown = (l) => l,
) => {
  let prev = sha256('');
  return entries
    .map((entry, seq) => {
      const text = JSON.stringify(bend({ seq, at: '2026-11-22T00:00:00.000Z', prev, entry }, seq));
      prev = sha256(text);
      return `${text}\n`;
    })
    .join('');
};

const whole = chain(journalEntries);
const lines = whole.trimEnd().split('\n');
const errorOf = (text: string): string => {
  const read = readJournal(text, sha256);
  return read.ok ? 'read' : read.error;
};

test('a whole journal is read', () => {
  const read = readJournal(whole, sha256);
  expect(read).toMatchObject({ ok: true, value: { torn: false, head: sha256(lines.at(-1) ?? '') } });
  expect(read.ok ? read.value.lines.map(({ entry }) => entry) : []).toEqual(journalEntries);
});

test('a cut last line counts for nothing, wherever it is cut, and every line before it stands', () => {
  const first = (lines[0]?.length ?? 0) + 1;
  for (let length = first; length < whole.length; length += 1) {
    const text = whole.slice(0, length);
    const kept = text.split('\n').length - 1;
    const read = readJournal(text, sha256);
    expect(read.ok ? [read.value.lines.length, read.value.torn] : read.error).toEqual([kept, !text.endsWith('\n')]);
  }
});

test.each(['', '{', (lines[0] ?? '').slice(0, -1)])('without a whole first line there is nothing: %s', (text) => {
  expect(errorOf(text)).toBe('the journal has no whole line: nothing was written by the run that began it');
});

test('any changed character before the last line is noticed, and the line is named', () => {
  const end = lines.slice(0, -1).join('\n').length;
  fc.assert(
    fc.property(fc.nat(end - 1), fc.constantFrom(...'x"0}\n '), (at, character) => {
      fc.pre(whole[at] !== character);
      const text = `${whole.slice(0, at)}${character}${whole.slice(at + 1)}`;
      const line = whole.slice(0, at).split('\n').length;
      expect(errorOf(text)).toMatch(new RegExp(`^line (${line}|${line + 1}) of the journal can't be trusted: `));
    }),
    { numRuns: 500 },
  );
});

test('lines that are left out, doubled or swapped are noticed', () => {
  const broken = 'it is not what was written after the line before: one of the two was changed';
  for (let index = 0; index < lines.length - 1; index += 1) {
    const without = [...lines.slice(0, index), ...lines.slice(index + 1)];
    expect(errorOf(`${without.join('\n')}\n`)).toBe(`line ${index + 1} of the journal can't be trusted: ${broken}`);
    const doubled = [...lines.slice(0, index + 1), ...lines.slice(index)];
    expect(errorOf(`${doubled.join('\n')}\n`)).toBe(`line ${index + 2} of the journal can't be trusted: ${broken}`);
  }
});

describe('a chain that is right, around lines that this program does not write', () => {
  const [, intent, answer, result] = journalEntries;
  const step = journalEntries[0]?.type === 'begin' ? journalEntries[0].steps[0] : undefined;
  const cases: readonly (readonly [name: string, entries: readonly unknown[], error: string])[] = [
    ['no begin', [intent], 'line 1: a journal begins with what was to be done'],
    ['two begins', [begin, begin], 'line 2: a journal begins once'],
    ['after the end', [begin, { type: 'end', stopped: null }, intent], 'line 3: it stands after the end'],
    ['an unknown entry', [begin, { type: 'note' }], "line 2: an entry is `note`, which this program doesn't write"],
    ['no entry', [begin, null], 'line 2: `entry` is null where an object belongs'],
    ['no step', [begin, { ...intent, step: undefined }], 'line 2: `step` is undefined where a text belongs'],
    ['no attempt', [begin, { ...intent, attempt: 1.5 }], 'line 2: `attempt` is no whole number'],
    [
      'another method',
      [begin, { ...intent, request: { api: 'graph', method: 'GET', path: '/', body: null } }],
      "line 2: a method is `GET`, which this program doesn't write",
    ],
    [
      'an answer without a status',
      [begin, { ...answer, answer: { came: true } }],
      'line 2: `status` is no whole number',
    ],
    [
      'an answer that says nothing',
      [begin, { ...answer, answer: {} }],
      'line 2: `came` is undefined where true or false belongs',
    ],
    [
      'another state',
      [begin, { ...result, result: { step: '1', state: 'fine', detail: '', requestIds: [] } }],
      "line 2: a state is `fine`, which this program doesn't write",
    ],
    ['no steps', [{ ...begin, steps: null }], 'line 1: `steps` is null where a list belongs'],
    ['a number of a pull request', [{ ...begin, pull: '7' }], 'line 1: `pull` is no whole number'],
    [
      'a target of another kind',
      [{ ...begin, steps: [{ ...step, target: { kind: 'credential' } }] }],
      "line 1: the kind of a target is `credential`, which this program doesn't write",
    ],
    [
      'a fact of another kind than its target',
      [{ ...begin, steps: [{ ...step, change: { ...step?.change, after: { kind: 'delegated-grant' } } }] }],
      'line 1: `after` is not of the kind of its target',
    ],
    [
      'a grant that had something before',
      [{ ...begin, steps: [{ ...step, change: { ...step?.change, before: step?.change.after } }] }],
      "line 1: `before` is there, which the action doesn't have",
    ],
    [
      'a grant of nothing',
      [{ ...begin, steps: [{ ...step, change: { ...step?.change, after: null } }] }],
      'line 1: `after` is null where an object belongs',
    ],
    ['no end', [begin, { type: 'end', stopped: 3 }], 'line 2: `stopped` is number where a text belongs'],
  ];
  test.each(cases)('%s', (_, entries, error) => {
    expect(errorOf(chain(entries))).toBe(error.replace(': ', " of the journal can't be trusted: "));
  });

  test.each([
    ['seq', 5, 'it calls itself number 6'],
    ['seq', 'x', '`seq` is no whole number'],
    ['at', 'yesterday', '`at` is no date'],
    ['prev', 'ff', '`prev` is no hash'],
  ])('%s is %s', (field, value, error) => {
    const text = chain(journalEntries, (line, index) => (index === 2 ? { ...line, [field]: value } : line));
    expect(errorOf(text)).toBe(`line 3 of the journal can't be trusted: ${error}`);
  });

  test('text that is no JSON', () => {
    expect(errorOf('nonsense\n')).toBe("line 1 of the journal can't be trusted: it is no JSON");
    expect(errorOf(`${whole}\n`)).toBe("line 9 of the journal can't be trusted: it is no JSON");
  });
});

describe('a run that died before its first line was whole', () => {
  test('is known wherever that line is cut', () => {
    const first = lines[0] ?? '';
    for (let length = 0; length <= first.length; length += 1) expect(diedAtOnce(first.slice(0, length))).toBe(true);
  });

  test.each([
    ['a whole line', `${lines[0]}\n`],
    ['a whole journal', whole],
    ['a journal without its first line', lines[1] ?? ''],
    ['no journal', 'nonsense'],
    ['an empty line', '\n'],
  ])('is not %s', (_, text) => {
    expect(diedAtOnce(text)).toBe(false);
  });
});
