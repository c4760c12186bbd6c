import { changedFact, type Drift } from '../../src/core/change.ts';
import { armId, objectId, roleId } from '../../src/core/ids.ts';
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
      role: roleId('role' in fact ? fact.role : backupObject),
      scope: armId(`/${fact.key}`),
      condition,
      assignmentId: armId(`/${fact.key}`),
    },
    request: null,
  };
};

/** The plan that makes these changes. */
export const stepsOf = (drift: readonly Drift[]): readonly Step[] => planSteps(drift.map(writeOf));
