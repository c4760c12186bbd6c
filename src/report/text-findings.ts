import type { Finding } from '../core/finding.ts';
import { isNowhere } from '../core/nowhere.ts';
import type { Severity } from '../core/rule.ts';
import { countSeverities, foldFindings } from './group-findings.ts';
import { clip } from './inert.ts';
import { nameId, strangerName, tellMessage, where } from './name-things.ts';
import type { Tone } from './paint.ts';
import type { Page } from './text-page.ts';
import { leftOut } from './text-page.ts';
import { sideWords } from './words.ts';
import { wrapText } from './wrap-text.ts';

/** How many findings a terminal is shown, from how many on the mild ones are brief, and how many names a folded line has. */
const shown = 60;
const crowd = 20;
const named = 3;

const tones: Readonly<Record<Severity, Tone>> = { critical: 'alarm', high: 'red', medium: 'yellow', low: 'cyan' };
const indent = ' '.repeat(12);

/** The findings that stand, worst first, under the policy and identity that they are about. */
export const findingLines = (page: Page, what = 'To fix'): readonly string[] => {
  const { toFix } = page.groups;
  if (toFix.length === 0) return [];
  const title = wrapText(`${what}: ${countSeverities(toFix)}`, page.width);
  const lines = [...title.map((line) => page.paint('bold', line)), ''];
  for (const group of groupByOwner(toFix.slice(0, shown))) {
    const [first] = group;
    if (first === undefined) continue;
    lines.push(...wrapText(ownerOf(page, first), page.width).map((line) => page.paint('bold', line)));
    const isBrief = ({ severity }: Finding): boolean => severity === 'low' && toFix.length > crowd;
    for (const [finding, ...alike] of foldFindings(group.filter((one) => !isBrief(one))))
      if (finding !== undefined) lines.push(...oneFinding(page, finding, alike));
    for (const finding of group.filter(isBrief)) lines.push(...briefFinding(page, finding));
    lines.push('');
  }
  const left = leftOut(toFix.length - shown, `to fix (${countSeverities(toFix.slice(shown))})`);
  return left.length === 0 ? lines : [...lines, ...left.flatMap((line) => wrapText(line, page.width)), ''];
};

/** The policy and the identity; of one that no policy names, what the tenant calls it. */
const ownerOf = ({ who }: Page, finding: Finding): string => {
  if (finding.policy !== '') return `${clip(finding.policy, 80)} · ${who(finding.identity)}`;
  const name = strangerName(finding);
  return `no policy · ${name === null ? '' : `${clip(name, 80)} `}${nameId(finding.identity)}`;
};

/** Groups in the order of their worst finding. */
const groupByOwner = (findings: readonly Finding[]): Iterable<readonly Finding[]> =>
  Map.groupBy(findings, ({ policy, identity }) => JSON.stringify([policy, identity])).values();

const oneFinding = ({ paint, width }: Page, finding: Finding, alike: readonly Finding[]): readonly string[] => {
  const { severity, rule, confidence } = finding;
  const label = severity.padEnd(8);
  const title = `${nameSubject(finding)} (${rule}${confidence === 'likely' ? ', likely' : ''})`;
  const [head = '', ...rest] = wrapText(title, width, indent);
  return [
    `  ${paint(tones[severity], label)}  ${paint('bold', head.slice(indent.length))}`,
    ...rest.map((line) => paint('bold', line)),
    ...wrapText(tellMessage(finding), width, indent),
    ...wrapText(finding.help, width, `${indent}→ `).map((line) => paint('cyan', line)),
    ...wrapText(tellPlace(finding), width, indent).map((line) => paint('faint', line)),
    ...alike.flatMap((other) => wrapText(`${nameSubject(other)} · ${tellPlace(other)}`, width, `${indent}also `)),
  ];
};

const briefFinding = ({ paint, width }: Page, finding: Finding): readonly string[] => {
  const at = isNowhere(finding.place) ? 'in the tenant' : `${finding.place.file}:${finding.place.line}`;
  const text = `${nameSubject(finding)} (${finding.rule}) · ${at}`;
  const [head = '', ...rest] = wrapText(text, width, indent);
  return [`  ${paint('cyan', finding.severity.padEnd(8))}  ${head.slice(indent.length)}`, ...rest];
};

const nameSubject = ({ subject, api, scope }: Finding): string => `${clip(nameId(subject), 120)}${where(api, scope)}`;

const tellPlace = ({ place, side }: Finding): string =>
  isNowhere(place)
    ? `in no policy · ${sideWords[side]}`
    : `${place.file}:${place.line}:${place.column} · ${sideWords[side]}`;

/** What needs no decision, one line a group. */
export const foldedLines = (page: Page): readonly string[] => {
  const { cured, excepted, notGranted } = page.groups;
  const lines = [
    ...folded(page, cured, 'cured by the plan'),
    ...folded(page, excepted, 'accepted by exception'),
    ...folded(page, notGranted, 'asked for, but not granted by this plan'),
  ];
  return lines.length === 0 ? [] : [...lines, ''];
};

const folded = ({ paint, width }: Page, findings: readonly Finding[], title: string): readonly string[] => {
  if (findings.length === 0) return [];
  const names = findings.slice(0, named).map((finding) => {
    const until = finding.exception === null ? '' : `, until ${finding.exception.expires}`;
    return `${clip(nameSubject(finding), 120)} (${finding.rule}${until})`;
  });
  const more = findings.length > named ? `, and ${findings.length - named} more` : '';
  return wrapText(`${findings.length} ${title}: ${names.join(', ')}${more}`, width, '', '  ').map((line) =>
    paint('faint', line),
  );
};
