import { expect, test } from 'vitest';
import { renderAnnotations, renderCommands } from '../../src/report/render-annotations.ts';
import { clean, crowded, incomplete, invalid, offline, violations } from '../support/reports.ts';

test.each([
  ['clean', clean, []],
  [
    'violations: what stands, not what is cured or accepted',
    violations,
    [
      'error policies/hubstor.yaml:24 critical: self-escalation, Owner on resource group rg-premium-prod',
      'error policies/hubstor.yaml:8 high: long-lived-secret, 3f1a9c52-6b7d-4e08-9a41-c2d5e8f01b63',
      'error policies/hubstor.yaml:21 high: privileged-azure-role, Contributor on resource group rg-erp-prod',
      'warning policies/azure-backup/disks.yaml:9 medium: privileged-azure-role, Owner on resource group rg-dr',
    ],
  ],
  [
    'incomplete: gaps before findings',
    incomplete,
    [
      'error policies/hubstor.yaml:1 not read',
      'error policies/azure-backup/disks.yaml:1 not read',
      'error policies/hubstor.yaml:21 high: privileged-azure-role, Contributor on resource group rg-erp-prod',
    ],
  ],
  [
    'invalid: mistakes on their lines',
    invalid,
    [
      'error policies/a-folder/of-the-team/hubstor.yaml:7 bad-id',
      'error policies/vplus.yaml:12 unknown-key',
      'error policies/vplus.yaml:14 unknown-permission',
    ],
  ],
  [
    'offline',
    offline,
    ['error policies/hubstor.yaml:21 high: privileged-azure-role, Contributor on resource group rg-erp-prod'],
  ],
])('%s', (_name, report, expected) => {
  expect(renderAnnotations(report).map(({ level, file, line, title }) => `${level} ${file}:${line} ${title}`)).toEqual(
    expected,
  );
});

test('what only time brought is a warning on a pull request that did not touch it', () => {
  const way = { base: null, head: null, files: ['x'], asked: [], stepsBefore: [], driftBefore: [], findingsBefore: [] };
  const threeWay = { ...way, spared: ['5d20f1b8c6', 'e4417b09da'], cured: [], leftAlone: [], accessAfter: [] };
  expect(renderAnnotations({ ...violations, threeWay }).map(({ level, line }) => `${level} ${line}`)).toEqual([
    'error 24',
    'error 21',
    'warning 8',
    'warning 9',
  ]);
});

test.each([0, 8, 9, 10, 5000])('%i of a level are at most nine, and the last says how many are missing', (size) => {
  const report = crowded(size * 4);
  for (const level of ['error', 'warning', 'notice']) {
    const of = renderAnnotations(report).filter((one) => one.level === level);
    const all = level === 'error' ? size * 2 : size;
    expect(of).toHaveLength(Math.min(all, 9));
    if (all > 9) {
      expect(of.at(-1)?.message).toBe(
        `${all - 8} more of this level are not shown here: all are in the job summary and in the JSON report`,
      );
      expect(of.at(-1)?.file).toBeNull();
    }
  }
});

test('as workflow commands', () => {
  expect(renderCommands(renderAnnotations(invalid).slice(1, 2))).toBe(
    '::error file=policies/vplus.yaml,line=12,endLine=12,col=5,endColumn=26,title=unknown-key::`aplicationPermissions` is not a key of `access`. Did you mean `applicationPermissions`?\n',
  );
});
