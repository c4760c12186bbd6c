import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unmanagedBackupAccess } from './app/judge-strangers.ts';
import type { Report } from './core/report.ts';
import type { Format, Output, Style } from './options.ts';
import { renderChangeRequest } from './report/render-change-request.ts';
import { renderComment } from './report/render-comment.ts';
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

const renderStyle = (report: Report, style: Style): string => {
  if (style === 'change-request') return renderChangeRequest(report);
  if (style === 'report') return renderMarkdown(report);
  return renderComment(report, { tag: 'check', runUrl: null, reportName: null, repositoryUrl: null, ruleUrl: ruleUri });
};

export const renderReport = (report: Report, format: Format, screen: Screen, style: Style = 'report'): string => {
  if (format === 'json') return renderJson(report);
  if (format === 'markdown') return renderStyle(report, style);
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
  for (const { format, file, style } of outputs) {
    if (file === null) print(renderReport(report, format, screen, style));
    else {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, renderReport(report, format, { color: false, width: screen.width }, style));
    }
  }
};
