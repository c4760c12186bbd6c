import type { GateQuestion } from '../../src/core/gate.ts';
import type { GateEvidence, PullEvidence } from '../../src/core/gate-evidence.ts';
import type { PullCommit, Review, StoredPlan } from '../../src/core/gate-port.ts';
import { judgeGate } from '../../src/guard/gate.ts';
import { evidence, pullEvidence, rules } from './gate-world.ts';

export const judge = (asked: GateQuestion, known: GateEvidence) => judgeGate(asked, known, rules);

/** Codes and reasons of what keeps the gate closed; empty where it opens. */
export const whyClosed = (asked: GateQuestion, known: GateEvidence): readonly string[] => {
  const verdict = judge(asked, known);
  return verdict.open ? [] : verdict.refusals.map(({ code, why }) => `${code}: ${why}`);
};

export const ofPull = (pull: Partial<PullEvidence['pull']>, more: Partial<PullEvidence> = {}): GateEvidence =>
  evidence({ pull: pullEvidence(pull, more) });
export const withReviews = (...reviews: readonly Review[]): GateEvidence => ofPull({}, { reviews });
export const withPlans = (...plans: readonly StoredPlan[]): GateEvidence => ofPull({}, { plans });
export const withCommits = (...commits: readonly PullCommit[]): GateEvidence =>
  ofPull({ commits: commits.length }, { commits });

/** How it says that approvals are missing. */
export const lacks = (told: string, required = 1, count = 0): string =>
  `approvals-missing: #7 has ${count} approval${count === 1 ? '' : 's'} that count${count === 1 ? 's' : ''}, of ${required} needed${told}`;

/** Asks for two approvals. */
export const two = { approval: { required: 2, approvers: ['bob', 'cyd'], maxAge: 'P7D' } };
