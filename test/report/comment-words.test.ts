import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/core/report.ts';
import { commentMarker } from '../../src/report/comment-marker.ts';
import { renderComment } from '../../src/report/render-comment.ts';
import { commentAbout } from '../support/check-comment.ts';
import { added, removed, stepsOf, way } from '../support/comment-parts.ts';
import { commentReports } from '../support/comment-reports.ts';
import { azureRole, finding, missing, undeclared } from '../support/report-parts.ts';
import { clean } from '../support/reports.ts';

const scene = (name: string): Report => {
  const report = commentReports[name];
  if (report === undefined) throw new Error(`no report ${name}`);
  return report;
};
const lineOf = (name: string, at: number): string | undefined =>
  renderComment(scene(name), commentAbout).split('\n')[at];

test.each([
  [
    'narrowed',
    'HubStor Backup App loses `Contributor` on resource group rg-erp-prod, gains `Disk Backup Reader` and `Disk Snapshot Contributor`',
  ],
  ['unchanged', 'no access changes'],
  [
    'by-hand',
    'HubStor Backup App is to lose `Contributor` on resource group rg-erp-prod, to gain `Disk Snapshot Contributor` on resource group rg-snapshots',
  ],
  [
    'breaking',
    'the next backup of azure-vm-disk would fail: no `Disk Backup Reader` on `rg-erp-prod` (HubStor Backup App)',
  ],
  [
    'fork',
    'hubstor-prod (6f1c0f5e) is to lose `Contributor` on resource group rg-erp-prod, to gain `Disk Backup Reader` and `Disk Snapshot Contributor`',
  ],
  [
    'gap',
    'HubStor Backup App is to lose `Contributor` on resource group rg-erp-prod, to gain `Disk Backup Reader` on resource group rg-erp-prod; not everything could be read',
  ],
  ['invalid', '3 mistakes in 2 files to mend first: nothing was judged'],
])('the headline is about access: %s', (name, headline) => {
  expect(lineOf(name, 1)).toBe(`### Backup access · ${headline}`);
});

test.each([
  [
    'narrowed',
    '❌ **fails** · **3 changes** · **1 finding to decide**, not new · everything was read (7 requests, 0 gaps) · plan `9f2c41d7`',
  ],
  [
    'tidy',
    '✅ **passes** · **3 changes** · **nothing to decide** · everything was read (7 requests, 0 gaps) · plan `9f2c41d7`',
  ],
  ['unchanged', '✅ **passes** · **0 changes** · **nothing to decide** · everything was read (7 requests, 0 gaps)'],
  [
    'fork',
    '⚪ **neutral** · **3 changes asked for** · **1 finding to decide** · the tenant was not read: only what the policies ask for was judged',
  ],
  [
    'gap',
    '⚠️ **incomplete** · **0 changes**, 2 more asked for and not planned · **1 finding to decide so far**, not new · **not everything was read: 1 gap in 7 reads (7 requests) · 3 verdicts are unknown**',
  ],
])('the second line says how it ends, how much there is, and whether all was seen: %s', (name, expected) => {
  expect(lineOf(name, 2)).toBe(expected);
});

test('a pull request that touches no policy gets one quiet sentence', () => {
  expect(renderComment(scene('untouched'), commentAbout)).toBe(
    '<!-- backup-access-guard:check -->\nNo backup access policy is touched by this pull request, so the tenant was not asked.\n',
  );
});

describe('the marker', () => {
  test.each(['check', 'a', 'nightly-2', 'a'.repeat(40)])('takes %s', (tag) => {
    expect(commentMarker(tag)).toBe(`<!-- backup-access-guard:${tag} -->`);
  });
  test.each(['', 'A', 'a b', 'a'.repeat(41), 'x --> y', 'ä', 'check\n'])('refuses %j', (tag) => {
    expect(() => commentMarker(tag)).toThrow(
      'comment-tag takes 1 to 40 lower-case letters, digits and hyphens, nothing else',
    );
  });
});

