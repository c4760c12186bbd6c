import type { Change, Drift } from '../core/change.ts';
import type { Fact, FactOf } from '../core/fact.ts';
import { type JournalLine, type JournalStep, journalEntries } from '../core/journal.ts';
import { spellPermissions } from '../core/key-vaults.ts';
import type { Step, Withheld } from '../core/plan.ts';
import type { PlanFile } from '../core/plan-file.ts';
import type { Policy } from '../core/policy.ts';
import { sameText } from '../core/same-text.ts';
import { sameArmId } from '../core/scope.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { spellCondition } from '../core/spell-condition.ts';
import { notUndoable } from '../core/undo.ts';
import { comparePolicies, planGuarded, type SeenInput } from './compare-policies.ts';

/** A step that a rollback leaves as it is. */
export interface LeftStep {
  readonly step: JournalStep;
  /** A sentence without full stop. */
  readonly why: string;
}

/** What would take back what a run did, as differences like any others. */
export interface Inverse {
  readonly drift: readonly Drift[];
  readonly left: readonly LeftStep[];
}

/** What stands now, by which it is decided. */
export interface InverseInput {
  readonly policies: readonly Policy[];
  readonly snapshot: Snapshot;
}

type Found = { readonly change: Change } | { readonly why: string };

/** What of an access can differ while it stays the same one. */
const contentOf = (fact: Fact): string => {
  if (fact.kind === 'azure-role-assignment') return spellCondition(fact.condition) ?? '';
  return fact.kind === 'key-vault-access' ? JSON.stringify(spellPermissions(fact.permissions)) : '';
};

const consentedForAll = ({ consents }: FactOf<'delegated-grant'>) =>
  consents.filter(({ type }) => type === 'AllPrincipals');

/** As a policy would ask for it: without the ids and dates of what is gone. */
const asAsked = (fact: Fact): Fact => {
  if (fact.kind === 'app-role-assignment') return { ...fact, assignmentId: null, created: null };
  if (fact.kind === 'delegated-grant') return { ...fact, consents: [] };
  if (fact.kind !== 'azure-role-assignment') return fact;
  const { through, ...own } = fact;
  return { ...own, assignmentId: null, principal: null, created: null };
};

const changedSince = 'it was changed since';

/** What the program granted, as it stands now and is to go. */
const takeBack = ({ target }: JournalStep, after: Fact, now: Fact | null): Found => {
  if (now === null) return { why: 'it is not there any more' };
  if (contentOf(now) !== contentOf(after)) return { why: changedSince };
  const remove = (before: Fact): Found => ({ change: { action: 'delete', cause: 'undeclared', before, after: null } });
  if (now.kind === 'delegated-grant') {
    const consents = consentedForAll(now);
    return consents.length === 0 ? { why: 'it is not there any more' } : remove({ ...now, consents });
  }
  if (now.kind === 'azure-role-assignment' && target.kind === 'azure-role-assignment') {
    const isOurs = now.assignmentId !== null && sameArmId(now.assignmentId, target.assignmentId);
    return isOurs ? remove(now) : { why: 'another assignment gives the same role now' };
  }
  return remove(now);
};

/** What the program took, to be granted again. */
const giveBack = (before: Fact, now: Fact | null): Found => {
  const isThere = now !== null && (now.kind !== 'delegated-grant' || consentedForAll(now).length > 0);
  if (isThere) return { why: 'it is there again' };
  return { change: { action: 'create', cause: 'missing', before: null, after: asAsked(before) } };
};

const changeBack = (before: Fact, after: Fact, now: Fact | null): Found => {
  if (now === null || contentOf(now) !== contentOf(after)) return { why: changedSince };
  return { change: { action: 'update', cause: 'changed', before: now, after: before } };
};

const invert = (step: JournalStep, { policies, snapshot }: InverseInput): Found => {
  const { change, policy: name } = step;
  const never = notUndoable(step);
  if (never !== null) return { why: never };
  const fact = change.after ?? change.before;
  const policy = policies.find((one) => one.name === name);
  if (policy === undefined || !policy.identities.some(({ id }) => sameText(id, fact.identity)))
    return { why: `no policy \`${name}\` speaks of this identity any more` };
  if (policy.enforcement === 'report') return { why: `policy \`${name}\` is under \`enforcement: report\`` };
  const isUnread = snapshot.gaps.some(({ kind, identity }) => kind === fact.kind && sameText(identity, fact.identity));
  if (isUnread) return { why: 'what stands now was not read' };
  const now = snapshot.facts.find(({ kind, key }) => kind === fact.kind && key === fact.key) ?? null;
  if (change.action === 'create') return takeBack(step, change.after, now);
  return change.action === 'delete' ? giveBack(change.before, now) : changeBack(change.before, change.after, now);
};

/** Steps for which a request left, once each, but for those of which it is certain that nothing came of it. */
const sentSteps = (lines: readonly JournalLine[]): readonly JournalStep[] => {
  const sent = new Set(journalEntries(lines, 'intent').map(({ step }) => step));
  for (const { result } of journalEntries(lines, 'result')) if (result.state === 'not-done') sent.delete(result.step);
  const steps = journalEntries(lines, 'begin').flatMap((begin) => begin.steps);
  return [...new Map(steps.filter(({ id }) => sent.has(id)).map((step) => [step.id, step])).values()];
};

/** What would undo the run of a journal, judged by what stands now: nothing that came since is taken back with it. */
export const inverseOf = (lines: readonly JournalLine[], input: InverseInput): Inverse => {
  const found = sentSteps(lines).map((step) => ({ step, ...invert(step, input) }));
  return {
    drift: found.flatMap((one) => ('change' in one ? { change: one.change, policy: one.step.policy } : [])),
    left: found.flatMap((one) => ('why' in one ? { step: one.step, why: one.why } : [])),
  };
};

/** A rollback: grants first, and through the same guards as any other plan. */
export interface InversePlan {
  readonly steps: readonly Step[];
  readonly withheld: readonly Withheld[];
  readonly left: readonly LeftStep[];
}

/** Differences as steps, through the guards that every plan passes. */
const guarded = (drift: readonly Drift[], input: SeenInput): Pick<InversePlan, 'steps' | 'withheld'> =>
  planGuarded(drift, comparePolicies(input).sides, input);

/** The steps that undo a run, and what they leave. */
export const inversePlan = (lines: readonly JournalLine[], input: SeenInput): InversePlan => {
  const { drift, left } = inverseOf(lines, input);
  return { ...guarded(drift, input), left };
};

/** The steps of a rollback's file, planned again by what stands now: no guard is passed by for being in a file. */
export const planAgain = (
  { steps }: Pick<PlanFile, 'steps'>,
  input: SeenInput,
): Pick<InversePlan, 'steps' | 'withheld'> => {
  const drift = steps.map(({ change, policy }): Drift => ({ change, policy }));
  return guarded([...new Map(drift.map((one) => [JSON.stringify(one), one])).values()], input);
};
