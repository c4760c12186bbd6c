import { describe, expect, it } from 'vitest';
import { explain, nearestName } from '../../src/app/explain.ts';
import { products } from '../../src/knowledge/products.ts';
import { workloads } from '../../src/knowledge/workloads.ts';
import { wrapText } from '../../src/report/wrap-text.ts';
import { rules } from '../../src/rules/index.ts';

const context = { rules, ruleUri: (id: string) => `https://example.com/${id}.md`, products };
const screen = 24;

/** Lines of all that goes by a name, on a terminal of 80 columns. */
const linesOf = (name: string): string[] =>
  explain(name, context).flatMap(({ title, lines }) => [
    title,
    ...lines.flatMap((line) => wrapText(line, 80, '  ', '    ')),
  ]);

describe('explain', () => {
  const asked = [
    'Sites.FullControl.All',
    'Contributor',
    'azure-disk',
    'ninjaone',
    'Mail.Read',
    'Global Administrator',
    'unmanaged-backup-access',
  ];
  it.each([...asked, ...products.map(({ id }) => id), ...workloads.map(({ id }) => id), ...rules.map(({ id }) => id)])(
    '%s fits a screen and names its source',
    (name) => {
      const lines = linesOf(name);
      expect(lines.length).toBeGreaterThan(1);
      expect(lines.length).toBeLessThanOrEqual(screen);
      expect(lines.join('\n')).toMatch(/source:|page:|template id:/);
    },
  );

  it('tells permissions of one name on several APIs apart', () => {
    expect(explain('User.ReadWrite.All', context).map(({ title }) => title)).toEqual([
      'User.ReadWrite.All, an application permission of Microsoft Graph',
      'User.ReadWrite.All, a delegated permission of Microsoft Graph',
      'User.ReadWrite.All, an application permission of Office 365 SharePoint Online',
      'User.ReadWrite.All, a delegated permission of Office 365 SharePoint Online',
    ]);
  });

  it('takes any case, and ids too', () => {
    expect(explain('contributor', context)).toEqual(explain('b24988ac-6180-42a0-ab88-20f7382dd24c', context));
  });

  it('knows nothing by a wrong name, and the nearest right one', () => {
    expect(explain('Contributr', context)).toEqual([]);
    expect(nearestName('Contributr', context)).toBe('Contributor');
    expect(nearestName('zzzzzzzzzzzzzzzz', context)).toBeNull();
  });
});