const owner = azureRole('Owner', 'rg-a');
const because = (report: Report): string =>
  /^\| (?:➕|➖|✋|❔)[^|]*\|[^|]*\|[^|]*\| (.*) \|$/m.exec(
    renderComment(report, { ...commentAbout, repositoryUrl: null }),
  )?.[1] ?? '';
const planned = (drift: ReturnType<typeof missing>, over: Partial<Report['threeWay']> = {}): Report => ({
  ...clean,
  drift: [drift],
  plan: { ...clean.plan, steps: stepsOf([drift]) },
  threeWay: { ...way, ...over },
});
const idsOf = (drift: ReturnType<typeof missing>): readonly string[] => stepsOf([drift]).map(({ id }) => id);

test.each([
  [
    'asked for by the pull request',
    planned(missing(owner), { asked: [added(owner, 4)] }),
    '`hubstor.yaml:4` asks for it',
  ],
  ['taken out by it', planned(undeclared(owner), { asked: [removed(owner, 4)] }), 'taken out of `hubstor.yaml:4`'],
  [
    'missing before it',
    planned(missing(owner), { stepsBefore: idsOf(missing(owner)) }),
    '`hubstor-prod` asked for it already: it was missing before this pull request',
  ],
  [
    'held before it, asked for by nobody',
    planned(undeclared(owner), { stepsBefore: idsOf(undeclared(owner)) }),
    'no policy asks for it: drifted before this pull request',
  ],
  [
    'held, of a plane that is managed from now on',
    planned(undeclared(owner)),
    'not in `hubstor-prod`, which lets it be revoked from now on',
  ],
  [
    'asked for, by a policy that may grant from now on',
    planned(missing(owner)),
    '`hubstor-prod` asks for it, and lets it be granted from now on',
  ],
  [
    'left to a person',
    { ...clean, threeWay: { ...way, asked: [added(owner, 4, { effect: 'not-written', step: null })] } },
    '`hubstor.yaml:4` asks for it; **left to a person**, since `hubstor-prod` does not let this be written',
  ],
  [
    'found fault with',
    {
      ...planned(missing(owner), { asked: [added(owner, 4)] }),
      findings: [finding({ subject: 'Owner', scope: owner.scope, rule: 'self-escalation' })],
    },
    '`hubstor.yaml:4` asks for it. **high**: `self-escalation`, see below',
  ],
] satisfies readonly [string, Report, string][])('a row says why: %s', (_name, report, expected) => {
  expect(because(report)).toBe(expected);
});

test.each([
  [
    'a folder of the repository',
    (file: string) => `teams/backup/${file}`,
    'blob/4e9d2c834e9d2c834e9d2c834e9d2c834e9d2c83/teams/backup/policies/hubstor.yaml#L22',
  ],
  ['nothing in the repository', () => null, '| `hubstor.yaml:22` asks for it |'],
] as const)('files are %s', (_name, pathOf, expected) => {
  expect(renderComment(scene('narrowed'), { ...commentAbout, pathOf })).toContain(expected);
});

test('a finding that time alone brought is marked, and the last line says that it fails nothing', () => {
  const aged = finding({ fingerprint: 'old', rule: 'expired-exception', severity: 'high' });
  const comment = renderComment(
    { ...clean, findings: [aged], threeWay: { ...way, findingsBefore: ['old'], spared: ['old'] } },
    commentAbout,
  );
  expect(comment).toContain('🟠 **high** (by time alone, fails nothing here)');
  expect(comment).toContain('what stands at or above medium was brought by time alone, not by this pull request.');
});

test.each([
  ['no commit', { head: null, base: null }],
  ['a head that is no commit id', { head: 'main', base: 'main' }],
])('lines are named and not linked with %s', (_name, commits) => {
  const report = scene('narrowed');
  const comment = renderComment({ ...report, threeWay: { ...(report.threeWay ?? way), ...commits } }, commentAbout);
  expect(comment).not.toContain('/blob/');
  expect(comment).toContain('| `hubstor.yaml:22` asks for it |');
});
