import type { Report } from './core/report.ts';
import { judgeTexts } from './judge-texts.ts';
import { loadFiles } from './load-files.ts';
import type { CheckOptions } from './options.ts';

/** The rule that knows when a backup would break. */
const breaks = 'missing-for-workload';

const broken = ({ findings }: Report): readonly string[] =>
  findings.filter(({ rule, stands }) => rule === breaks && stands).map(({ fingerprint }) => fingerprint);

/**
 * Tells whether a policy file stays good when its text is another one: a policy without a mistake, and no backup broken
 * that worked. Each fix is good alone; two of them together may take away what a backup needs.
 */
export const judgeEdits = async (options: CheckOptions): Promise<(file: string, text: string) => boolean> => {
  const files = await loadFiles(options);
  const judge = judgeTexts(files, options);
  return (file, text) => {
    const own = files.texts.find(({ path }) => path === file);
    const before = own === undefined ? null : judge([own]);
    const after = own === undefined ? null : judge([{ path: file, text }]);
    if (before === null || after === null || after.diagnostics.length > before.diagnostics.length) return false;
    const known = new Set(broken(before));
    return broken(after).every((fingerprint) => known.has(fingerprint));
  };
};
