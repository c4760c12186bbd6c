import { sha256 } from './adapters/hash.ts';
import { check } from './app/check.ts';
import type { PolicyText } from './app/fix-policies.ts';
import type { Report } from './core/report.ts';
import { guardSettingsOf } from './guard/guard-world.ts';
import { kinds } from './kinds/index.ts';
import type { LoadedFiles } from './load-files.ts';
import type { CheckOptions } from './options.ts';
import { rules } from './rules/index.ts';
import { version } from './version.ts';

const noRequests = { graph: 0, resourceManager: 0, token: 0 };

/** Judges other texts of the same files by what they ask for alone; `null` where one of them is no policy any more. */
export const judgeTexts = (
  files: LoadedFiles,
  { asOf }: Pick<CheckOptions, 'asOf'>,
): ((texts: readonly PolicyText[]) => Report | null) => {
  return (texts) => {
    const policies = files.reparse(texts);
    if (policies.length < texts.length) return null;
    return check({
      policies,
      diagnostics: [],
      snapshot: null,
      source: 'offline',
      kinds,
      rules,
      now: asOf,
      settings: { restoreGrace: files.config.restoreGrace },
      guards: guardSettingsOf(files.config),
      failOn: 'never',
      failOnDrift: false,
      requests: noRequests,
      tenantName: null,
      version,
      hash: sha256,
    });
  };
};
