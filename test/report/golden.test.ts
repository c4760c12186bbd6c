import { expect, test } from 'vitest';
import { renderJson } from '../../src/report/render-json.ts';
import { renderMarkdown } from '../../src/report/render-markdown.ts';
import { renderSarif } from '../../src/report/render-sarif.ts';
import { renderText } from '../../src/report/render-text.ts';
import { ruleDocs } from '../support/report-parts.ts';
import { reports } from '../support/reports.ts';

for (const [name, report] of Object.entries(reports)) {
  const golden = (extension: string): string => `../golden/${name}.${extension}`;
  test(`${name}: text`, async () => {
    await expect(renderText(report, { color: false, width: 80 })).toMatchFileSnapshot(golden('txt'));
  });
  test(`${name}: Markdown`, async () => {
    await expect(renderMarkdown(report)).toMatchFileSnapshot(golden('md'));
  });
  test(`${name}: JSON`, async () => {
    await expect(renderJson(report)).toMatchFileSnapshot(golden('json'));
  });
  test(`${name}: SARIF`, async () => {
    await expect(renderSarif(report, { ruleDocs })).toMatchFileSnapshot(golden('sarif'));
  });
}
