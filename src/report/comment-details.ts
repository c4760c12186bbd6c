import { changedFact } from '../core/change.ts';
import type { Coverage } from '../core/report.ts';
import type { CommentPage } from './comment-page.ts';
import { changeOf, subjectOf } from './comment-rows.ts';
import { clip } from './inert.ts';
import { accessSection } from './markdown-access.ts';
import type { Section } from './markdown-section.ts';
import { coverageSection, foldedSection, identitySection } from './markdown-sections.ts';
import { code, join, type Markdown, md, prose } from './markdown-text.ts';
import { placeOf } from './name-things.ts';
import { gapWords, kindWords } from './words.ts';

/** What could not be read, alike gaps together: in sight, above all that was judged. */
export const gapEntries = ({ report }: CommentPage): readonly Markdown[] => {
  const gaps = report.coverage.filter(({ state }) => state === 'gap');
  const alike = Map.groupBy(gaps, ({ kind, reason, needs }) => JSON.stringify([kind, reason, needs]));
  return [...alike.values()].map(tellGaps);
};

const shownSubjects = 4;

const tellGaps = (gaps: readonly Coverage[]): Markdown => {
  const [first] = gaps;
  if (first === undefined) return md``;
  const { kind, reason, needs, detail } = first;
  const names = gaps.slice(0, shownSubjects).map(({ subject }) => code(clip(subject, 80)));
  const more = gaps.length > shownSubjects ? ` and ${gaps.length - shownSubjects} more policies` : '';
  const said = detail === null ? '' : md` (${clip(detail, 160)})`;
  const cure =
    needs === null ? '' : md`; needs ${needs.includes(' ') ? prose(clip(needs, 200)) : code(clip(needs, 200))}`;
  return md`**${kindWords[kind].many}** of ${join(names, ', ')}${more}: ${reason === null ? 'not read' : gapWords[reason]}${said}${cure}`;
};

/** What needs no decision, folded away, most useful first. */
export const detailSections = (page: CommentPage): readonly Section[] => {
  const { report, way, groups } = page;
  const known = new Set(groups.cured.map(({ fingerprint }) => fingerprint));
  const cured = [...groups.cured, ...(way?.cured ?? []).filter(({ fingerprint }) => !known.has(fingerprint))];
  const after = way === null || way.accessAfter.length === 0 || report.plan.steps.length === 0 ? null : way.accessAfter;
  const access = accessSection(after === null ? report : { ...report, effectiveAccess: after });
  return [
    driftSection(page),
    foldedSection('Cured by this merge', cured),
    foldedSection('Accepted by exception', groups.excepted),
    foldedSection('Asked for, but not granted by this plan', groups.notGranted),
    alreadySoSection(page),
    leftAloneSection(page),
    after === null ? access : { ...access, title: md`Who reaches what after the merge (${after.length})` },
    coverageSection(report),
    identitySection(report),
  ];
};

/** Differences to the tenant that were there before: with a plan to cure them, or left as they are. */
const driftSection = (page: CommentPage): Section => {
  const { report, way } = page;
  const drift = report.drift.filter((one) => way === null || page.driftedBefore(one));
  const planned = new Set(
    report.plan.steps.map(({ change, policy }) => stepKey(policy, change.action, changedFact(change).key)),
  );
  const isPlanned = (at: number): boolean => {
    const one = drift[at];
    return one !== undefined && planned.has(stepKey(one.policy, one.change.action, changedFact(one.change).key));
  };
  const cured = drift.filter((_, at) => isPlanned(at)).length;
  const causes = { missing: 'missing', undeclared: 'not declared', changed: 'changed' };
  return {
    title:
      way === null
        ? md`Policies and tenant differ (${drift.length})`
        : md`Already drifted before this pull request (${drift.length}, of which this merge cures ${cured})`,
    folded: true,
    table: md`| why | access | where | whose | after the merge |\n|---|---|---|---|---|`,
    entries: drift.map(({ change }, at) => {
      const fact = changedFact(change);
      return md`| ${causes[change.cause]} | ${kindWords[fact.kind].one} ${code(subjectOf(fact))} | ${placeOf(fact) || 'tenant'} | ${clip(page.who(fact.identity), 120)} | ${isPlanned(at) ? 'cured' : 'as it is'} |`;
    }),
    rank: (at) => ({ delete: 0, update: 1, create: 2 })[drift[at]?.change.action ?? 'create'],
    share: 0.4,
  };
};

const stepKey = (policy: string, action: string, key: string): string => JSON.stringify([policy, action, key]);

/** Asked for by this pull request, and so in the tenant already. */
const alreadySoSection = (page: CommentPage): Section => {
  const entries = (page.way?.asked ?? []).flatMap((one) => {
    const change = one.effect === 'already-so' ? changeOf(one) : null;
    if (change === null) return [];
    const fact = changedFact(change);
    const words = {
      create: 'asked for, and held already',
      update: 'asked for as it is already',
      delete: 'taken out, and not held',
    };
    return [
      md`- ${kindWords[fact.kind].one} ${code(subjectOf(fact))}${placeOf(fact) === '' ? '' : ` on ${placeOf(fact)}`} of ${clip(page.who(fact.identity), 120)}: ${words[change.action]} · ${page.line(one.place, one.action === 'remove' ? 'base' : 'head')}`,
    ];
  });
  return { title: md`Asked for and already so (${entries.length})`, folded: true, table: null, entries, share: 0.4 };
};

/** Held, asked for by no policy, and not touched since no policy manages that sort of access. */
const leftAloneSection = (page: CommentPage): Section => {
  const left = page.way?.leftAlone ?? [];
  return {
    title: md`Not ours, left alone (${left.length})`,
    folded: true,
    table: md`| access | where | whose | policy |\n|---|---|---|---|`,
    entries: left.map(
      ({ policy, fact }) =>
        md`| ${kindWords[fact.kind].one} ${code(subjectOf(fact))} | ${placeOf(fact) || 'tenant'} | ${clip(page.who(fact.identity), 120)} | ${code(clip(policy, 80))} |`,
    ),
    share: 0.4,
  };
};
