import { constants } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CallError } from '../core/call-error.ts';
import type { JournalEntry, JournalLine, JournalPort } from '../core/journal.ts';
import { err, ok, type Result } from '../core/result.ts';
import { sha256 } from './hash.ts';

/** A journal that can't be begun. */
export class JournalFileError extends CallError {}

/** Where lines go: what is appended and synced is on disk, or they throw. */
type JournalFile = Pick<FileHandle, 'appendFile' | 'datasync' | 'close'>;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error';

/** JSON in ASCII alone: a line that is cut anywhere is still text. */
const asciiJson = (line: JournalLine): string =>
  JSON.stringify(line).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/**
 * Writes lines one after the other, each on disk before the next; after one that failed, or after the end, there is never
 * another.
 */
export const journalOn = (file: JournalFile, now: () => Date): JournalPort => {
  let seq = 0;
  let head = sha256('');
  let broken: string | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  const append = async (entry: JournalEntry): Promise<Result<void, string>> => {
    if (broken !== null) return err(broken);
    const text = asciiJson({ seq, at: now().toISOString(), prev: head, entry });
    try {
      await file.appendFile(`${text}\n`, 'utf8');
      await file.datasync();
    } catch (error) {
      broken = `line ${seq + 1} of the journal was not written, the system says ${codeOf(error)}`;
      return err(broken);
    }
    seq += 1;
    head = sha256(text);
    if (entry.type === 'end') {
      broken = 'the journal has ended';
      // Every line is on disk by now: what closing says changes none of them.
      await file.close().catch(() => undefined);
    }
    return ok(undefined);
  };

  return {
    write: (entry) => {
      const written = queue.then(() => append(entry));
      queue = written;
      return written;
    },
    head: () => head,
  };
};

/** Makes the name of a new file last: on most systems the folder has to be synced for that. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Begins a journal in a new file. An earlier journal is never written to: it is what happened. */
export const openJournal = async (path: string, now: () => Date): Promise<JournalPort> => {
  const folder = dirname(path);
  const fail = (error: unknown): never => {
    throw new JournalFileError(
      `the journal ${path} can't be written (${codeOf(error)}): nothing is changed without one`,
    );
  };
  await mkdir(folder, { recursive: true }).catch(fail);
  const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_EXCL;
  const file = await open(path, flags).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') return fail(error);
    throw new JournalFileError(
      `the journal ${path} is there already: name another file, since a journal is never written over`,
    );
  });
  await file.sync().catch(fail);
  await syncFolder(folder).catch(fail);
  return journalOn(file, now);
};
