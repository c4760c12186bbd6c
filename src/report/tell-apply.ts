import type { StepState } from '../core/apply.ts';
import type { Change } from '../core/change.ts';
import { changedFact } from '../core/change.ts';
import { exitCodes } from '../core/exit-code.ts';
import type { Finding } from '../core/finding.ts';
import type { PolicySummary, Report } from '../core/report.ts';
import { type ApplyOutcome, countState, standing, taken, takenTooEarly } from './apply-outcome.ts';
import { backupRule } from './broken-backups.ts';
import { clip } from './inert.ts';
import { nameFact } from './name-things.ts';
import { count } from './words.ts';

/** What a state means to a person, those first that somebody has to look at. */
export const stateWords: Readonly<Record<StepState, { readonly title: string; readonly short: string }>> = {
  unknown: { title: 'not known: may or may not be done', short: 'not known' },
  'not-done': { title: 'not done', short: 'not done' },
  'not-run': { title: 'not begun', short: 'not begun' },
  done: { title: 'done, and read back', short: 'done' },
  already: { title: 'stood already: nothing was written', short: 'stood already' },
};

/** In the order in which they are told. */
export const stepStates = Object.keys(stateWords) as readonly StepState[];

/** `3 done, 1 not known`: every step is in one of them. */
export const tellStates = ({ rows }: ApplyOutcome, states: readonly StepState[] = stepStates): string =>
  states
    .map((state) => ({ state, number: countState(rows, state) }))
    .filter(({ number }) => number > 0)
    .map(({ state, number }) => `${number} ${stateWords[state].short}`)
    .join(', ');

/** In which state the tenant is: the one sentence to read. */
export const tellApplied = (report: Report, outcome: ApplyOutcome, isComplete: boolean): string => {
  const { part, end, rows } = outcome;
  if (end === 'refused') return tellRefused(outcome);
  if (end === 'dry-run') return `dry run: ${count(stepsOf(report), 'step')} would be written, nothing was`;
  if (end === 'nothing') return tellNothing(report, isComplete);
  if (end === 'partial') {
    const rest = tellStates(outcome, ['unknown', 'not-done', 'not-run']);
    const why = rest === '' && part.stopped !== null ? `, but ${clip(part.stopped, 200)}` : '';
    const sent = countState(rows, 'done') + countState(rows, 'unknown');
    return `not applied in full: ${standing(rows)} of ${count(rows.length, 'step')} ${standing(rows) === 1 ? 'stands' : 'stand'}${rest === '' ? why : `, ${rest}`}${sent === 0 ? '; this run changed nothing' : ''}`;
  }
  return `applied: ${rows.length === 1 ? 'the one step stands' : `all ${count(rows.length, 'step')} stand`}`;
};

const stepsOf = ({ plan }: Report): number => new Set(plan.steps.map(({ id }) => id)).size;

const tellRefused = ({ part }: ApplyOutcome): string => {
  const [first] = part.refusals;
  if (first === undefined) return 'refused, nothing was written';
  const others = part.refusals.length - 1;
  return `refused, nothing was written: ${clip(first.why, 200)}${others === 0 ? '' : `; and ${count(others, 'other reason')}`}`;
};

const tellNothing = (report: Report, isComplete: boolean): string => {
  const { apply, drift, source } = report;
  const withheld = apply?.withheld.length ?? 0;
  if (source !== 'live') return 'nothing was written: the tenant was not read';
  if (!isComplete) return 'nothing was written, and it is not known whether all is well';
  if (stepsOf(report) > 0)
    return `nothing was written, though ${count(stepsOf(report), 'step is', 'steps are')} planned`;
  if (withheld > 0) return `nothing was written: ${count(withheld, 'change is', 'changes are')} kept out of the plan`;
  if (drift.length > 0) return 'nothing to write: what differs, no policy lets the program change';
  return 'nothing to write: the tenant is as the policies say';
};

/** Grants that backups need and the tenant lacks now, whether or not a plan would bring them. */
const lacking = ({ findings }: Report): readonly Finding[] =>
  findings.filter(({ rule, side, exception }) => rule === backupRule && side !== 'policy' && exception === null);

