import type { EffectiveAccess, EscalationPath } from '../core/effective.ts';
import { groupReaches, type ReachGroup } from './group-reaches.ts';
import { clip } from './inert.ts';
import type { Tone } from './paint.ts';
import { accessTitle, tellNot } from './tell-reach.ts';
import type { Page } from './text-page.ts';
import { leftOut } from './text-page.ts';
import { wrapText } from './wrap-text.ts';

/** How many groups of identities, names of a group, sentences, phrases of a sentence, and ways in and out are shown. */
const shownGroups = 10;
const shownNames = 3;
const shownSentences = 5;
const shownPhrases = 5;
const shownPaths = 3;

const indent = ' '.repeat(4);
const labelWidth = 10;

/** What each identity can do over all planes, the worst first; identities of which the same is told stand together. */
export const accessLines = (page: Page): readonly string[] => {
  const { paint, width, who, report } = page;
  const told = report.effectiveAccess.map((access) => ({ access, rows: rowsOf(access) }));
  const alike = [...Map.groupBy(told, ({ rows }) => JSON.stringify(rows)).values()];
  if (told.length === 0 || report.mode === 'validate') return [];
  const groups = alike.slice(0, shownGroups).flatMap((same) => {
    const names = same.slice(0, shownNames).map(({ access }) => `${clip(access.policy, 80)} · ${who(access.identity)}`);
    const more = same.length > shownNames ? ` and ${same.length - shownNames} more like it` : '';
    return [
      ...wrapText(`${names.join(', ')}${more}`, width, '  ').map((line) => paint('bold', line)),
      ...(same[0]?.rows ?? []).flatMap((row, at, rows) => rowLines(page, row, rows[at - 1]?.label === row.label)),
    ];
  });
  return [
    ...wrapText(accessTitle(report), width).map((line) => paint('bold', line)),
    ...groups,
    ...leftOut(alike.slice(shownGroups).flat().length, 'identities').flatMap((line) => wrapText(line, width)),
    '',
  ];
};

interface Row {
  readonly label: string;
  readonly tone: Tone;
  readonly text: string;
}

const rowsOf = (access: EffectiveAccess): readonly Row[] => {
  const { reached, not, unknown } = groupReaches(access, 'brief');
  const rest = '… and more: all of it is in the JSON report';
  const texts = [
    ...reached.slice(0, shownSentences).map(tellGroup),
    ...(reached.length > shownSentences ? [rest] : []),
  ];
  return [
    ...texts.map((text): Row => ({ label: 'reaches', tone: 'red', text })),
    ...unknown.slice(0, 2).map((one): Row => ({ label: 'unknown', tone: 'yellow', text: tellDoubt(one) })),
    ...tellNot(not).map((text): Row => ({ label: 'not', tone: 'green', text })),
    ...pathRow('taken by', access.in),
    ...pathRow(
      'leads to',
      access.out.filter(({ path }) => path !== 'further-steps'),
    ),
    ...access.remarks.map((remark): Row => ({ label: 'but', tone: 'faint', text: clip(remark, 200) })),
  ];
};

/** A label is said once for all the rows below it. */
const rowLines = ({ paint, width }: Page, { label, tone, text }: Row, isSaid: boolean): readonly string[] => {
  const start = indent + ' '.repeat(labelWidth);
  const [first = '', ...rest] = wrapText(text, width, start);
  const shown = isSaid ? ' '.repeat(labelWidth) : paint(tone, label) + ' '.repeat(labelWidth - label.length);
  return [indent + shown + first.slice(start.length), ...rest];
};

const tellWhat = ({ what, where }: ReachGroup): string => {
  const more = what.length > shownPhrases ? ` and ${what.length - shownPhrases} more` : '';
  return `${what.slice(0, shownPhrases).join('; ')}${more}${where === '' ? '' : ` ${where}`}`;
};

const tellGroup = (group: ReachGroup): string =>
  [tellWhat(group), ...(group.by.length === 0 ? [] : [`by ${group.by.join('; ')}`]), ...group.remarks].join(' · ');

const tellDoubt = (group: ReachGroup): string => {
  const { by } = group;
  const unread = by.length === 0 ? [] : [`not read: ${by.join(', ')}`];
  return [tellWhat(group), ...unread, ...group.remarks].join(' · ');
};

/** Ways in or out, as one sentence. */
const pathRow = (label: string, all: readonly EscalationPath[]): readonly Row[] => {
  if (all.length === 0) return [];
  const told = all
    .slice(0, shownPaths)
    .map(({ what, answer }) => `${answer === 'unknown' ? 'perhaps ' : ''}${clip(what, 200)}`);
  const more = all.length > shownPaths ? [`${all.length - shownPaths} more`] : [];
  return [{ label, tone: 'cyan', text: [...told, ...more].join('; ') }];
};
