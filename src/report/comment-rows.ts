import type { Change } from '../core/change.ts';
import { changedFact } from '../core/change.ts';
import type { Fact } from '../core/fact.ts';
import type { Finding } from '../core/finding.ts';
import type { Step } from '../core/plan.ts';
import type { AskedChange } from '../core/three-way.ts';
import type { CommentPage } from './comment-page.ts';
import { clip } from './inert.ts';
import { code, type Markdown, md, prose } from './markdown-text.ts';
import { apiOf, nameDifferences, nameId, scopeOf, tellMessage } from './name-things.ts';
import { plainIds } from './plain-ids.ts';
import { sentence } from './sentence.ts';

/** What a row does: to the tenant, or to what is asked of a person, or nobody knows what. */
export type RowEffect = 'grants' | 'changes' | 'revokes' | 'by-hand' | 'unknown';

/** One row of what a merge changes. */
export interface ChangeRow {
  readonly effect: RowEffect;
  readonly action: Change['action'];
  readonly policy: string;
  readonly fact: Fact;
  readonly change: Change;
  readonly because: Markdown;
  /** Would the base branch's policies do the same? Then it is drift that the merge happens to cure. */
  readonly wasBefore: boolean;
}

const effects = { create: 'grants', update: 'changes', delete: 'revokes' } as const;
const actions = { add: 'create', change: 'update', remove: 'delete' } as const;

const keyOf = (identity: string, subject: string, api: string | null, scope: string | null): string =>
  JSON.stringify([identity, subject, api, scope].map((part) => part?.toLowerCase() ?? null));

const keyOfFact = (fact: Fact): string => keyOf(fact.identity, fact.subject, apiOf(fact), scopeOf(fact));
const keyOfFinding = ({ identity, subject, api, scope }: Finding): string => keyOf(identity, subject, api, scope);
const firstOf = (findings: readonly Finding[]): ReadonlyMap<string, Finding> =>
  new Map(findings.toReversed().map((finding) => [keyOfFinding(finding), finding]));

const policyName = (policy: string): Markdown => code(clip(policy, 80));

/** Every step of the plan, then what is asked for and no step does; what is already so is left out. */
export const changeRows = (page: CommentPage): readonly ChangeRow[] => {
  const { report, way, groups } = page;
  const bad = firstOf(groups.toFix);
  // That nobody asks for it is what the row says in any case.
  const cured = firstOf([...groups.cured, ...(way?.cured ?? [])].filter(({ rule }) => rule !== 'undeclared-access'));
  const asked = new Map(
    (way?.asked ?? []).flatMap((one) => (one.step === null ? [] : [[`${one.policy} ${one.step}`, one]])),
  );
  const before = new Set(way?.stepsBefore ?? []);
  const steps = report.plan.steps.map((step): ChangeRow => {
    const fact = changedFact(step.change);
    const reason = tellStep(page, step, asked.get(`${step.policy} ${step.id}`), before.has(step.id));
    return {
      effect: effects[step.change.action],
      action: step.change.action,
      policy: step.policy,
      fact,
      change: step.change,
      because: md`${reason}${note(step.change.action, keyOfFact(fact), bad, cured)}`,
      wasBefore: before.has(step.id),
    };
  });
  const others = (way?.asked ?? []).flatMap((one): ChangeRow[] => {
    const change = changeOf(one);
    if (one.step !== null || change === null || one.effect === 'already-so') return [];
    const fact = changedFact(change);
    return [
      {
        effect: one.effect === 'unknown' ? 'unknown' : 'by-hand',
        action: change.action,
        policy: one.policy,
        fact,
        change,
        because: md`${tellAsked(page, one)}${note(change.action, keyOfFact(fact), bad, cured)}`,
        wasBefore: false,
      },
    ];
  });
  return [...steps, ...others];
};

/** What is asked for, as a change; `null` where it says nothing. */
export const changeOf = ({ action, before, after }: AskedChange): Change | null => {
  if (action === 'add') return after === null ? null : { action: actions.add, cause: 'missing', before: null, after };
  if (action === 'remove')
    return before === null ? null : { action: actions.remove, cause: 'undeclared', before, after: null };
  return before === null || after === null ? null : { action: actions.change, cause: 'changed', before, after };
};

const tellStep = (page: CommentPage, step: Step, asked: AskedChange | undefined, wasBefore: boolean): Markdown => {
  const { change, policy } = step;
  const differs = change.action === 'update' ? md`: ${clip(nameDifferences(change).join(', '), 300)}` : '';
  const purpose = purposeOf(change.after);
  if (asked !== undefined)
    return {
      create: md`${page.line(asked.place)} asks for it${purpose}`,
      update: md`${page.line(asked.place)} asks for it otherwise${differs}`,
      delete: md`taken out of ${page.line(asked.place, 'base')}`,
    }[change.action];
  const name = policyName(policy);
  if (page.way === null)
    return {
      create: md`${name} asks for it${purpose}`,
      update: md`${name} asks for it otherwise${differs}`,
      delete: md`${name} does not ask for it`,
    }[change.action];
  if (wasBefore)
    return {
      create: md`${name} asked for it already: it was missing before this pull request`,
      update: md`drifted before this pull request${differs}`,
      delete: md`no policy asks for it: drifted before this pull request`,
    }[change.action];
  return {
    create: md`${name} asks for it, and lets it be granted from now on${purpose}`,
    update: md`${name} asks for it otherwise, and lets it be changed from now on${differs}`,
    delete: md`not in ${name}, which lets it be revoked from now on`,
  }[change.action];
};

const purposeOf = (fact: Fact | null): Markdown | '' =>
  fact !== null && 'purpose' in fact && fact.purpose !== null ? md`: ${clip(fact.purpose, 160)}` : '';

const tellAsked = (page: CommentPage, { action, before, after, effect, place, policy }: AskedChange): Markdown => {
  const line = page.line(place, action === 'remove' ? 'base' : 'head');
  const said = {
    add: md`${line} asks for it`,
    change: md`${line} asks for it otherwise`,
    remove: md`taken out of ${line}`,
  }[action];
  if (effect === 'unknown') return page.report.source === 'offline' ? said : md`${said}; what is held was not read`;
  const isWithheld = page.report.plan.withheld.some(
    ({ change }) => changedFact(change).key === (after ?? before)?.key && change.action === actions[action],
  );
  if (isWithheld) return md`${said}; **left out of the plan**, see below`;
  return md`${said}; **left to a person**, since ${policyName(policy)} does not let this be written`;
};

/** What makes the row worth a second look, or a relief. */
const note = (
  action: Change['action'],
  key: string,
  bad: ReadonlyMap<string, Finding>,
  cured: ReadonlyMap<string, Finding>,
): Markdown | '' => {
  const finding = action === 'delete' ? cured.get(key) : bad.get(key);
  if (finding === undefined) return '';
  if (action !== 'delete') return md`. **${finding.severity}**: ${code(clip(finding.rule, 80))}, see below`;
  return md`. ${prose(clip(sentence(plainIds(tellMessage(finding))), 260))}`;
};

/** The subject of a fact, by name. */
export const subjectOf = (fact: Fact): string => clip(nameId(fact.subject), 100);
