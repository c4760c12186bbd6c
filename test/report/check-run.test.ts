import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Report } from '../../src/core/report.ts';
import { checkRunOf } from '../../src/report/check-run.ts';
import { utf8Length } from '../../src/report/utf8-length.ts';
import { hostileReport, hostileText, runnerCommands } from '../support/hostile.ts';
import { finding } from '../support/report-parts.ts';
import { clean, crowded, incomplete, invalid, offline, violations } from '../support/reports.ts';

const place = { name: 'Backup access', headSha: 'a'.repeat(40), queued: false, pathOf: (file: string) => file };
const toMake: Report = { ...clean, conclusion: 'changes', plan: violations.plan };

describe('conclusion', () => {
  test.each([
    ['everything as it should be', clean, false, 'success'],
    ['a plan', toMake, false, 'action_required'],
    ['a plan in the merge queue, where approval was given', toMake, true, 'success'],
    ['a plan beside what fails', violations, false, 'failure'],
    ['what fails, in the merge queue', violations, true, 'failure'],
    ['the tenant not read, nothing fails', { ...offline, exitCode: 0, conclusion: 'clean' }, false, 'neutral'],
    ['the tenant not read, a policy asks for too much', offline, false, 'neutral'],
    ['the tenant not wholly read', incomplete, false, 'failure'],
    ['a mistake in a file', invalid, false, 'failure'],
    ['a finding below the limit', { ...clean, findings: [finding({ severity: 'low' })] }, false, 'success'],
  ] as const)('%s: %4$s', (_name, report, queued, conclusion) => {
    expect(checkRunOf(report, { ...place, queued }).conclusion).toBe(conclusion);
  });

  it('is a success only where the run ends with 0 and the tenant was read', () => {
    const any = fc.record({
      exitCode: fc.constantFrom(0, 1, 2, 3, 4, 5, 70),
      tenant: fc.constantFrom(null, clean.tenant),
      plan: fc.constantFrom(clean.plan, violations.plan),
    });
    fc.assert(
      fc.property(any, fc.boolean(), (parts, queued) => {
        const { conclusion } = checkRunOf({ ...clean, ...parts }, { ...place, queued });
        expect(conclusion === 'failure').toBe(parts.exitCode > 1 || (parts.exitCode === 1 && parts.tenant !== null));
        if (conclusion === 'success') expect(parts.tenant).not.toBeNull();
      }),
    );
  });
});

it('says of a pull request that touches no policy that nobody was asked', () => {
  const way = { base: null, head: null, files: [], asked: [], stepsBefore: [], driftBefore: [], findingsBefore: [] };
  const threeWay = { ...way, spared: [], cured: [], leftAlone: [], accessAfter: [] };
  expect(checkRunOf({ ...clean, tenant: null, source: 'offline', threeWay }, place)).toEqual({
    name: 'Backup access',
    headSha: place.headSha,
    conclusion: 'neutral',
    title: 'No backup access policy is touched',
    summary: 'No backup access policy is touched here, so the tenant was not asked.\n',
    text: null,
    externalId: null,
    annotations: [],
  });
});

test.each([
  [
    'violations',
    violations,
    '4 things to fix, the worst: HubStor Backup App holds Owner on resource group rg-premium-prod (self-escalation)',
  ],
  ['a plan', toMake, 'Nothing to fix, and 5 changes to make'],
  ['clean', clean, 'Nothing to fix, and the tenant is as the policies say'],
  ['invalid', invalid, '3 mistakes in 2 files to mend first: nothing was judged'],
])('title of %s', (_name, report, title) => {
  expect(checkRunOf(report, place).title).toBe(title);
});

describe('annotations', () => {
  it('stand on the lines of the policies', () => {
    expect(checkRunOf(invalid, place).annotations[0]).toEqual({
      path: 'policies/a-folder/of-the-team/hubstor.yaml',
      startLine: 7,
      endLine: 7,
      startColumn: 142,
      endColumn: 177,
      level: 'failure',
      title: 'bad-id',
      message: '`appId` has 35 characters, a GUID has 36.',
    });
  });

  it('have no columns where they take several lines', () => {
    const long = finding({ place: { file: 'p.yaml', line: 3, column: 5, endLine: 4, endColumn: 9 } });
    const [annotation] = checkRunOf({ ...clean, findings: [long] }, place).annotations;
    expect(annotation).toMatchObject({ startLine: 3, endLine: 4, startColumn: null, endColumn: null });
  });

  it('have the path of the repository, and are left out for files beyond it', () => {
    const pathOf = (file: string) => (file.startsWith('policies/azure-backup/') ? null : `infra/${file}`);
    const paths = checkRunOf(violations, { ...place, pathOf }).annotations.map(({ path }) => path);
    expect(paths).toEqual(Array.from({ length: 3 }, () => 'infra/policies/hubstor.yaml'));
  });

  test.each([
    [0, 0],
    [40, 40],
    [1000, 1000],
    [1001, 1000],
    [5000, 1000],
  ])('of %i remarks %i are there, worst first, and the summary says how many are not', (size, shown) => {
    const run = checkRunOf(crowded(size), place);
    expect(run.annotations).toHaveLength(shown);
    expect(run.summary.includes('remarks on lines')).toBe(size > shown);
    if (size > shown)
      expect(run.summary).toContain(`… and ${size - shown} more remarks on lines: all are in the JSON report`);
    const levels = run.annotations.map(({ level }) => ['failure', 'warning', 'notice'].indexOf(level));
    expect(levels).toEqual(levels.toSorted((a, b) => a - b));
  });
});

