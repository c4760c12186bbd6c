/** Where what may go wrong with a run is tried, and the names of tests that stand for several of it. */
export const step = 'test/app/run-step.test.ts';
export const steps = 'test/app/run-steps.test.ts';
export const served = 'test/app/run-steps-served.test.ts';
const model = 'test/app/run-steps-model.test.ts';
export const settle = 'test/app/settle-steps.test.ts';
export const built = [
  'test/scripts/faults.test.ts',
  'ends as approved after a second run, with nothing granted twice and no gap',
] as const;
export const anyFault = [served, '%s on any write: a rerun ends as the plan says'] as const;
export const never = [step, '$answer, carried out: $done, on request $at: never twice'] as const;
export const promise = [
  model,
  'a rerun ends as the plan says, with no second grant, nothing beside the plan and no gap',
] as const;
export const azure = 'test/writers/azure-role-assignment.test.ts';
export const appRole = 'test/writers/app-role-assignment.test.ts';
export const tenants = 'test/threats/changing-tenants.test.ts';
export const fourKinds = [
  'test/kinds/planned.test.ts',
  'exactly four kinds are planned: a new one starts with being judged alone',
] as const;

export const lock = 'test/app/lock.test.ts';
