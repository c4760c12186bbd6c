import { changedFact, type Drift } from '../../src/core/change.ts';
import { armId, objectId } from '../../src/core/ids.ts';
import { type PlannedWrite, planSteps, type Step } from '../../src/core/plan.ts';
import { backupObject } from './facts.ts';

/** The write of a change, at ids made up: what a plan is ordered and named by is all that it says. */
export const writeOf = (drift: Drift): PlannedWrite => {
  const fact = changedFact(drift.change);
  const condition = fact.kind === 'azure-role-assignment' ? fact.condition : null;
  return {
    ...drift,
    target: {
      kind: 'azure-role-assignment',
      principal: objectId(backupObject),
      principalType: 'ServicePrincipal',
      role: 'role' in fact ? fact.role : objectId(backupObject),
      scope: armId(`/${fact.key}`),
      condition,
      assignmentId: armId(`/${fact.key}`),
    } as PlannedWrite['target'],
    request: null,
  };
};

/** The plan that makes these changes. */
export const stepsOf = (drift: readonly Drift[]): readonly Step[] => planSteps(drift.map(writeOf));
