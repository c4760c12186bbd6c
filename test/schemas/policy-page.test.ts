import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/core/parse-config.ts';
import { parsePolicy } from '../../src/core/parse-policy.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/policy.md'), 'utf8');
const blocks = [...page.matchAll(/```yaml\n(apiVersion[\s\S]*?)```/g)].map(([, yaml = '']) => yaml);

describe('docs/policy.md', () => {
  it('has the tables that the schemas say', () => {
    expect(() => execFileSync(process.execPath, [join(root, 'scripts/build-policy-docs.ts'), '--check'])).not.toThrow();
  });

  it('links to headings that it has', () => {
    const slug = (title: string): string => title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const headings = new Set([...page.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => slug(title)));
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, target = '']) => target);
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((target) => !headings.has(target))).toEqual([]);
  });

  it('shows files that are accepted', () => {
    expect(blocks.length).toBe(2);
    for (const yaml of blocks) {
      const result = yaml.includes('BackupAccessConfig')
        ? parseConfig('docs/policy.md', yaml)
        : parsePolicy('docs/policy.md', yaml);
      expect(result.ok ? [] : result.error).toEqual([]);
    }
  });
});
