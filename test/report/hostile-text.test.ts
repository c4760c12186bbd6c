import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/core/report.ts';
import { renderAnnotations, renderCommands } from '../../src/report/render-annotations.ts';
import { renderDiagnostics } from '../../src/report/render-diagnostics.ts';
import { renderJson } from '../../src/report/render-json.ts';
import { renderMarkdown } from '../../src/report/render-markdown.ts';
import { renderSarif } from '../../src/report/render-sarif.ts';
import { renderText } from '../../src/report/render-text.ts';
import { columnsOf } from '../../src/report/wrap-text.ts';
import { hostileReport, hostileText, longTexts, ownColors, runnerCommands } from '../support/hostile.ts';
import { ruleDocs } from '../support/report-parts.ts';

const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

const checkTerminal = (output: string): void => {
  expect(runnerCommands(output)).toEqual([]);
  const plain = output.replace(ownColors, '');
  for (const line of plain.split('\n')) {
    expect(line).not.toMatch(unseen);
    expect(columnsOf(line), line).toBeLessThanOrEqual(80);
  }
};

const checkMarkdown = (output: string): void => {
  expect(output.length).toBeLessThan(60_000);
  expect(output.isWellFormed()).toBe(true);
  expect(output.replaceAll('\u2060', '')).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\p{Zl}|\p{Zp}/u);
  expect(runnerCommands(output)).toEqual([]);
  for (const table of output.matchAll(/(?:^\|.*\n)+/gm)) {
    const widths = new Set(
      table[0]
        .trimEnd()
        .split('\n')
        .map((row) => row.split('|').length),
    );
    expect([...widths], table[0]).toHaveLength(1);
  }
  const words = output
    .replace(/^(?:<details><summary>(?=[^<]*<\/summary>$)|<\/details>$)/gm, '')
    .replace(/<\/summary>$/gm, '')
    .replace(/^#{3,4} /gm, '')
    .replace(/`[^`\n]+`/g, '')
    .replace(/&#\d+;/g, '');
  expect(words).not.toMatch(/[<>`[\]#\\$]|:\/\/|@[a-z0-9]|www\.|gh-\d/i);
};

const checkJson = (output: string): void => {
  JSON.parse(output);
  expect(output.replaceAll('\n', '')).not.toMatch(unseen);
  expect(runnerCommands(output)).toEqual([]);
};

/** What a runner makes of one command. */
const parseCommand = (line: string) => {
  const {
    level = '',
    properties = '',
    message = '',
  } = /^::(?<level>\w+) (?<properties>[^:]*)::(?<message>.*)$/.exec(line)?.groups ?? {};
  const decode = (text: string): string =>
    text.replace(/%0D/g, '\r').replace(/%0A/g, '\n').replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%25/g, '%');
  return {
    level,
    properties: Object.fromEntries(properties.split(',').map((pair) => pair.split('=').map(decode))),
    message: decode(message),
  };
};

const checkAnnotations = (report: Report): void => {
  const annotations = renderAnnotations(report);
  const lines = renderCommands(annotations).trimEnd().split('\n');
  expect(lines).toHaveLength(annotations.length);
  for (const [at, { level, title, message }] of annotations.entries()) {
    expect(`${title}${message}`).not.toMatch(unseen);
    expect(runnerCommands(`${title}\n${message}`)).toEqual([]);
    const read = parseCommand(lines[at] ?? '');
    expect([read.level, read.message]).toEqual([level, message]);
  }
};

const checkAll = (report: Report): void => {
  checkTerminal(renderText(report, { color: true, width: 80 }));
  checkTerminal(renderText(report, { color: false, width: 80 }));
  checkTerminal(renderDiagnostics(report.diagnostics, { color: true, width: 80 }));
  checkMarkdown(renderMarkdown(report));
  checkJson(renderJson(report));
  checkJson(renderSarif(report, { ruleDocs }));
  checkAnnotations(report);
};

describe('no text of a tenant or a policy steers what shows it', () => {
  test('in any field of any output', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 40 }), (texts) => checkAll(hostileReport(texts))),
      { numRuns: 150 },
    );
  });

  test.each(longTexts.map((text) => [text.slice(0, 12), text]))('a megabyte of %j', (_start, text) => {
    const report = hostileReport([text]);
    checkAll(report);
    expect(renderText(report, { color: false, width: 80 }).length).toBeLessThan(250_000);
    expect(renderSarif(report, { ruleDocs }).length).toBeLessThan(250_000);
  });

  test('and SARIF makes no link of it', () => {
    const sarif = renderSarif(hostileReport(['[x](http://evil.example)']), { ruleDocs });
    expect(sarif.match(/"text": .*\]\(.*/g)).toBeNull();
  });

  test('a GUID that claims to be a rule of ours stays a text', () => {
    const report = hostileReport(['__proto__', 'constructor', 'toString']);
    checkAll(report);
    expect(JSON.parse(renderJson(report)).findings).toHaveLength(report.findings.length);
  });
});
