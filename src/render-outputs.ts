import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unmanagedBackupAccess } from './app/judge-strangers.ts';
import type { Report } from './core/report.ts';
import type { Format, Output } from './options.ts';
import { renderJson } from './report/render-json.ts';
import { renderMarkdown } from './report/render-markdown.ts';
import { renderSarif } from './report/render-sarif.ts';
import { renderText } from './report/render-text.ts';
import { rules } from './rules/index.ts';
import { homePage, ruleUri, scanUri } from './version.ts';

export interface Screen {
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
}

const ruleDocs = [
  ...rules.map(({ id, summary, severity }) => ({ id, summary, severity, helpUri: ruleUri(id) })),
  { ...unmanagedBackupAccess, helpUri: scanUri },
];

const endings = { json: 'json', markdown: 'md', sarif: 'sarif' } as const;

/** The three report files of a folder. */
export const reportFiles = (folder: string): readonly Output[] =>
  (['json', 'markdown', 'sarif'] as const).map((format) => ({
    format,
    file: join(folder, `report.${endings[format]}`),
  }));

export const renderReport = (report: Report, format: Format, screen: Screen): string => {
  if (format === 'json') return renderJson(report);
  if (format === 'markdown') return renderMarkdown(report);
  if (format === 'sarif') return renderSarif(report, { ruleDocs, informationUri: homePage });
  return renderText(report, screen);
};

/** Writes every output; files get no colour. */
export const writeOutputs = async (
  report: Report,
  outputs: readonly Output[],
  screen: Screen,
  print: (text: string) => void,
): Promise<void> => {
  for (const { format, file } of outputs) {
    if (file === null) print(renderReport(report, format, screen));
    else {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, renderReport(report, format, { color: false, width: screen.width }));
    }
  }
};
