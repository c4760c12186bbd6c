import { sha256 } from '../../src/adapters/hash.ts';
import { journalOn } from '../../src/adapters/journal-file.ts';
import { readJournal } from '../../src/app/read-journal.ts';
import type { StepState } from '../../src/core/apply.ts';
import type { JournalEntry, JournalLine } from '../../src/core/journal.ts';
import type { Step } from '../../src/core/plan.ts';

export const journalTenant = '7d1c0f5e-0000-4000-8000-00000000000a';

/** What a run notes before it does anything. */
export const beginOf = (steps: readonly Step[], digest = `sha256:${'0'.repeat(64)}`): JournalEntry => ({
  type: 'begin',
  tenant: journalTenant,
  digest,
  knowledge: '2026-11-22',
  version: '0.1.0',
  commit: 'c'.repeat(40),
  pull: 12,
  approvers: ['octocat'],
  run: 'https://example.test/runs/1',
  steps: steps.map(({ id, policy, change, target, after }) => ({ id, policy, change, target, after })),
});

export const intentOf = ({ id, request }: Step, attempt = 1): JournalEntry => {
  if (request === null) throw new Error(`${id} has no request`);
  return { type: 'intent', step: id, attempt, request };
};

export const answerOf = ({ id }: Step, attempt = 1, status = 201): JournalEntry => ({
  type: 'answer',
  step: id,
  attempt,
  answer: { came: true, status, code: '', message: '', retryAfter: null, requestId: `request-${attempt}` },
});

export const resultOf = ({ id }: Step, state: StepState, detail = 'it was read back'): JournalEntry => ({
  type: 'result',
  result: { step: id, state, detail, requestIds: state === 'done' ? ['request-1'] : [] },
});

export const endOf = (stopped: string | null = null): JournalEntry => ({ type: 'end', stopped });

/** A run in which each of these steps was sent once and seen to hold. */
export const wholeRun = (steps: readonly Step[], digest?: string): readonly JournalEntry[] => [
  beginOf(steps, digest),
  ...steps.flatMap((step) => [intentOf(step), answerOf(step), resultOf(step, 'done')]),
  endOf(),
];

/** The text that the program itself writes for these entries, a second each. */
export const journalText = async (entries: readonly JournalEntry[]): Promise<string> => {
  let text = '';
  let second = 0;
  const file = {
    appendFile: async (line: unknown) => {
      text += String(line);
    },
    datasync: async () => undefined,
    close: async () => undefined,
  };
  const journal = journalOn(file, () => new Date(Date.UTC(2026, 10, 22, 8, 0, second++)));
  for (const entry of entries) await journal.write(entry);
  return text;
};

/** The same as lines that were read. */
export const journalLines = async (entries: readonly JournalEntry[]): Promise<readonly JournalLine[]> => {
  const read = readJournal(await journalText(entries), sha256);
  if (!read.ok) throw new Error(read.error);
  return read.value.lines;
};
