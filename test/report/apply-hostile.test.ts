import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StepState } from '../../src/core/apply.ts';
import type { Report } from '../../src/core/report.ts';
import { renderApplyComment } from '../../src/report/apply-comment.ts';
import { renderAnnotations, renderCommands } from '../../src/report/render-annotations.ts';
import { renderJson } from '../../src/report/render-json.ts';
import { renderMarkdown } from '../../src/report/render-markdown.ts';
import { renderSarif } from '../../src/report/render-sarif.ts';
import { renderText } from '../../src/report/render-text.ts';
import { columnsOf } from '../../src/report/wrap-text.ts';
import { applyReport, applyReports, partial, withheld } from '../support/apply-reports.ts';
import { checkComment, checkElements, checkPage, checkParsed, commentAbout } from '../support/check-comment.ts';
import { hostileReport, hostileText, longTexts, ownColors, runnerCommands } from '../support/hostile.ts';
import { ruleDocs } from '../support/report-parts.ts';
import { crowded } from '../support/reports.ts';

const marker = '<!-- backup-access-guard-apply:check -->\n';
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const scenes = Object.values(applyReports);

const checkText = (report: Report): void => {
  const output = renderText(report, { color: true, width: 80 });
  expect(runnerCommands(output)).toEqual([]);
  for (const line of output.replace(ownColors, '').split('\n')) {
    expect(line).not.toMatch(unseen);
    expect(columnsOf(line), line).toBeLessThanOrEqual(80);
  }
  expect(output.length).toBeLessThan(250_000);
};

const checkMarkdown = (report: Report): void => {
  const page = renderMarkdown(report);
  expect(page.length).toBeLessThanOrEqual(60_000);
  checkPage(page);
  checkElements(page);
  checkParsed(page);
};

const checkMachines = (report: Report): void => {
  for (const output of [renderJson(report), renderSarif(report, { ruleDocs })]) {
    JSON.parse(output);
    expect(output.replaceAll('\n', '')).not.toMatch(unseen);
    expect(runnerCommands(output)).toEqual([]);
  }
  const annotations = renderAnnotations(report);
  for (const { title, message } of annotations) {
    expect(`${title}${message}`).not.toMatch(unseen);
    expect(runnerCommands(`${title}\n${message}`)).toEqual([]);
  }
  expect(renderCommands(annotations).trimEnd().split('\n').length).toBe(Math.max(1, annotations.length));
};

const checkAll = (report: Report): void => {
  checkText(report);
  checkMarkdown(report);
  checkMachines(report);
  checkComment(renderApplyComment(report, commentAbout), marker);
};

describe('no text of a tenant, a policy, GitHub or Microsoft steers what shows it', () => {
  test('in any field of any output', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 40 }), fc.constantFrom(...scenes), (texts, scene) =>
        checkAll(hostileReport(texts, scene)),
      ),
      { numRuns: 80 },
    );
  });

  test('where all fields have one text, so that all relations hold', () => {
    fc.assert(
      fc.property(hostileText, fc.constantFrom(...scenes), (text, scene) => checkAll(hostileReport([text], scene))),
      { numRuns: 60 },
    );
  });

  test.each(longTexts.map((text) => [text.slice(0, 12), text]))('a megabyte of %j', (_start, text) => {
    for (const name of ['partial', 'refused', 'applied-rest']) checkAll(hostileReport([text], applyReports[name]));
  });
});

/** A run of so many steps, as many refusals and as many changes left out. */
const large = (size: number, state: (at: number) => StepState): Report => {
  const { plan, drift } = crowded(size);
  const refusals = Array.from({ length: size }, (_, at) => ({ code: `reason-${at}`, why: 'so', wayForward: 'else' }));
  const results = plan.steps.map(({ id }, at) => ({
    step: id,
    state: state(at),
    detail: 'seen',
    requestIds: [`${at}`],
  }));
  const run = { results, withheld: drift.map((one) => ({ ...withheld, ...one })), stopped: 'enough' };
  const refused = size % 2 === 1;
  return applyReport(refused ? { ...run, results: [], refusals } : run, { ...partial, plan });
};
const left = (text: string, what: RegExp): number => Number(what.exec(text)?.[1] ?? 0);

describe('what does not fit is counted', () => {
  test.each([0, 10, 100, 1000, 5000])('in the comment and the Markdown of %i steps', (size) => {
    const report = large(size, (at) => (at % 3 === 0 ? 'done' : at % 3 === 1 ? 'unknown' : 'not-run'));
    checkComment(renderApplyComment(report, commentAbout), marker);
    checkMarkdown(report);
    for (const page of [renderApplyComment(report, commentAbout), renderMarkdown(report)]) {
      const table = page.slice(page.indexOf('#### What became'));
      const rows = table.match(/^\| (?:❓|❌|⏸️|✅|☑️) \|/gmu)?.length ?? 0;
      const end = table.search(/\n(?:#### (?!What became)|<details>|<sub>|Plan `)/);
      expect(rows + left(table.slice(0, end), /_… and (\d+) more: all are in/)).toBe(size);
      if (rows > 0 && rows < size) expect(table).toMatch(/^\| ❓/m);
    }
  });

  test.each([1, 11, 101, 5001])('in the comment of %i refusals', (size) => {
    const comment = renderApplyComment(
      large(size, () => 'done'),
      commentAbout,
    );
    checkComment(comment, marker);
    const part = comment.slice(comment.indexOf('#### Refused'), comment.indexOf('#### Left out'));
    const rows = part.match(/^- `reason-/gm)?.length ?? 0;
    expect(rows).toBeGreaterThan(0);
    expect(rows + left(part, /_… and (\d+) more: all are in/)).toBe(size);
  });

  test.each([
    [20, 'done', 0],
    [22, 'done', 2],
    [5000, 'not-run', 4980],
  ] as const)('on a terminal, %i steps %s', (size, state, more) => {
    const text = renderText(
      large(size, () => state),
      { color: false, width: 120 },
    );
    expect(left(text, / {2}… and (\d+) more of these/)).toBe(more);
    expect(text.match(/^ {4}- (?:grant|revoke) /gm)).toHaveLength(Math.min(20, size));
  });
});
