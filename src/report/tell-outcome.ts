import type { Finding } from '../core/finding.ts';
import type { Conclusion, Report } from '../core/report.ts';
import { type ApplyOutcome, applyOutcome, leadsReport } from './apply-outcome.ts';
import type { FindingGroups } from './group-findings.ts';
import { compareText, failsAt } from './group-findings.ts';
import { clip } from './inert.ts';
import { nameId, strangerName, where } from './name-things.ts';
import { tellApplied } from './tell-apply.ts';
import { count } from './words.ts';

/** The one sentence to read: about access, not about the tool. */
export const tellHeadline = (report: Report, { toFix }: FindingGroups): string => {
  const applied = applyOutcome(report);
  if (leadsReport(report, applied)) return tellApplyHeadline(report, applied, toFix);
  if (report.diagnostics.length > 0) return `${tellMistakes(report)}${applied === null ? '' : '; nothing was written'}`;
  if (touchesNothing(report)) return 'this pull request touches no policy';
  const worst = toFix[0];
  if (report.conclusion === 'refused') return 'refused: nothing was changed';
  const sofar = worst === undefined ? '' : `; so far ${tellToFix(report, toFix, worst)}`;
  if (!isComplete(report)) return `it is not known whether all is well${sofar}`;
  if (worst !== undefined) return tellToFix(report, toFix, worst);
  if (report.mode === 'validate') return `${count(report.policies.length, 'policy is', 'policies are')} in order`;
  if (report.source === 'offline') return 'nothing to fix in what the policies ask for';
  if (report.plan.steps.length > 0) return `nothing to fix, and ${count(report.plan.steps.length, 'change')} to make`;
  if (report.drift.length > 0) return `nothing to fix, ${count(report.drift.length, 'difference')} to the tenant`;
  if (report.mode === 'scan') return 'nothing to fix, and no backup software without a policy was seen';
  return 'nothing to fix, and the tenant is as the policies say';
};

/** What was written comes first, then what is still to fix: of what was refused or only shown nothing is still so. */
const tellApplyHeadline = (report: Report, outcome: ApplyOutcome, toFix: FindingGroups['toFix']): string => {
  const told = tellApplied(report, outcome, isComplete(report));
  const worst = toFix[0];
  if (report.diagnostics.length > 0) return `${told}; ${tellMistakes(report)}`;
  const isOver = outcome.end === 'applied' || outcome.end === 'nothing';
  return worst === undefined || !isOver ? told : `${told}; ${tellToFix(report, toFix, worst)}`;
};

/** The one to name in the headline: of the gravest, the first that is about access somewhere. */
const namedFirst = (toFix: FindingGroups['toFix'], worst: Finding): Finding =>
  toFix.find(({ severity, api, scope }) => severity === worst.severity && (api !== null || scope !== null)) ?? worst;

/** How much there is to fix, and what is worst: who holds what, and where. */
const tellToFix = (report: Report, toFix: FindingGroups['toFix'], worst: Finding): string => {
  const { policies, failOn } = report;
  const first = namedFirst(toFix, worst);
  const identities = policies.flatMap(({ identities: all }) => all);
  const name = identities.find(({ id }) => id.toLowerCase() === first.identity.toLowerCase())?.displayName ?? null;
  const who = clip(name ?? strangerName(first) ?? nameId(first.identity), 80);
  const holds = first.side === 'policy' ? 'is to hold' : 'holds';
  const todo = toFix.some(({ severity }) => failsAt(failOn, severity)) ? 'to fix' : 'to look at';
  const access = `${holds} \`${clip(nameId(first.subject), 80)}\`${where(first.api, first.scope)} `;
  const isAccess = first.api !== null || first.scope !== null;
  const things = count(toFix.length, 'thing');
  return `${things} ${todo}${toFix.length === 1 ? '' : ', the worst'}: ${who} ${isAccess ? access : ''}(${first.rule})`;
};

/** Is it of a pull request that changes nothing which governs a run? Then nothing was judged. */
export const touchesNothing = ({ threeWay, diagnostics }: Report): boolean =>
  threeWay !== undefined && threeWay.files.length === 0 && diagnostics.length === 0;

const tellMistakes = ({ diagnostics, verdicts }: Report): string => {
  const files = new Set(diagnostics.map(({ place }) => place.file)).size;
  return `${count(diagnostics.length, 'mistake')} in ${count(files, 'file')} to mend first${verdicts.length === 0 ? ': nothing was judged' : ''}`;
};

