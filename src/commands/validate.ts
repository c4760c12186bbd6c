import { findWrongNames } from '../app/resolve-policy.ts';
import { exitCodes } from '../core/exit-code.ts';
import { kinds } from '../kinds/index.ts';
import { loadFiles } from '../load-files.ts';
import type { CheckOptions } from '../options.ts';
import { renderDiagnostics } from '../report/render-diagnostics.ts';
import { screenOf } from './terminal.ts';

/** `validate`: what is wrong with the files themselves, without a tenant. */
export const validateCommand = async (
  options: Pick<CheckOptions, 'policies' | 'config' | 'evidence' | 'asOf'>,
): Promise<number> => {
  const files = await loadFiles(options);
  const { policies } = files;
  const diagnostics = [...files.diagnostics, ...findWrongNames(policies, kinds)];
  if (diagnostics.length > 0) {
    process.stdout.write(renderDiagnostics(diagnostics, screenOf(process.stdout, process.env)));
    return exitCodes.invalid;
  }
  process.stdout.write(`${policies.length} ${policies.length === 1 ? 'policy is' : 'policies are'} valid\n`);
  return exitCodes.clean;
};