/** Do backups keep running? Said in any case, and never on a guess. */
export const tellBackups = (report: Report, { end, rows }: ApplyOutcome, isComplete: boolean): string => {
  const missing = lacking(report).length;
  const short = count(missing, 'grant that backups need is', 'grants that backups need are');
  if (end !== 'partial' && end !== 'applied')
    return `backups run as they did before this run${missing === 0 ? '' : `; ${short} missing, as before`}`;
  const early = takenTooEarly(rows);
  if (early.length > 0)
    return `look at these backups first: ${count(early.length, 'step')} took access, or may have, whose replacement was not seen to stand`;
  const order =
    taken(rows).length === 0
      ? 'this run took no access away'
      : 'no access was taken before its replacement was seen to stand';
  if (missing > 0) return `${short} missing now, so that they may fail; ${order}`;
  if (!isComplete || !isJudged(report))
    return `whether backups have all that they need is not known: not all of it could be read; ${order}`;
  if (!report.policies.some(protectsAny)) return order;
  const accepted = report.findings.some(({ rule, exception }) => rule === backupRule && exception !== null);
  return `backups have all that they need${accepted ? ', but for what exceptions accept' : ''}; ${order}`;
};

const protectsAny = ({ protects }: PolicySummary): boolean => protects === undefined || protects.length > 0;

/** Is it known of every policy that names what is backed up whether that has what it needs? */
const isJudged = ({ policies, verdicts }: Report): boolean => {
  const known = new Set(
    verdicts
      .filter(({ rule, verdict }) => rule === backupRule && verdict !== 'unknown' && verdict !== 'error')
      .map(({ policy }) => policy),
  );
  return policies.filter(protectsAny).every(({ name }) => known.has(name));
};

/** Is there anything about backups to look at? */
export const isBackupAtRisk = (report: Report, { rows }: ApplyOutcome): boolean =>
  takenTooEarly(rows).length > 0 || lacking(report).length > 0;

/** What a person is to do, or that there is nothing. */
export const tellNext = (
  { plan, exitCode, source }: Report,
  { part, end }: ApplyOutcome,
  isComplete: boolean,
): string => {
  if (end === 'refused') return 'do what is named below, then run it again; nothing was left behind';
  if (end === 'dry-run') return 'run it without `dry-run` to write these steps';
  if (end === 'partial')
    return 'mend what is named below, if anything is, and run it again. A rerun is safe: it reads what stands, writes only what is missing, and needs no new approval while each step left is one of those approved';
  if (source !== 'live') return 'sign in, so that the tenant can be read, and run it again';
  if (!isComplete) return 'mend what could not be read, and run it again';
  if (part.withheld.length > 0) return 'read below why changes are left out, and what lets each of them through';
  if (exitCode === exitCodes.findings) return 'what is still to be fixed takes another pull request';
  return end === 'nothing' && plan.steps.length > 0 ? 'run it again' : 'nothing is left to do for this merge';
};

const verbs = { create: ['grant', 'to'], update: ['change', 'of'], delete: ['revoke', 'from'] } as const;

/** A step in words: `grant Azure role Reader on resource group rg-app to HubStor Backup App (6f1c…)`; by id where it is none of the plan. */
export const tellStep = (change: Change | null, id: string, who: (id: string) => string): string => {
  if (change === null) return `a step that is not in the plan: ${clip(id, 200)}`;
  const [verb, to] = verbs[change.action];
  const fact = changedFact(change);
  return `${verb} ${clip(nameFact(fact), 300)} ${to} ${clip(who(fact.identity), 120)}`;
};

const commitId = /^[0-9a-f]{40,64}$/;

/** Where it came from: `commit 0123abcd, pull request 12, approved by ada and bob`; empty where nothing is known. */
export const tellOrigin = ({ part }: ApplyOutcome): string => {
  const { commit, pull, approvers } = part;
  const named = approvers.slice(0, 10).map((login) => clip(login, 60));
  const more = approvers.length > 10 ? ` and ${approvers.length - 10} more` : '';
  return [
    ...(commit === null ? [] : [`commit ${commitId.test(commit) ? commit.slice(0, 8) : clip(commit, 80)}`]),
    ...(pull === null ? [] : [`pull request ${pull}`]),
    ...(named.length === 0 ? [] : [`approved by ${named.join(', ')}${more}`]),
  ].join(', ');
};