/** Was everything read? Never says so while a gap, a broken rule or an unjudged policy is left. */
export const tellCompleteness = (report: Report): string => {
  const { graph, resourceManager, token } = report.requests;
  const gaps = report.coverage.filter(({ state }) => state === 'gap').length;
  const broken = brokenRules(report);
  const unknown = report.verdicts.filter(({ verdict }) => verdict === 'unknown').length;
  const unjudged = [
    ...(broken.length === 0 ? [] : [`${count(broken.length, 'rule')} broke: ${broken.slice(0, 5).join(', ')}`]),
    ...(unknown === 0
      ? []
      : [
          `${count(unknown, 'verdict is unknown', 'verdicts are unknown')}${gaps === 0 ? ' for want of what no policy asks to read' : ''}`,
        ]),
  ];
  const how = report.source === 'snapshot' ? 'from a snapshot' : count(graph + resourceManager + token, 'request');
  const read = (): string => {
    if (touchesNothing(report)) return 'nothing was judged, and the tenant was not asked';
    if (report.mode === 'validate') return 'the tenant was not asked: only the files were looked at';
    if (report.source === 'offline') return 'the tenant was not read: only what the policies ask for was judged';
    if (gaps > 0)
      return `not everything was read: ${count(gaps, 'gap')} in ${count(report.coverage.length, 'read')} (${how})`;
    if (report.coverage.length === 0) return `nothing was read (${how})`;
    if (report.conclusion === 'incomplete') return `not everything was read (${how})`;
    return `everything was read (${how}, 0 gaps)`;
  };
  return [read(), ...unjudged].join(' · ');
};

/** Rules that broke while judging: our bugs, whose verdicts are missing. */
export const brokenRules = ({ verdicts }: Report): readonly string[] =>
  [...new Set(verdicts.filter(({ verdict }) => verdict === 'error').map(({ rule }) => rule))].sort(compareText);

/** Is every verdict there, and all read that the policies ask about? What is left out unasked leaves verdicts unknown. */
export const isComplete = (report: Report): boolean =>
  report.conclusion !== 'incomplete' &&
  report.coverage.every(({ state }) => state === 'complete') &&
  report.verdicts.every(({ verdict }) => verdict !== 'error');

/** Verdicts by their word, as a sum of rows: `56 verdicts: 50 passed, 3 failed`. */
export const tellVerdicts = ({ verdicts }: Report, words: Readonly<Record<string, string>>): string => {
  const parts = Object.entries(words)
    .map(([key, word]) => ({ word, number: verdicts.filter(({ verdict }) => verdict === key).length }))
    .filter(({ number }) => number > 0)
    .map(({ word, number }) => `${number} ${word}`);
  return `${count(verdicts.length, 'verdict')} of rules on policies: ${parts.join(', ')}`;
};

/** Why the run ends with its exit code. */
export const tellExit = (report: Report, { toFix }: FindingGroups): string => {
  const grave = toFix.filter(({ severity }) => failsAt(report.failOn, severity));
  const spared = new Set(report.threeWay?.spared ?? []);
  const failing = grave.filter(({ fingerprint }) => !spared.has(fingerprint)).length;
  const nothing =
    grave.length > 0 && failing === 0
      ? `what stands at or above ${report.failOn} was brought by time alone, not by this pull request`
      : `nothing at or above ${report.failOn} stands`;
  const limit = report.failOn === 'never' ? 'no finding fails this run' : nothing;
  const reasons: Readonly<Record<number, string>> = {
    0: touchesNothing(report) ? 'there is nothing to judge' : limit,
    1:
      failing > 0
        ? `${count(failing, 'finding')} at or above ${report.failOn} would stand`
        : 'policies and tenant differ',
    2: 'a policy, the config or the call is wrong',
    3: 'not everything could be read, and unknown never counts as good',
    4: 'not every step of the plan is known to stand, and a rerun is safe',
    5: 'nothing was written',
    70: 'a bug of this program',
  };
  return `exit code ${report.exitCode}, ${conclusionWords[report.conclusion]}: ${reasons[report.exitCode] ?? 'unknown'}`;
};

const conclusionWords: Readonly<Record<Conclusion, string>> = {
  clean: 'clean',
  changes: 'changes to make',
  violations: 'violations',
  drift: 'drift',
  incomplete: 'incomplete',
  invalid: 'invalid',
  partial: 'not applied in full',
  refused: 'refused',
};
