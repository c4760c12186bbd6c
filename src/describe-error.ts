import { BrokenRun } from './core/broken-run.ts';
import { CallError } from './core/call-error.ts';
import { exitCodes } from './core/exit-code.ts';
import { homePage, version } from './version.ts';

/** What to print of an error, and the exit code: the call is wrong, or the program is. */
export const describeError = (error: unknown): { readonly text: string; readonly code: number } => {
  if (error instanceof CallError) return { text: `error: ${error.message}\n`, code: exitCodes.invalid };
  if (error instanceof Error && 'code' in error && typeof error.code === 'string' && 'path' in error)
    return { text: `error: ${String(error.path)} can't be used (${error.code})\n`, code: exitCodes.invalid };
  const wrote = error instanceof BrokenRun;
  const cause = wrote ? error.cause : error;
  const stack = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  const changed = wrote
    ? ', and it came while the tenant was written to: what was sent stands in the journal, and a rerun is safe, since it reads what stands'
    : ', nothing was changed';
  return {
    text: `this is a bug in backup-access-guard ${version}${changed}; please report it at ${homePage}/issues with these lines:\n${stack}\n`,
    code: exitCodes.bug,
  };
};
