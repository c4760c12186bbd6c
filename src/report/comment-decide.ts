import type { Finding } from '../core/finding.ts';
import { boxedBackups } from './broken-backups.ts';
import type { CommentPage } from './comment-page.ts';
import { countSeverities, foldFindings } from './group-findings.ts';
import { clip } from './inert.ts';
import type { Section } from './markdown-section.ts';
import { code, join, link, type Markdown, md, prose } from './markdown-text.ts';
import { nameId, shortId, strangerName, tellMessage, where } from './name-things.ts';
import { plainIds } from './plain-ids.ts';
import { sentence } from './sentence.ts';

/** How many entries stay in sight, and how many findings of before; more are folded. */
const inSight = 8;
const oldInSight = 5;
const lights = { critical: '🔴', high: '🟠', medium: '🟡', low: '⚪' } as const;
const plainRule = /^[a-z0-9-]+$/;

/** What stands and needs a decision, worst first: what this pull request brings before what stood already. */
export const decideSections = (page: CommentPage): readonly Section[] => {
  const boxed = new Set(boxedBackups(page));
  const toFix = page.groups.toFix.filter((finding) => !boxed.has(finding));
  if (page.way === null) return sections(page, 'To decide', toFix, false);
  const old = toFix.filter(page.stoodBefore);
  return [
    ...sections(
      page,
      'To decide, new with this pull request',
      toFix.filter((one) => !page.stoodBefore(one)),
      false,
    ),
    ...sections(page, 'To decide, stood before', old, old.length > oldInSight),
  ];
};

/** A list in sight and, where it is long, its milder end folded. */
const sections = (
  page: CommentPage,
  title: string,
  findings: readonly Finding[],
  folded: boolean,
): readonly Section[] => {
  const groups = foldFindings(findings);
  const [first, rest] = [groups.slice(0, inSight), groups.slice(inSight)];
  const all = md`${title}: ${countSeverities(findings)}`;
  const of = (some: typeof groups, name: Markdown, isFolded: boolean): Section => ({
    title: name,
    folded: isFolded,
    table: null,
    entries: some.map((group) => md`- ${decideEntry(page, group)}`),
    sizes: some.map(({ length }) => length),
    share: 0.7,
  });
  return folded
    ? [of(groups, all, true)]
    : [of(first, all, false), of(rest, md`The rest of what is to decide: ${countSeverities(rest.flat())}`, true)];
};

/** One finding, or several that one explanation serves, without the list's hyphen. */
export const decideEntry = (page: CommentPage, [finding, ...alike]: readonly Finding[]): Markdown => {
  if (finding === undefined) return md``;
  const { severity, confidence, rule, subject, api, scope, help, place, fix } = finding;
  const message = plainIds(tellMessage(finding));
  const name = clip(nameId(subject), 120);
  // A rule's sentence speaks of the thing itself; only where it doesn't is the thing named before it.
  const isSaid =
    message.includes(subject) || message.includes(name) || subject.toLowerCase() === finding.identity.toLowerCase();
  const what = isSaid ? '' : md`${code(name)}${where(api, scope)}: `;
  const also = alike.map(
    (other) =>
      md`\n  - also ${code(clip(nameId(other.subject), 120))}${where(other.api, other.scope)} · ${page.line(other.place)}`,
  );
  const edit = fix === null ? '' : md` **Fix:** ${prose(clip(fix.title, 300))}, ready as an edit of that line.`;
  return md`${lights[severity]} **${severity}**${confidence === 'likely' ? ' (likely)' : ''}${page.isSpared(finding) ? ' (by time alone, fails nothing here)' : ''} · ${whose(page, finding, message)}${what}${prose(sentence(message))} ${prose(sentence(plainIds(help)))}${edit} · ${ruleLink(page, rule)} · ${page.line(place)}${join(also, '')}`;
};

/** Whose access it is, where the sentence doesn't say so itself. */
const whose = (page: CommentPage, finding: Finding, message: string): Markdown | '' => {
  const stranger = strangerName(finding);
  const name =
    stranger === null ? page.named(finding.identity) : `${clip(stranger, 80)} (${shortId(finding.identity)})`;
  return message.includes(name) ? '' : md`${name}: `;
};

/** A rule by its id, leading to its page. */
const ruleLink = ({ about }: CommentPage, rule: string): Markdown =>
  link(code(clip(rule, 80)), about.ruleUrl === undefined || !plainRule.test(rule) ? null : about.ruleUrl(rule));
