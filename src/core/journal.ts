import type { StepResult } from './apply.ts';
import type { Step } from './plan.ts';
import type { Result } from './result.ts';
import type { WriteAnswer, WriteRequest } from './write.ts';

/** A step as a journal keeps it: enough to undo it, and to read it in ten years. */
export type JournalStep = Pick<Step, 'id' | 'policy' | 'change' | 'target' | 'after'>;

/** What happened, in order. Nothing secret is ever in it. */
export type JournalEntry =
  | {
      readonly type: 'begin';
      readonly tenant: string;
      readonly digest: string;
      readonly knowledge: string;
      readonly version: string;
      /** Commit whose policies are applied; `null` outside of Git. */
      readonly commit: string | null;
      readonly pull: number | null;
      readonly approvers: readonly string[];
      /** Where this run can be looked up; `null`: nowhere. */
      readonly run: string | null;
      readonly steps: readonly JournalStep[];
    }
  /** Stands on disk before the request leaves. */
  | { readonly type: 'intent'; readonly step: string; readonly attempt: number; readonly request: WriteRequest }
  | { readonly type: 'answer'; readonly step: string; readonly attempt: number; readonly answer: WriteAnswer }
  | { readonly type: 'result'; readonly result: StepResult }
  | { readonly type: 'end'; readonly stopped: string | null };

/** One line of the file: the entry, when it was written, and the hash of the line before. */
export interface JournalLine {
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** SHA-256 of the line before, in hex; of an empty text for the first. */
  readonly prev: string;
  readonly entry: JournalEntry;
}

/** Where a run writes down what it does: `write` returns when the line is on disk for good. */
export interface JournalPort {
  readonly write: (entry: JournalEntry) => Promise<Result<void, string>>;
  /** Hash of the last line, in hex. */
  readonly head: () => string;
}

/** Entries of one type, in the order in which they were written. */
export const journalEntries = <T extends JournalEntry['type']>(
  lines: readonly JournalLine[],
  type: T,
): readonly Extract<JournalEntry, { readonly type: T }>[] =>
  lines.flatMap(({ entry }) => (entry.type === type ? (entry as Extract<JournalEntry, { readonly type: T }>) : []));
