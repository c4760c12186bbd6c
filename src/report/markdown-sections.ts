import { changedFact } from '../core/change.ts';
import type { Finding } from '../core/finding.ts';
import type { Coverage, Report } from '../core/report.ts';
import type { FindingGroups } from './group-findings.ts';
import { compareText, countSeverities, foldFindings } from './group-findings.ts';
import { clip } from './inert.ts';
import type { Section } from './markdown-section.ts';
import type { Markdown } from './markdown-text.ts';
import { code, join, md, prose } from './markdown-text.ts';
import {
  identityNames,
  nameDifferences,
  nameId,
  placeOf,
  shortId,
  strangerName,
  tellMessage,
  where,
} from './name-things.ts';
import { sentence } from './sentence.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';
import { gapWords, kindWords } from './words.ts';

/** What stands in no file, stands in no policy. */
const place = (file: string, line: number): Markdown =>
  file === '' ? md`in no policy` : code(`${clip(file, 200)}:${line}`);
const name = (text: string): Markdown => code(clip(nameId(text), 120));

/** Mistakes in files. */
export const mistakeSection = ({ diagnostics }: Report): Section => ({
  title: md`To mend first (${diagnostics.length})`,
  folded: false,
  table: null,
  entries: sortDiagnostics(diagnostics).map(
    (one) =>
      md`- ${place(one.place.file, one.place.line)} ${prose(sentence(one.message))}${one.help === null ? '' : md` → ${prose(one.help)}`}`,
  ),
  share: 0.3,
});

/** Gaps, in full: they stand above everything that was judged. */
export const gapSection = ({ coverage }: Report): Section => ({
  title: md`Not read: what may hide there is unknown`,
  folded: false,
  table: null,
  entries: coverage.filter(({ state }) => state === 'gap').map(gapEntry),
  share: 0.2,
});

const gapEntry = ({ kind, subject, reason, needs, detail }: Coverage): Markdown => {
  const why = reason === null ? 'not read' : gapWords[reason];
  const said = detail === null ? '' : md` (${clip(detail, 200)})`;
  return md`- **${kindWords[kind].many}** of ${name(subject)}: ${why}${said}${needs === null ? '' : md` → needs ${needs.includes(' ') ? prose(clip(needs, 200)) : code(clip(needs, 200))}`}`;
};

/** What stands, worst first. */
export const decideSection = (report: Report, { toFix }: FindingGroups): Section => {
  const who = identityNames(report.policies, shortId);
  const folded = foldFindings(toFix);
  return {
    title: md`To decide: ${countSeverities(toFix)}`,
    folded: false,
    table: null,
    entries: folded.map((group) => decideEntry(group, who)),
    sizes: folded.map(({ length }) => length),
    share: 0.6,
  };
};

const decideEntry = ([finding, ...alike]: readonly Finding[], who: (id: string) => string): Markdown => {
  if (finding === undefined) return md``;
  const { severity, confidence, rule, subject, api, scope, help, place: at, identity } = finding;
  const also = alike.map(
    (other) =>
      md`\n  - also ${name(other.subject)}${where(other.api, other.scope)} · ${place(other.place.file, other.place.line)}`,
  );
  const likely = confidence === 'likely' ? ' (likely)' : '';
  const stranger = strangerName(finding);
  const whose = stranger === null ? who(identity) : `${clip(stranger, 120)} (${shortId(identity)})`;
  return md`- **${severity}**${likely} ${code(rule)} · ${name(subject)}${where(api, scope)} of ${whose}: ${prose(sentence(tellMessage(finding)))} ${prose(sentence(help))} · ${place(at.file, at.line)}${join(also, '')}`;
};

/** What a merge would do, revokes kept first where not all fit. */
export const changeSection = (report: Report): Section => {
  const { steps } = report.plan;
  const who = identityNames(report.policies, shortId);
  const rank = { delete: 0, update: 1, create: 2 };
  return {
    title: md`What a merge changes (${steps.length})`,
    folded: false,
    table: md`| | access | where | whose | because |\n|:-:|---|---|---|---|`,
    entries: steps.map(({ change, policy }) => {
      const fact = changedFact(change);
      const because = {
        create: md`${name(policy)} asks for it`,
        update: md`${name(policy)} asks for it otherwise: ${clip(nameDifferences(change).join(', '), 300)}`,
        delete: md`${name(policy)} does not ask for it`,
      }[change.action];
      return md`| ${signs[change.action]} | ${kindWords[fact.kind].one} ${name(fact.subject)} | ${placeOf(fact) || 'tenant'} | ${who(fact.identity)} | ${because} |`;
    }),
    rank: (at) => rank[steps[at]?.change.action ?? 'create'],
    share: 0.6,
  };
};

