import type { EffectiveAccess, EscalationPath } from '../core/effective.ts';
import type { Report } from '../core/report.ts';
import { groupReaches, type ReachGroup } from './group-reaches.ts';
import { clip } from './inert.ts';
import type { Section } from './markdown-section.ts';
import { code, join, type Markdown, md, prose } from './markdown-text.ts';
import { identityNames, nameId, shortId } from './name-things.ts';
import { accessTitle } from './tell-reach.ts';

const named = (names: readonly string[]): Markdown => md`${names.join(', ')}`;

const row = (label: Markdown, { what, where, remarks }: ReachGroup, by: Markdown): Markdown =>
  md`| ${label} | ${prose(what.join('; '))}${where === '' ? '' : md` ${prose(where)}`} | ${by} | ${join(remarks.map(prose), '; ')} |`;

const pathRow = (label: Markdown, { what, by, count, answer }: EscalationPath): Markdown => {
  const more = count > by.length || by.length > 3 ? md` and ${count - Math.min(3, by.length)} more` : '';
  const names = join(
    by.slice(0, 3).map((name) => code(clip(nameId(name), 80))),
    ', ',
  );
  return md`| ${label} | ${answer === 'unknown' ? 'perhaps ' : ''}${prose(clip(what, 300))} | ${names}${more} |  |`;
};

const block = (access: EffectiveAccess, who: (id: string) => string): Markdown => {
  const { reached, not, unknown } = groupReaches(access, 'full');
  const rows = [
    ...reached.map((one) => row(md`**reaches**`, one, named(one.by))),
    ...unknown.map((one) => row(md`unknown`, one, one.by.length === 0 ? md`` : md`not read: ${one.by.join(', ')}`)),
    ...not.map((one) => row(md`does not`, one, md``)),
    ...access.in.map((one) => pathRow(md`taken by`, one)),
    ...access.out.map((one) => pathRow(md`leads to`, one)),
  ];
  const remarks = access.remarks.length === 0 ? '' : md` · ${join(access.remarks.map(prose), '; ')}`;
  const head = md`**${who(access.identity)}** · ${code(clip(access.policy, 80))}${remarks}\n\n`;
  return md`${head}| | what | by | but |\n|---|---|---|---|\n${join(rows, '\n')}\n`;
};

/** What each identity can do over all planes, a table each, folded away. */
export const accessSection = (report: Report): Section => {
  const who = identityNames(report.policies, shortId);
  const effectiveAccess = report.mode === 'validate' ? [] : report.effectiveAccess;
  const number = effectiveAccess.length;
  return {
    title: md`${accessTitle(report)} (${number} ${number === 1 ? 'identity' : 'identities'})`,
    folded: true,
    table: null,
    entries: effectiveAccess.map((access) => block(access, who)),
    share: 0.4,
  };
};
