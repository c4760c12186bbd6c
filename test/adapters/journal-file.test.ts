import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../src/adapters/hash.ts';
import { JournalFileError, journalOn, openJournal } from '../../src/adapters/journal-file.ts';
import { readJournal } from '../../src/app/read-journal.ts';
import type { JournalEntry } from '../../src/core/journal.ts';
import { begin, journalEntries } from '../support/journal-entries.ts';
import { temporaryFolder } from '../support/rig.ts';

const now = () => new Date('2026-11-22T01:02:03.004Z');
const end: JournalEntry = { type: 'end', stopped: null };

/** A file in memory that tells in which order things happen to it. */
const memory = (fails: (call: string, count: number) => boolean = () => false) => {
  const calls: string[] = [];
  let text = '';
  const call = (name: string): void => {
    calls.push(name);
    if (fails(name, calls.length)) throw Object.assign(new Error('no'), { code: 'ENOSPC' });
  };
  return {
    calls,
    text: () => text,
    file: {
      appendFile: async (data: unknown) => {
        call('append');
        text += String(data);
      },
      datasync: async () => call('sync'),
      close: async () => call('close'),
    },
  };
};

describe('a journal in a file', () => {
  test('is read back as it was written, and its head is the hash of its last line', async () => {
    const path = join(temporaryFolder(), 'deep', 'er', 'journal.jsonl');
    const journal = await openJournal(path, now);
    expect(journal.head()).toBe(sha256(''));
    for (const entry of journalEntries) expect(await journal.write(entry)).toEqual({ ok: true, value: undefined });
    const text = readFileSync(path, 'utf8');
    const read = readJournal(text, sha256);
    expect(read).toMatchObject({ ok: true, value: { torn: false, head: journal.head() } });
    expect(read.ok ? read.value.lines.map(({ entry }) => entry) : null).toEqual(journalEntries);
    expect(sha256(text.trimEnd().split('\n').at(-1) ?? '')).toBe(journal.head());
    expect(statSync(path).mode & 0o022).toBe(0);
  });

  test('is one line of ASCII an entry, whatever texts hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const { file, text: written } = memory();
        const journal = journalOn(file, now);
        await journal.write({ ...begin, version: `v${text}` });
        await journal.write(end);
        expect(written()).toMatch(/^[\x20-\x7e]+\n[\x20-\x7e]+\n$/);
        const read = readJournal(written(), sha256);
        expect(read.ok ? read.value.lines[0]?.entry : read.error).toEqual({ ...begin, version: `v${text}` });
      }),
    );
  });

  test('each line is synced before the next one, also where nobody waits', async () => {
    const { file, calls, text } = memory();
    const journal = journalOn(file, now);
    await Promise.all(journalEntries.map((entry) => journal.write(entry)));
    expect(calls).toEqual([...journalEntries.flatMap(() => ['append', 'sync']), 'close']);
    expect(readJournal(text(), sha256).ok).toBe(true);
  });

  test.each(['append', 'sync'])('one %s that fails is the last line there is', async (what) => {
    const { file, calls } = memory((call, count) => call === what && count > 2);
    const journal = journalOn(file, now);
    expect(await journal.write(begin)).toEqual({ ok: true, value: undefined });
    const head = journal.head();
    const error = 'line 2 of the journal was not written, the system says ENOSPC';
    expect(await journal.write(end)).toEqual({ ok: false, error });
    const made = calls.length;
    expect(await journal.write(end)).toEqual({ ok: false, error });
    expect(calls).toHaveLength(made);
    expect(journal.head()).toBe(head);
  });

  test.runIf(existsSync('/dev/full'))('a full disk is told', async () => {
    const file = await open('/dev/full', 'a');
    expect(await journalOn(file, now).write(begin)).toEqual({
      ok: false,
      error: 'line 1 of the journal was not written, the system says ENOSPC',
    });
    await file.close();
  });

  test('nothing is written after the end', async () => {
    const { file, text } = memory();
    const journal = journalOn(file, now);
    await journal.write(begin);
    await journal.write(end);
    const whole = text();
    expect(await journal.write(begin)).toEqual({ ok: false, error: 'the journal has ended' });
    expect(text()).toBe(whole);
  });
});

describe('a journal that can not be begun', () => {
  test('is never written over', async () => {
    const path = join(temporaryFolder(), 'journal.jsonl');
    writeFileSync(path, 'earlier\n');
    const opening = openJournal(path, now);
    await expect(opening).rejects.toThrow(
      `the journal ${path} is there already: name another file, since a journal is never written over`,
    );
    await expect(opening).rejects.toBeInstanceOf(JournalFileError);
    expect(readFileSync(path, 'utf8')).toBe('earlier\n');
  });

  test('where a file stands in place of the folder', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const path = join(folder, 'file', 'journal.jsonl');
    await expect(openJournal(path, now)).rejects.toThrow(
      `the journal ${path} can't be written (EEXIST): nothing is changed without one`,
    );
  });

  test('where a folder stands in its place', async () => {
    const path = join(temporaryFolder(), 'journal.jsonl');
    mkdirSync(path);
    await expect(openJournal(path, now)).rejects.toBeInstanceOf(JournalFileError);
  });
});
