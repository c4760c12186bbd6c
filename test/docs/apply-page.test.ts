import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/core/parse-config.ts';
import { findAzureRole } from '../../src/knowledge/azure-roles.ts';

const pages = ['docs/apply.md', 'docs/identities.md'];
const page = readFileSync('docs/apply.md', 'utf8');
const rows = (text: string): readonly string[] =>
  Array.from(text.matchAll(/^\| `([a-z-]+)` \| (.+) \| (.+) \|$/gm), ([, code = '']) => code);
const [before = '', refusals = ''] = page.split('\n## Refusals\n');

/** Files that refuse, and what they call it. */
const refused = (): readonly string[] => {
  const files = globSync('src/{guard,app}/*.ts').concat(globSync('src/*.ts'));
  const texts = files.map((file) => readFileSync(file, 'utf8')).filter((text) => /\bRefusal\b|\brefuse\(/.test(text));
  const named = /(?:refuse|[rR]efusal|[a-z]+Refusal)\(\s*'([a-z-]+)'|\bcode: '([a-z-]+)'/g;
  return texts.flatMap((text) => Array.from(text.matchAll(named), ([, called, written]) => called ?? written ?? ''));
};

/** The closed list of what a plan leaves out. */
const withheld = (): readonly string[] => {
  const [, union = ''] = /type WithheldCode =([^;]+);/.exec(readFileSync('src/core/plan.ts', 'utf8')) ?? [];
  return Array.from(union.matchAll(/'([a-z-]+)'/g), ([, code = '']) => code);
};

const sorted = (codes: readonly string[]): readonly string[] => [...new Set(codes)].sort();

describe('docs/apply.md', () => {
  it('tells every refusal, once, and no other', () => {
    expect(rows(refusals).toSorted()).toEqual(sorted(refused()));
    expect(rows(refusals).length).toBeGreaterThan(30);
  });

  it('tells everything that a plan leaves out, in the order of the code', () => {
    expect(rows(before)).toEqual(withheld());
  });
});

describe.each(pages)('%s', (file) => {
  const text = readFileSync(file, 'utf8');
  const slug = (title: string): string =>
    title
      .toLowerCase()
      .replace(/[`',.:]/g, '')
      .replace(/[^a-z0-9]+/g, '-');
  const headings = (of: string) =>
    new Set(Array.from(readFileSync(of, 'utf8').matchAll(/^#+ (.+)$/gm), ([, title = '']) => slug(title)));

  it('links only to pages and headings that are there', () => {
    const links = Array.from(text.matchAll(/\]\(([^):]+)\)/g), ([, link = '']) => link);
    expect(links.length).toBeGreaterThan(2);
    for (const link of links) {
      const [path = '', heading] = link.split('#');
      const target = path === '' ? file : `docs/${path}`;
      expect(readFileSync(target, 'utf8').length, link).toBeGreaterThan(0);
      if (heading !== undefined) expect([...headings(target)], link).toContain(heading);
    }
  });

  it('names only commands and options that exist', () => {
    const cli = readFileSync('src/cli.ts', 'utf8');
    const calls = Array.from(text.matchAll(/npx \. (\w+)([^\n`#>]*)/g));
    expect(calls.length).toBeGreaterThan(0);
    for (const [, command, rest = ''] of calls) {
      expect(cli).toMatch(new RegExp(`'${command}'`));
      for (const [, option] of rest.matchAll(/--([a-z-]+)/g))
        expect(`${cli} ${readFileSync('src/options.ts', 'utf8')}`).toMatch(new RegExp(`--${option}|'${option}'`));
    }
  });
});

describe('docs/identities.md', () => {
  const text = readFileSync('docs/identities.md', 'utf8');
  const [block = ''] = Array.from(text.matchAll(/```yaml\n([\s\S]*?)```/g), ([, found = '']) => found);
  const [condition = ''] = Array.from(text.matchAll(/```text\n([\s\S]*?)```/g), ([, found = '']) => found);

  it('shows a configuration that is accepted', () => {
    const whole = `apiVersion: backup-access/v1\nkind: BackupAccessConfig\n${block}`;
    const parsed = parseConfig('docs/identities.md', whole);
    expect(parsed.ok ? parsed.value.tenants.map(({ applyEnvironment }) => applyEnvironment) : parsed.error).toEqual([
      'backup-access',
    ]);
  });

  it('limits writes by what is asked, and deletes by what is there: roles and principals in both', () => {
    const halves = condition.split('\nAND\n');
    expect(halves).toHaveLength(2);
    for (const [half, action, source] of [
      [halves[0] ?? '', 'write', '@Request'],
      [halves[1] ?? '', 'delete', '@Resource'],
    ] as const) {
      expect(half).toContain(`!(ActionMatches{'Microsoft.Authorization/roleAssignments/${action}'})`);
      for (const attribute of ['RoleDefinitionId', 'PrincipalId'])
        expect(half).toContain(
          `${source}[Microsoft.Authorization/roleAssignments:${attribute}] ForAnyOfAnyValues:GuidEquals`,
        );
      expect(half.split('(').length).toBe(half.split(')').length);
    }
  });

  it('never lets a role be given that the program never grants', () => {
    const [given = ''] = condition.split('\nAND\n');
    const roles = Array.from(given.matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g), ([id]) => id);
    expect(roles.flatMap((id) => findAzureRole(id)?.name ?? [])).toEqual([
      'Disk Backup Reader',
      'Disk Snapshot Contributor',
    ]);
  });
});
