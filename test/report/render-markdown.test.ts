import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../../src/report/render-markdown.ts';
import { clean, crowded, incomplete, invalid, violations } from '../support/reports.ts';

/** Longest that GitHub takes as a comment, with room for a marker. */
const limit = 60_000;

describe('a page stays below the limit of comments', () => {
  test.each([0, 1, 10, 100, 1000, 20_000])('with %i findings, differences and steps', (size) => {
    const page = renderMarkdown(crowded(size));
    expect(page.length).toBeLessThanOrEqual(limit);
    const decide = page.slice(0, page.indexOf('#### What a merge changes'));
    const shown = decide.match(/^(?:- \*\*(?:critical|high|medium|low)\*\*| {2}- also )/gm)?.length ?? 0;
    const left = Number(/_… and (\d+) more: all are in the JSON report_/.exec(decide)?.[1] ?? 0);
    expect(shown + left).toBe(size);
  });

  test('dropping whole entries from the mild end', () => {
    const page = renderMarkdown(crowded(5000));
    const severities = [...page.matchAll(/^- \*\*(\w+)\*\*/gm)].map((match) => match[1]);
    expect(new Set(severities)).toEqual(new Set(['critical']));
    expect(page).toMatch(/ {2}- also `Contributor` on resource group rg-\d+ · `policies\/hubstor\.yaml:\d+`\n\n_… and/);
  });

  test('and keeping revokes where grants go', () => {
    const page = renderMarkdown(crowded(1000));
    const table = page.slice(page.indexOf('What a merge changes'), page.indexOf('<details>'));
    expect(table).toContain('| ➖ |');
    expect(table).not.toContain('| ➕ |');
    expect(table).toMatch(/_… and \d+ more: all are in the JSON report_/);
  });
});

const secondLine = (page: string): string | undefined => page.split('\n')[2];

test.each([
  ['clean', clean, '**0 changes** · **nothing to decide** · everything was read (7 requests, 0 gaps)'],
  [
    'violations',
    violations,
    '**5 changes** · **4 findings to decide** · everything was read (7 requests, 0 gaps) · plan `9f2c41d7`',
  ],
  [
    'incomplete',
    { ...incomplete, findings: [] },
    '**0 changes** · **0 findings to decide so far** · **not everything was read: 2 gaps in 14 reads (7 requests) · 1 rule broke: delegated-grant-on-daemon · 3 verdicts are unknown**',
  ],
  [
    'invalid',
    invalid,
    '**3 mistakes to mend** · **0 changes** · **0 findings to decide so far** · nothing was read (0 requests)',
  ],
])('the second line says how much there is, and whether all was seen: %s', (_name, report, expected) => {
  expect(secondLine(renderMarkdown(report))).toBe(expected);
});

test('where no policy lets a merge change anything, the differences are folded and no table of changes stands', () => {
  const page = renderMarkdown({ ...violations, plan: { digest: '', steps: [], withheld: [] } });
  expect(page).not.toContain('What a merge changes');
  expect(page).toContain('<summary>Policies and tenant differ (6)</summary>');
});
