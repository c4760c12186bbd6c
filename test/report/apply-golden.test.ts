import { describe, expect, test } from 'vitest';
import { renderApplyComment } from '../../src/report/apply-comment.ts';
import { renderJson } from '../../src/report/render-json.ts';
import { renderMarkdown } from '../../src/report/render-markdown.ts';
import { renderText } from '../../src/report/render-text.ts';
import { applyReports } from '../support/apply-reports.ts';
import { commentAbout } from '../support/check-comment.ts';

describe.each(Object.entries(applyReports))('%s', (name, report) => {
  const golden = (file: string): string => `../golden/apply/${name}.${file}`;
  test('text', async () => {
    await expect(renderText(report, { color: false, width: 80 })).toMatchFileSnapshot(golden('txt'));
  });
  test('Markdown', async () => {
    await expect(renderMarkdown(report)).toMatchFileSnapshot(golden('md'));
  });
  test('comment', async () => {
    await expect(renderApplyComment(report, commentAbout)).toMatchFileSnapshot(golden('comment.md'));
  });
  test('JSON', async () => {
    const { apply, conclusion, exitCode, mode } = JSON.parse(renderJson(report));
    const told = `${JSON.stringify({ mode, exitCode, conclusion, apply }, null, 2)}\n`;
    await expect(told).toMatchFileSnapshot(golden('json'));
  });
});
