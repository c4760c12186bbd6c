import { describe, expect, test } from 'vitest';
import type { EffectiveAccess } from '../../src/core/effective.ts';
import { renderMarkdown } from '../../src/report/render-markdown.ts';
import { renderText } from '../../src/report/render-text.ts';
import { columnsOf } from '../../src/report/wrap-text.ts';
import { hubstorAccess, reach, vaultAccess } from '../support/report-access.ts';
import { clean, offline } from '../support/reports.ts';

const section = (access: readonly EffectiveAccess[], width = 100): readonly string[] => {
  const lines = renderText({ ...clean, effectiveAccess: access }, { color: false, width }).split('\n');
  const start = lines.indexOf('Who reaches what, as the tenant is now');
  return start < 0 ? [] : lines.slice(start + 1, lines.indexOf('', start));
};
const told = (reaches: EffectiveAccess['reaches'], over: Partial<EffectiveAccess> = {}): readonly string[] =>
  section([{ ...hubstorAccess, reaches, in: [], out: [], remarks: [], ...over }], 200)
    .slice(1)
    .map((line) => line.trim().replace(/\s+/g, ' '));
const by = (...names: readonly string[]) => ({
  by: names.map((subject) => ({
    kind: 'azure-role-assignment' as const,
    subject,
    api: null,
    scope: null,
    through: [],
  })),
});

describe('one identity', () => {
  test('nothing reached, and nothing grave in doubt: no row', () => {
    expect(told([reach('lifts-locks', 'lifts delete locks', { answer: 'no' })])).toEqual([]);
  });

  test('one thing that several verbs do, and one verb that does several things, are one phrase', () => {
    expect(
      told([
        reach('a', 'reads every site and drive', by('x')),
        reach('b', 'changes every site and drive', by('x')),
        reach('c', 'deletes disks', by('x')),
        reach('d', 'deletes snapshots or restore points', by('x')),
      ]),
    ).toEqual(['reaches reads and changes every site and drive; deletes disks, snapshots or restore points · by x']);
  });

  test('what is slight is told only where nothing else is', () => {
    const sees = reach('sees-resources', 'sees resources', { weight: 'slight', ...by('Reader') });
    expect(told([sees])).toEqual(['reaches sees resources · by Reader']);
    expect(told([reach('exports-disks', 'exports disks', by('x')), sees])).toEqual(['reaches exports disks · by x']);
  });

  test('places stand apart, unless one grant does it all', () => {
    const rows = [
      reach('a', 'exports disks', { where: 'in 2 resource groups', ...by('x') }),
      reach('b', 'deletes disks', { where: 'in 1 disk', ...by('x', 'y') }),
    ];
    expect(told(rows)).toEqual([
      'reaches exports disks in 2 resource groups · by x',
      'deletes disks in 1 disk · by x, y',
    ]);
    const everywhere = [
      reach('a', 'reads every chat', { area: 'chats', ...by('GA') }),
      reach('b', 'reads every mailbox', { area: 'mail', ...by('GA') }),
    ];
    expect(told(everywhere)).toEqual(['reaches reads every chat; reads every mailbox · by GA']);
  });

  test('what was not asked for is doubted only where it is grave', () => {
    const unread = [{ kind: 'exchange-role-assignment' as const, reason: null, needs: null }];
    const refused = [{ kind: 'exchange-role-assignment' as const, reason: 'forbidden' as const, needs: null }];
    const doubt = { answer: 'unknown', unread } as const;
    expect(told([reach('a', 'reads every calendar', doubt)])).toEqual([]);
    expect(told([reach('a', 'reads every mailbox', { ...doubt, weight: 'grave' })])).toEqual([
      'unknown reads every mailbox · not read: Exchange roles',
    ]);
    expect(told([reach('a', 'reads every calendar', { ...doubt, unread: refused })])).toEqual([
      'unknown reads every calendar · not read: Exchange roles',
    ]);
  });

  test('steps that lead out further are left to the JSON', () => {
    const [atOnce, further] = hubstorAccess.out;
    expect(told([], { out: [atOnce, further].flatMap((one) => one ?? []) })).toEqual([
      'leads to it can assign itself any role in resource group `rg-dr`',
    ]);
  });
});

describe('many identities', () => {
  const many = Array.from({ length: 50 }, (_, at) => ({
    ...hubstorAccess,
    policy: `policy-${at}`,
    reaches: [reach('exports-disks', `exports disk ${at}`, by('x'))],
  }));

  test('are cut, and the rest is counted', () => {
    const lines = section(many);
    expect(lines.at(-1)).toBe('… and 40 more identities: all are in the JSON report (--format json)');
    expect(lines.length).toBeLessThan(80);
  });

  test('of which the same is told stand together', () => {
    const lines = section(many.map((one) => ({ ...one, reaches: hubstorAccess.reaches })));
    expect(lines.join(' ')).toContain('and 47 more like it');
    expect(lines.filter((line) => line.includes('reaches'))).toHaveLength(1);
  });

  test('fit every width, and a page of Markdown its limit', () => {
    for (const width of [100, 80, 60, 40])
      for (const line of section([hubstorAccess, vaultAccess], width))
        expect(columnsOf(line), line).toBeLessThanOrEqual(width);
    const page = renderMarkdown({ ...clean, effectiveAccess: Array.from({ length: 2000 }, () => hubstorAccess) });
    expect(page.length).toBeLessThan(60_000);
    expect(page).toMatch(/_… and \d+ more: all are in the JSON report_/);
  });
});

test('offline, the title says that policies ask and nobody holds', () => {
  expect(renderText(offline, { color: false, width: 80 })).toContain(
    'Who would reach what, by what the policies ask for\n',
  );
  expect(renderMarkdown(offline)).toContain('Who would reach what, by what the policies ask for (1 identity)');
});

test('a validation looks at files only', () => {
  const files = { ...offline, mode: 'validate' } as const;
  expect(renderText(files, { color: false, width: 80 })).not.toContain('reach');
  expect(renderMarkdown(files)).not.toContain('reach');
});
