import type { Refusal } from '../core/apply.ts';
import type { EarlierRun, EarlierStep } from '../core/authority.ts';
import { type JournalLine, journalEntries } from '../core/journal.ts';
import { mayRevoke } from '../core/plan.ts';
import type { Hash } from '../core/ports.ts';
import { err, ok, type Result } from '../core/result.ts';
import { hashOf } from './plan-digest.ts';

/** A journal that was read and verified. */
export interface ReadJournal {
  readonly file: string;
  readonly lines: readonly JournalLine[];
}

const noJournal = (file: string): Refusal => ({
  code: 'memory-unreadable',
  why: `nobody can tell what earlier runs took away: \`${file}\` doesn't begin as a journal does`,
  wayForward: 'move what is no journal of this program out of the folder, and apply again',
});

/** Steps that were done, and those that were sent without a word of what became of them. */
const stepsIn = ({ file, lines }: ReadJournal, tenant: string, hash: Hash): Result<readonly EarlierStep[], Refusal> => {
  const begin = lines[0]?.entry;
  if (begin?.type !== 'begin') return err(noJournal(file));
  if (begin.tenant.toLowerCase() !== tenant.toLowerCase()) return ok([]);
  const results = new Map(journalEntries(lines, 'result').map(({ result }) => [result.step, result.state] as const));
  const sent = new Set(journalEntries(lines, 'intent').map(({ step }) => step));
  return ok(
    begin.steps.flatMap((step) => {
      const state = results.get(step.id) ?? (sent.has(step.id) ? 'unknown' : 'not-run');
      if (state !== 'done' && state !== 'unknown') return [];
      const known = { id: step.id, hash: hashOf({ ...step, request: null }, hash), revokes: mayRevoke(step) };
      return state === 'done' ? known : { ...known, isDoubtful: true as const };
    }),
  );
};

/** What the journals of a folder say of runs on a tenant, for the brake. */
export const earlierJournals = (
  journals: readonly ReadJournal[],
  tenant: string,
  hash: Hash,
): Result<readonly EarlierRun[], Refusal> => {
  const runs: EarlierRun[] = [];
  for (const journal of journals) {
    const steps = stepsIn(journal, tenant, hash);
    if (!steps.ok) return steps;
    // The last line is the one to count from: what was done stood for as long at most.
    if (steps.value.length > 0) runs.push({ at: journal.lines.at(-1)?.at ?? '', steps: steps.value });
  }
  return ok(runs);
};