const signs = { create: '➕', update: '✏️', delete: '➖' } as const;

/** Everything that differs, folded. */
export const driftSection = (report: Report): Section => {
  const who = identityNames(report.policies, shortId);
  const words = { missing: 'missing', undeclared: 'not declared', changed: 'changed' };
  const { drift } = report;
  return {
    title: md`Policies and tenant differ (${drift.length})`,
    folded: true,
    table: md`| why | access | where | whose | policy |\n|---|---|---|---|---|`,
    entries: drift.map(({ change, policy }) => {
      const fact = changedFact(change);
      return md`| ${words[change.cause]} | ${kindWords[fact.kind].one} ${name(fact.subject)} | ${placeOf(fact) || 'tenant'} | ${who(fact.identity)} | ${name(policy)} |`;
    }),
    rank: (at) => ({ delete: 0, update: 1, create: 2 })[drift[at]?.change.action ?? 'create'],
    share: 0.4,
  };
};

/** A folded list of findings that need no decision. */
export const foldedSection = (title: string, findings: readonly Finding[]): Section => ({
  title: md`${title} (${findings.length})`,
  folded: true,
  table: null,
  entries: findings.map(({ severity, rule, subject, api, scope, place: at, exception }) => {
    const accepted =
      exception === null
        ? ''
        : md`: ${clip(exception.reason, 300)} (approved by ${clip(exception.approvedBy, 100)}, until ${exception.expires})`;
    return md`- **${severity}** ${code(rule)} · ${name(subject)}${where(api, scope)}${accepted} · ${place(at.file, at.line)}`;
  }),
  share: 0.4,
});

/** What was read, a policy a row. */
export const coverageSection = ({ coverage, reader }: Report): Section => {
  const policies = [...Map.groupBy(coverage, ({ subject }) => subject)].sort(([a], [b]) => compareText(a, b));
  const wordsOf = (rows: readonly Coverage[], state: Coverage['state']): string => {
    const words = rows.filter((row) => row.state === state).map(({ kind }) => kindWords[kind].many);
    return words.length === 0 ? '–' : words.join(', ');
  };
  const isGap = (at: number): number => (policies[at]?.[1].some(({ state }) => state === 'gap') ? 0 : 1);
  const excess = reader?.excess ?? [];
  const remark =
    excess.length === 0
      ? md``
      : md`The reader holds more than these policies need: ${join(
          excess.map((one) => code(clip(one, 80))),
          ', ',
        )}\n\n`;
  return {
    title: md`What was read (${policies.length} ${policies.length === 1 ? 'policy' : 'policies'})`,
    folded: true,
    table: md`${remark}| policy | read | not read |\n|---|---|---|`,
    entries: policies.map(
      ([policy, rows]) => md`| ${name(policy)} | ${wordsOf(rows, 'complete')} | ${wordsOf(rows, 'gap')} |`,
    ),
    rank: isGap,
    share: 0.6,
  };
};

/** Who was looked at. */
export const identitySection = ({ policies }: Report): Section => ({
  title: md`Policies and identities (${policies.length})`,
  folded: true,
  table: md`| policy | enforcement | identities | file |\n|---|---|---|---|`,
  entries: policies.map(({ name: policy, enforcement, identities, file }) => {
    const named = identities
      .slice(0, 5)
      .map(({ id, displayName }) => md`${displayName === null ? '' : `${clip(displayName, 120)} `}${name(id)}`);
    const more = identities.length > 5 ? md` and ${identities.length - 5} more` : '';
    return md`| ${name(policy)} | ${enforcement} | ${join(named, ', ')}${more} | ${code(clip(file, 200))} |`;
  }),
  share: 1,
});
