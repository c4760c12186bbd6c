import type { JournalEntry, JournalPort } from '../core/journal.ts';
import type { Step } from '../core/plan.ts';
import type { TenantPorts } from '../core/ports.ts';
import type { Result } from '../core/result.ts';
import type { WritePort } from '../core/write.ts';
import { type Clock, type WriteTime, writeTime } from './write-time.ts';

/** What a run needs: the steps that may run, and everything that it touches. */
export interface RunInput extends Clock {
  /** In the order in which they run. */
  readonly steps: readonly Step[];
  readonly ports: TenantPorts;
  readonly write: WritePort;
  readonly journal: JournalPort;
  /** Why the run is to end before the next request, as a sentence without full stop; `null`: it isn't. */
  readonly stopped: () => string | null;
  /** Asked before each request: are we still the one who writes? */
  readonly mayWrite: () => Promise<Result<void, string>>;
  /** Milliseconds that the run may take in all, reading back included. */
  readonly patience: number;
  readonly progress: (what: string) => void;
}

/** A run that has begun. */
export interface StepRun extends Omit<RunInput, 'journal'> {
  readonly time: WriteTime;
  /** Writes to the journal. Once that fails, nothing more is sent. */
  readonly note: (entry: JournalEntry) => Promise<boolean>;
  /** Why nothing more may be sent; `null`: it may. */
  readonly halted: () => string | null;
  /** The same, without asking again whether the run is to end. */
  readonly broken: () => string | null;
  /** Ends the run before its end. The first reason stays. */
  readonly halt: (why: string) => void;
  /** Something stands otherwise than it was approved. Where that happens often, the run ends. */
  readonly surprised: () => void;
}

/** So many surprises say that somebody else is at work in the tenant. */
const mostSurprises = 3;

export const openRun = ({ journal, ...input }: RunInput): StepRun => {
  const time = writeTime(input.patience, input);
  let why: string | null = null;
  let surprises = 0;
  const halt = (reason: string): void => {
    why ??= reason;
  };
  return {
    ...input,
    time,
    halt,
    surprised: () => {
      surprises += 1;
      if (surprises === mostSurprises)
        halt(`${mostSurprises} steps met something else than was approved: somebody else is changing this tenant`);
    },
    broken: () => why,
    halted: () => {
      why ??= input.stopped();
      if (why === null && time.left() <= 0) why = 'the time that a run may take was used up';
      return why;
    },
    note: async (entry) => {
      const written = await journal.write(entry);
      if (!written.ok) halt(`the journal can't be written: ${written.error}`);
      return written.ok;
    },
  };
};
