import type { JournalEntry } from '../../src/core/journal.ts';
import type { Step } from '../../src/core/plan.ts';
import { answered } from './fake-truth.ts';
import { role, stepsOf } from './write-steps.ts';

const journalStep = ({ id, policy, change, target, after }: Step) => ({ id, policy, change, target, after });

const journalSteps = stepsOf(role('create', 'sites.selected'), role('delete', 'sites.fullcontrol.all')).map(
  journalStep,
);
const [grant = '', revoke = ''] = journalSteps.map(({ id }) => id);

export const begin: Extract<JournalEntry, { type: 'begin' }> = {
  type: 'begin',
  tenant: '11111111-1111-4111-8111-111111111111',
  digest: 'sha256:0',
  knowledge: 'k',
  version: '1.0.0',
  commit: 'c0ffee',
  pull: 7,
  approvers: ['lee', 'sam'],
  run: null,
  steps: journalSteps,
};

/** A journal of two steps: one that was done, one whose answer was lost. */
export const journalEntries: readonly JournalEntry[] = [
  begin,
  {
    type: 'intent',
    step: grant,
    attempt: 1,
    request: { api: 'graph', method: 'POST', path: '/v1.0/servicePrincipals/1/appRoleAssignedTo', body: { a: 'é 😀' } },
  },
  { type: 'answer', step: grant, attempt: 1, answer: answered(201) },
  { type: 'result', result: { step: grant, state: 'done', detail: 'reads show it', requestIds: ['request-201'] } },
  {
    type: 'intent',
    step: revoke,
    attempt: 1,
    request: { api: 'graph', method: 'DELETE', path: '/v1.0/servicePrincipals/1/appRoleAssignedTo/2', body: null },
  },
  { type: 'answer', step: revoke, attempt: 1, answer: { came: false, detail: 'socket hang up' } },
  { type: 'result', result: { step: revoke, state: 'unknown', detail: 'nobody knows', requestIds: [] } },
  { type: 'end', stopped: 'the job was cancelled' },
];
