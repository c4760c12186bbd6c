import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseProductProfile } from '../../src/core/parse-product-profile.ts';
import { apisOfProfiles } from '../../src/knowledge/products.ts';

const page = readFileSync(new URL('../../docs/products.md', import.meta.url), 'utf8');

describe('docs/products.md', () => {
  it('links to headings that it has', () => {
    const slug = (title: string): string => title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const headings = new Set(Array.from(page.matchAll(/^#+ (.+)$/gm), ([, title = '']) => slug(title)));
    const links = Array.from(page.matchAll(/\]\(#([^)]+)\)/g), ([, target = '']) => target);
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((target) => !headings.has(target))).toEqual([]);
  });

  it('shows a profile that is accepted', () => {
    const [yaml, ...others] = Array.from(page.matchAll(/```yaml\n([\s\S]*?)```/g), ([, text = '']) => text);
    expect(others).toEqual([]);
    const result = parseProductProfile('docs/products.md', yaml ?? '', apisOfProfiles);
    expect(result.ok ? [result.value.id] : result.error).toEqual(['acme-backup']);
  });
});
