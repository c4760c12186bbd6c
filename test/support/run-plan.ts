import { runSteps } from '../../src/app/run-steps.ts';
import type { RunInput } from '../../src/app/step-run.ts';
import type { Applied } from '../../src/core/apply.ts';
import type { Step } from '../../src/core/plan.ts';
import { ok } from '../../src/core/result.ts';
import type { WriteAnswer } from '../../src/core/write.ts';
import type { fakeTenant, Mishap } from './fake-tenant.ts';
import { holdings, role, stepsOf, truthWith } from './write-steps.ts';

export type FakeTenant = ReturnType<typeof fakeTenant>;

/** Runs steps on a fake tenant. */
export const runOn = (tenant: FakeTenant, steps: readonly Step[], more: Partial<RunInput> = {}): Promise<Applied> =>
  runSteps({
    steps,
    ports: tenant.ports,
    write: tenant.write,
    journal: tenant.journal,
    pause: tenant.pause,
    now: tenant.now,
    stopped: () => null,
    mayWrite: async () => ok(undefined),
    patience: 600_000,
    progress: () => undefined,
    ...more,
  });

/** Results in short: the step's last part, and its state. */
export const states = ({ results }: Applied): readonly string[] =>
  results.map(({ step, state }) => `${step.split('/')[1]} ${step.split('/').slice(-1)}: ${state}`);

export const details = ({ results }: Applied): readonly string[] => results.map(({ detail }) => detail);

export const oldRole = role('delete', 'sites.fullcontrol.all');
export const newRole = role('create', 'sites.selected');
/** One permission for another. */
export const swap = stepsOf(oldRole, newRole);
export const before = truthWith([oldRole]);
export const after = holdings(truthWith([newRole]));

/** Only the first request meets it. */
export const first =
  (mishap: Mishap) =>
  (send: number): Mishap | null =>
    send === 0 ? mishap : null;
export const lostAnswer: WriteAnswer = { came: false, detail: 'socket hang up' };
