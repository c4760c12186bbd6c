import type { Rule } from '../src/core/rule.ts';
import { severities } from '../src/core/rule.ts';

/** What stands around the part of a page that a script writes. */
const opening = '<!-- generated: npm run docs -->';
const closing = '<!-- /generated -->';

/** Sections of a rule's page, in order. */
export const pageSections = ['Why', 'Avoid', 'Prefer', 'Fix', 'Allow'] as const;

/** The generated head of a rule's page, with its markers. */
export const renderRuleHead = (rule: Rule): string =>
  [
    opening,
    [
      rule.summary,
      `**${rule.severity}**`,
      rule.confidence,
      `kinds: ${rule.kinds.length === 0 ? 'none' : rule.kinds.join(', ')}`,
      `since ${rule.since}`,
    ].join(' · '),
    closing,
  ].join('\n');

/** A page with its head written anew. Throws where the page has no head to replace. */
export const replaceRuleHead = (page: string, rule: Rule): string => {
  const from = page.indexOf(opening);
  const to = page.indexOf(closing);
  if (from < 0 || to < from) throw new Error(`docs/rules/${rule.id}.md has no generated head between its markers`);
  return page.slice(0, from) + renderRuleHead(rule) + page.slice(to + closing.length);
};

/** The page that lists all rules: wholly generated. */
export const renderRuleIndex = (rules: readonly Rule[]): string =>
  [
    '# Rules',
    '',
    '<!-- generated: npm run docs -->',
    '',
    'A rule judges the access that a policy asks for and the access that the tenant holds alike. Its id is its file, its',
    'page, and what an exception names.',
    '',
    '| rule | severity | says that |',
    '| --- | --- | --- |',
    ...rules
      .toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || (a.id < b.id ? -1 : 1))
      .map((rule) => `| [${rule.id}](${rule.id}.md) | ${rule.severity} | ${rule.summary} |`),
    '',
    'The severity is that of most of its findings; the page says when it is another.',
    '',
  ].join('\n');
