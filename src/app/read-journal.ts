import type { JournalLine } from '../core/journal.ts';
import { parseJournalLine } from '../core/parse-journal.ts';
import type { Hash } from '../core/ports.ts';
import { err, ok, type Result } from '../core/result.ts';
import { MalformedAnswer } from '../core/wire.ts';

/** A journal whose every line stands as it was written. */
export interface ReadJournal {
  readonly lines: readonly JournalLine[];
  /** SHA-256 of the last whole line, in hex. */
  readonly head: string;
  /** Was the last line cut while it was written? It counts for nothing: what it tells of had not begun, or is told by the tenant. */
  readonly torn: boolean;
}

const parse = (text: string): Result<JournalLine, string> => {
  try {
    return ok(parseJournalLine(JSON.parse(text)));
  } catch (error) {
    if (error instanceof SyntaxError) return err('it is no JSON');
    if (error instanceof MalformedAnswer) return err(error.message);
    throw error;
  }
};

/** Why a line doesn't belong where it stands; `null`: it does. */
const breakAt = ({ seq, prev, entry }: JournalLine, index: number, head: string): string | null => {
  if (prev !== head) return 'it is not what was written after the line before: one of the two was changed';
  if (seq !== index) return `it calls itself number ${seq + 1}`;
  if ((entry.type === 'begin') !== (index === 0))
    return index === 0 ? 'a journal begins with what was to be done' : 'a journal begins once';
  return null;
};

/** Reads a journal and proves its chain. Nothing but a cut last line is forgiven; the error names the line. */
export const readJournal = (text: string, hash: Hash): Result<ReadJournal, string> => {
  const texts = text.split('\n');
  const rest = texts.pop() ?? '';
  const lines: JournalLine[] = [];
  let head = hash('');
  for (const [index, one] of texts.entries()) {
    const line = parse(one);
    const why = line.ok ? breakAt(line.value, index, head) : line.error;
    if (!line.ok || why !== null) return err(`line ${index + 1} of the journal can't be trusted: ${why}`);
    if (lines.at(-1)?.entry.type === 'end')
      return err(`line ${index + 1} of the journal can't be trusted: it stands after the end`);
    lines.push(line.value);
    head = hash(one);
  }
  if (lines.length === 0) return err('the journal has no whole line: nothing was written by the run that began it');
  return ok({ lines, head, torn: rest !== '' });
};

const opening = '{"seq":0,"at":"';

/** Is it the journal of a run that died before its first line was whole? Nothing is sent before that. */
export const diedAtOnce = (text: string): boolean =>
  !text.includes('\n') && (text.startsWith(opening) || opening.startsWith(text));
