import { writeFile } from 'node:fs/promises';
import { fixPolicies, type PolicyText } from '../app/fix-policies.ts';
import { exitCodes } from '../core/exit-code.ts';
import { judgeTexts } from '../judge-texts.ts';
import { loadFiles } from '../load-files.ts';
import { type CheckOptions, UsageError } from '../options.ts';
import { renderDiagnostics } from '../report/render-diagnostics.ts';
import { rules } from '../rules/index.ts';
import { screenOf } from './terminal.ts';

/** `fix`: edits policies where a rule knows how, by what the policies themselves say; a person reviews the diff. */
export const fixCommand = async (options: CheckOptions, only: readonly string[], dryRun: boolean): Promise<number> => {
  const unknown = only.find((id) => !rules.some((rule) => rule.id === id));
  if (unknown !== undefined)
    throw new UsageError(`--rule \`${unknown}\` is not a rule: docs/rules/index.md lists them`);
  const files = await loadFiles(options);
  if (files.diagnostics.length > 0) {
    process.stderr.write(renderDiagnostics(files.diagnostics, screenOf(process.stderr, process.env)));
    return exitCodes.invalid;
  }
  const judgeAll = judgeTexts(files, options);
  const judge = (texts: readonly PolicyText[]) => {
    const report = judgeAll(texts);
    // An edit that breaks a file is a bug of ours: nothing has been written yet.
    if (report === null) throw new Error('an edit made a policy invalid');
    const wanted = (rule: string) => only.length === 0 || only.includes(rule);
    return report.findings.filter(({ exception, rule }) => exception === null && wanted(rule));
  };
  const { files: after, mended } = fixPolicies(files.texts, judge);
  const changed = after.filter(({ path, text }) =>
    files.texts.some((before) => before.path === path && before.text !== text),
  );
  if (!dryRun) for (const { path, text } of changed) await writeFile(path, text);
  const lines = mended.map(({ file, rule, title }) => `${file}: ${title} (${rule})`);
  const left = judge(after).length;
  const did = dryRun ? 'would be made' : mended.length === 1 ? 'was made' : 'were made';
  lines.push(
    `${mended.length} ${mended.length === 1 ? 'edit' : 'edits'} ${did}; ${left} ${left === 1 ? 'finding is' : 'findings are'} left for a person`,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
  return exitCodes.clean;
};
