import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { expect } from 'vitest';
import { runnerCommands } from './hostile.ts';

/** Addresses that a comment of the tests may lead to. */
export const commentAbout = {
  tag: 'check',
  runUrl: 'https://github.com/contoso/backup-policies/actions/runs/1402',
  reportName: 'backup-access-report',
  repositoryUrl: 'https://github.com/contoso/backup-policies',
  ruleUrl: (rule: string) => `https://backup-access-guard.example/docs/rules/${rule}.md`,
};

const ours =
  /^https:\/\/(?:github\.com\/contoso\/backup-policies\/|backup-access-guard\.example\/docs\/rules\/)[\w.%/#-]+$/;
const link = /(?<!!)\[((?:`[^`\n]+`|[^[\]`<>\\\n])+)\]\(([^()\s]+)\)/g;
const fence = /^```mermaid\n([\s\S]*?)\n```$/gm;
const word = String.raw`[\p{L}\p{M}\p{N} ,.()/_…-]+`;
const box = String.raw`\(\["${word}"\]\)|\["${word}"\]|\("${word}"\)`;
const drawn = new RegExp(
  `^(?:flowchart LR|  n\\d+(?:${box})(?::::(?:gained|lost))?|  n\\d+ (?:-->|==>|-\\.->) n\\d+|  classDef (?:gained|lost) [\\w:#,\\- ]+)$`,
  'u',
);

/** Every table is as wide in each row as in its head. */
const checkTables = (output: string): void => {
  for (const table of output.matchAll(/(?:^\|.*\n)+/gm)) {
    const widths = new Set(
      table[0]
        .trimEnd()
        .split('\n')
        .map((row) => row.split('|').length),
    );
    expect([...widths], table[0]).toHaveLength(1);
    expect(table[0].split('\n')[1]).toMatch(/^\|(?::?-+:?\|)+$/);
  }
};

/** Takes away what the program itself writes; then no sign may be left that Markdown, HTML or GitHub gives a meaning. */
export const checkElements = (output: string): void => {
  for (const [, picture = ''] of output.matchAll(fence))
    for (const line of picture.split('\n')) expect(line).toMatch(drawn);
  const page = output.replace(fence, '');
  for (const [, , url] of page.matchAll(link)) expect(url).toMatch(ours);
  const words = page
    .replace(link, '')
    .replace(/^<details><summary>(.*)<\/summary>$/gm, '$1')
    .replace(/^<\/details>$/gm, '')
    .replace(/^<sub>(.*)<\/sub>$/gm, '$1')
    .replace(/^(?:> )?\[!(?:CAUTION|WARNING|NOTE)\]$/gm, '')
    .replace(/^> \[!(?:CAUTION|WARNING|NOTE)\]$/gm, '')
    .replace(/^> /gm, '')
    .replace(/^#{1,4} /gm, '')
    .replace(/`[^`\n]+`/g, '')
    .replace(/&#\d+;/g, '');
  expect(words).not.toMatch(/[<>`[\]#\\$]|:\/\/|@[a-z0-9]|www\.|gh-\d/i);
  expect(output.match(/^<details>/gm)?.length ?? 0).toBe(output.match(/^<\/details>$/gm)?.length ?? 0);
};

type Root = ReturnType<typeof fromMarkdown>;
type Node = Root | Root['children'][number];

/** Elements of GitHub's Markdown that the program writes; pictures, footnotes, rules and tasks are not among them. */
const elements: ReadonlySet<string> = new Set([
  ...['root', 'heading', 'paragraph', 'text', 'strong', 'emphasis', 'inlineCode', 'code', 'break', 'blockquote'],
  ...['list', 'listItem', 'table', 'tableRow', 'tableCell', 'link', 'html'],
]);
const tag = /^(?:<\/?(?:details|summary|sub)>|<!-- backup-access-guard:check -->)+$/;

/** The same, as a parser of GitHub's Markdown understands the page: only elements, tags and addresses of ours. */
export const checkParsed = (output: string): void => {
  const faults: string[] = [];
  const visit = (node: Node): void => {
    if (!elements.has(node.type)) faults.push(node.type);
    if (node.type === 'link' && !ours.test(node.url)) faults.push(`link to ${node.url}`);
    if (node.type === 'code' && node.lang !== 'mermaid') faults.push(`code of ${node.lang}`);
    // Between a tag and the next on its line the parser keeps what stands there as one piece of HTML.
    if (node.type === 'html')
      for (const part of node.value.split(/(<[^<>]*>)/g))
        if (part.startsWith('<') && !tag.test(part)) faults.push(part);
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(fromMarkdown(output, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
  expect(faults).toEqual([]);
};

/** What Markdown of ours must be, whatever the texts in it. */
export const checkPage = (output: string): void => {
  expect(output.isWellFormed()).toBe(true);
  expect(output.replaceAll('\u2060', '')).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\p{Zl}|\p{Zp}/u);
  expect(runnerCommands(output)).toEqual([]);
  checkTables(output);
};

/** A comment holds no element that isn't ours, its marker once, and fits. */
export const checkComment = (output: string, marker = '<!-- backup-access-guard:check -->\n'): void => {
  expect(output.length).toBeLessThanOrEqual(65_000);
  expect(new TextEncoder().encode(output).length).toBeLessThanOrEqual(262_144);
  expect(output.startsWith(marker)).toBe(true);
  const rest = output.slice(marker.length);
  expect(rest).not.toContain('<!--');
  checkPage(rest);
  checkElements(rest);
  checkParsed(rest);
};