describe('summary', () => {
  it('fits in bytes where its signs take three each', () => {
    const wide = crowded(3000).findings.map((one, at) => ({
      ...one,
      message: `${'漢字'.repeat(200)} ${at}`,
      help: '字'.repeat(300),
    }));
    const { summary } = checkRunOf({ ...crowded(3000), findings: wide }, place);
    expect(utf8Length(summary)).toBeLessThanOrEqual(65_535);
    expect(utf8Length(summary)).toBeGreaterThan(30_000);
    expect(summary).toMatch(/… and \d+ more: all are in the JSON report/);
  });

  it('is the whole page where that fits', () => {
    const { summary } = checkRunOf(violations, place);
    expect(summary.startsWith('### Backup access · ')).toBe(true);
    expect(summary).not.toContain('more: all are in the JSON report');
  });
});

describe('the plan that an approval stands for', () => {
  const told = (report: Report, reviewed?: string | null) => {
    const run = checkRunOf(report, reviewed === undefined ? place : { ...place, reviewed });
    return { text: run.text, externalId: run.externalId, tooLong: run.summary.includes('too long to be approved') };
  };
  const none = { text: null, externalId: null, tooLong: false };

  test.each([
    ['a plan', toMake],
    ['a plan beside what fails', violations],
    ['a plan without a step', clean],
    ['a tenant not wholly read', incomplete],
  ])('is told with its digest: %s', (_name, report) => {
    expect(told(report, 'steps')).toEqual({ text: 'steps', externalId: clean.plan.digest, tooLong: false });
  });

  test.each([
    ['where the caller has none', toMake, null],
    ['where the caller says nothing', toMake, undefined],
    ['where no tenant was seen', offline, 'steps'],
    ['where a snapshot was seen, not the tenant', { ...toMake, source: 'snapshot' as const }, 'steps'],
    ['where a file is wrong', invalid, 'steps'],
    ['where a file is wrong beside a plan', { ...toMake, diagnostics: invalid.diagnostics }, 'steps'],
  ])('is not told %s', (_name, report, reviewed) => {
    expect(told(report, reviewed)).toEqual(none);
  });

  test.each([
    ['65,535 bytes', 'a'.repeat(65_535), true],
    ['65,536 bytes', 'a'.repeat(65_536), false],
    ['65,535 bytes in fewer signs', '漢'.repeat(21_845), true],
    ['65,538 bytes in fewer signs', '漢'.repeat(21_846), false],
  ])('is whole or not there: %s', (_name, reviewed, fits) => {
    const kept = { text: reviewed, externalId: clean.plan.digest, tooLong: false };
    expect(told(crowded(3000), reviewed)).toEqual(fits ? kept : { ...none, tooLong: true });
    expect(utf8Length(checkRunOf(crowded(3000), { ...place, reviewed }).summary)).toBeLessThanOrEqual(65_535);
  });
});

it('hostile reports stay in every limit and steer nobody', () => {
  fc.assert(
    fc.property(fc.array(hostileText, { minLength: 1 }), (texts) => {
      const { title, summary, annotations } = checkRunOf(hostileReport(texts), place);
      expect(utf8Length(summary)).toBeLessThanOrEqual(65_535);
      expect(title.length).toBeLessThanOrEqual(255);
      expect(title).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      for (const one of annotations) {
        expect(one.title.length).toBeLessThanOrEqual(255);
        expect(utf8Length(one.message)).toBeLessThan(65_536);
        expect(runnerCommands(one.message)).toEqual([]);
      }
    }),
  );
});

test.each(['', 'abc', 'ü', '漢字', '👩‍💻', '\ud800', 'a\udfffb', 'e\u0301\u2060'])('bytes of %j', (text) => {
  expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
});
