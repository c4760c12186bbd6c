import type { ApplyShown } from './apply-report.ts';
import type { Authority } from './core/authority.ts';
import type { Config } from './core/config.ts';
import type { JournalPort } from './core/journal.ts';
import type { PlanFile } from './core/plan-file.ts';
import type { LoadedFiles } from './load-files.ts';

/** What a run that may write is handed beside what a check is. */
export interface ApplyContext extends ApplyShown {
  /** Policies and configuration, as they were read and, in a workflow, held against the merged commit. */
  readonly files: LoadedFiles;
  readonly authority: Authority;
  /** A rollback's plan, which runs instead of what policies ask for. */
  readonly rollback?: PlanFile;
  /** Opens the journal: only when something is about to be written. */
  readonly journal: () => Promise<JournalPort>;
  /** The configuration that limits this run: the one from before the change, so that nobody lowers his own bar. */
  readonly bar: Pick<Config, 'brake' | 'neverGrant' | 'untouchable'>;
  /** Where the run can be looked up. */
  readonly run: string | null;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly clock: () => Date;
  /** Why the run is to end before the next step; `null`: it isn't. */
  readonly stopped: () => string | null;
}
