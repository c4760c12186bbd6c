import { describe, expect, test } from 'vitest';
import { renderText } from '../../src/report/render-text.ts';
import { columnsOf } from '../../src/report/wrap-text.ts';
import { ownColors } from '../support/hostile.ts';
import { finding } from '../support/report-parts.ts';
import { clean, crowded, incomplete, offline, reports, violations } from '../support/reports.ts';

const plain = { color: false, width: 80 };
const linesOf = (text: string): readonly string[] => text.trimEnd().split('\n');

test.each(Object.entries(reports))('%s fits 80, 60 and 40 columns', (_name, report) => {
  for (const width of [80, 60, 40])
    for (const line of linesOf(renderText(report, { color: false, width })))
      expect(columnsOf(line), line).toBeLessThanOrEqual(width);
});

test.each(Object.entries(reports))('%s says the same in colour and without', (_name, report) => {
  const colored = renderText(report, { color: true, width: 80 });
  expect(colored).toContain('\u001b[');
  expect(colored.replace(ownColors, '')).toBe(renderText(report, plain));
});

test('nothing to fix is said on one screen', () => {
  expect(linesOf(renderText(clean, plain)).length).toBeLessThan(15);
});

describe('a tenant in which everything is wrong', () => {
  const lines = linesOf(renderText(crowded(5000), plain));

  test('stays readable', () => {
    expect(lines.length).toBeLessThan(400);
  });

  test('shows the worst only, and says how many are left out and where they are', () => {
    expect(lines.filter((line) => /^ {2}critical {2}|^ {12}also /.test(line))).toHaveLength(60);
    expect(lines.filter((line) => /^ {2}(?:high|medium|low) /.test(line))).toEqual([]);
    const at = lines.findIndex((line) => line.includes('… and 4940 more'));
    expect(
      lines
        .slice(at, at + 2)
        .join(' ')
        .replace(/\s+/g, ' '),
    ).toBe(
      '… and 4940 more to fix (1190 critical, 1250 high, 1250 medium, 1250 low): all are in the JSON report (--format json)',
    );
  });

  test('counts all of them in the headline and at the end', () => {
    expect(lines[0]).toMatch(/^5,000 things to fix, the worst: HubStor Backup App holds `Contributor` on/);
    expect(lines.at(-1)).toBe('exit code 1, violations: 3,750 findings at or above medium would stand');
  });
});

describe('what was not read', () => {
  test('stands above every finding', () => {
    const text = renderText(incomplete, plain);
    expect(text.indexOf('not everything was read')).toBeGreaterThan(0);
    expect(text.indexOf('not everything was read')).toBeLessThan(text.indexOf('To fix'));
    expect(text).not.toContain('everything was read (');
  });

  test('is never called clean, even where nothing was found', () => {
    const [first, second] = linesOf(renderText({ ...incomplete, findings: [] }, plain));
    expect(first).toBe('it is not known whether all is well');
    expect(second).toMatch(/^not everything was read: 2 gaps in 14 reads/);
  });

  test('is seen although the conclusion is another', () => {
    const [first] = linesOf(renderText({ ...incomplete, findings: [], conclusion: 'clean', exitCode: 0 }, plain));
    expect(first).toBe('it is not known whether all is well');
  });
});

test('ids are whole, a scope stands by its name, other long paths keep their end', () => {
  const disk = `data-${'x'.repeat(30)}`;
  const scope = `/subscriptions/3b9c1f60-7d0e-4a55-8c3f-2f6a9e1d4b70/resourceGroups/rg-erp-prod/providers/Microsoft.Compute/disks/${disk}`;
  const message = `\`${scope}\` is wider than \`${scope}2\``;
  const text = renderText({ ...violations, findings: [finding({ scope, message })] }, { color: false, width: 60 });
  expect(text).toContain('6f1c0f5e-2f0a-4b6e-9d57-0f2a7b6d1c10');
  const words = text.replace(/\s+/g, ' ');
  expect(words).toContain(`\`${disk}\` is wider than \`…/disks/${disk}2\``);
  expect(words).toContain(`Contributor on disks/${disk} in rg-erp-prod`);
});

test('where much is wrong, mild findings are one line each, and the others share their explanation', () => {
  const few = Array.from({ length: 30 }, (_, index) =>
    finding({ severity: index < 10 ? 'high' : 'low', scope: `/subscriptions/s/resourceGroups/rg-${index}` }),
  );
  const lines = linesOf(renderText({ ...clean, findings: few }, plain));
  expect(lines.filter((line) => /^ {2}high {6}/.test(line))).toHaveLength(1);
  expect(lines.filter((line) => /^ {12}also /.test(line))).toHaveLength(9);
  expect(lines.filter((line) => /^ {2}low {7}/.test(line))).toHaveLength(20);
  expect(lines.filter((line) => line.includes('→'))).toHaveLength(1);
});

test('the headline says who holds what, and where', () => {
  const [first = '', second = ''] = linesOf(renderText({ ...clean, findings: [finding({})] }, plain));
  expect(`${first} ${second}`).toBe(
    '1 thing to fix: HubStor Backup App holds `Contributor` on resource group rg-erp-prod (privileged-azure-role)',
  );
});

test('the headline says what is only asked for', () => {
  const [first = ''] = linesOf(renderText({ ...clean, findings: [finding({ side: 'policy' })] }, plain));
  expect(first).toBe('1 thing to fix: HubStor Backup App is to hold `Contributor` on resource group');
});

test('the headline names access before anything else of the same severity', () => {
  const secret = finding({
    rule: 'long-lived-secret',
    subject: 'a5e14498-756f-4053-9009-eddb0cbe8665',
    api: null,
    scope: null,
  });
  const [both = ''] = linesOf(renderText({ ...clean, findings: [secret, finding({})] }, plain));
  const [alone = ''] = linesOf(renderText({ ...clean, findings: [secret] }, plain));
  expect(both).toBe('2 things to fix, the worst: HubStor Backup App holds `Contributor` on resource');
  expect(alone).toBe('1 thing to fix: HubStor Backup App (long-lived-secret)');
});

test('what fails nothing is to look at, not to fix', () => {
  const [first] = linesOf(
    renderText({ ...clean, findings: [finding({ severity: 'low', message: 'a thing' })] }, plain),
  );
  expect(first).toBe('1 thing to look at: HubStor Backup App holds `Contributor` on resource group');
});

test('a validation speaks of files, not of a tenant', () => {
  const files = { ...offline, mode: 'validate', exitCode: 0, conclusion: 'clean', findings: [], verdicts: [] } as const;
  expect(renderText(files, plain)).toBe(
    [
      '1 policy is in order',
      'the tenant was not asked: only the files were looked at',
      'validation of 1 policy, no tenant, as of 2026-11-22 00:00 UTC',
      '',
      'exit code 0, clean: nothing at or above medium stands',
      '',
    ].join('\n'),
  );
});

test.each([
  ['clean', clean, 'nothing to fix, and the tenant is as the policies say'],
  ['changes to make', { ...violations, findings: [] }, 'nothing to fix, and 5 changes to make'],
  [
    'drift that no merge mends',
    { ...violations, findings: [], plan: { digest: '', steps: [], withheld: [] } },
    'nothing to fix, 6 differences to the tenant',
  ],
  ['offline', { ...offline, findings: [] }, 'nothing to fix in what the policies ask for'],
])('the headline where there is nothing to fix: %s', (_name, report, expected) => {
  expect(linesOf(renderText(report, plain))[0]).toBe(expected);
});
