import { describe, expect, it } from 'vitest';
import { inverseOf } from '../../src/app/inverse-plan.ts';
import type { Fact, KeyVaultAccessFact } from '../../src/core/fact.ts';
import { armId, objectId } from '../../src/core/ids.ts';
import type { JournalEntry } from '../../src/core/journal.ts';
import { type PlannedWrite, planSteps, type Step } from '../../src/core/plan.ts';
import type { Policy } from '../../src/core/policy.ts';
import type { Gap, Snapshot } from '../../src/core/snapshot.ts';
import { notUndoable } from '../../src/core/undo.ts';
import { backupApp, backupObject, delegated, forAllUsers, forUser, group } from '../support/facts.ts';
import {
  answerOf,
  beginOf,
  endOf,
  intentOf,
  journalLines,
  journalTenant,
  resultOf,
  wholeRun,
} from '../support/journal-lines.ts';
import { policy } from '../support/policies.ts';
import {
  assignment,
  changeScope,
  grantAppRole,
  heldRole,
  mailRead,
  realAppRole,
  revokeAppRole,
  revokeAzureRole,
  scopeOf,
} from '../support/real-steps.ts';

const governing = (name: string, more: Partial<Policy> = {}): Policy => ({
  ...policy({ name, enforcement: 'authoritative' }).policy,
  ...more,
});
const policies = [governing('mail'), governing('disks'), governing('keys')];

const snapshot = (facts: readonly Fact[], gaps: readonly Gap[] = []): Snapshot => ({
  version: 2,
  tenant: { id: journalTenant, cloud: 'public' },
  readAt: '2026-11-22T09:00:00.000Z',
  identities: [],
  facts,
  gaps,
  held: [],
  asked: {},
  names: { apis: [], azureRoles: [], directoryRoles: [] },
});

const undo = async (
  writes: readonly PlannedWrite[],
  now: readonly Fact[],
  {
    entries = wholeRun,
    by = policies,
    gaps = [],
  }: {
    entries?: (steps: readonly Step[]) => readonly JournalEntry[];
    by?: readonly Policy[];
    gaps?: readonly Gap[];
  } = {},
) => {
  const { drift, left } = inverseOf(await journalLines(entries(planSteps(writes))), {
    policies: by,
    snapshot: snapshot(now, gaps),
  });
  return { changes: drift.map(({ change }) => change), left: left.map(({ why }) => why) };
};

const asked = realAppRole('Mail.Read', mailRead);
const stands = { ...asked, assignmentId: 'made-by-us', created: '2026-11-22T08:00:00Z' };
const role = heldRole({ created: '2025-01-01T00:00:00Z', condition: '@x' });
const vault: KeyVaultAccessFact = {
  kind: 'key-vault-access',
  key: 'key-vault-access/x',
  identity: asked.identity,
  subject: 'kv',
  vault: armId(`${group('rg-app')}/providers/Microsoft.KeyVault/vaults/kv`),
  permissions: { keys: ['get'] },
  inEffect: true,
};
const wide = { ...vault, permissions: { keys: ['get', 'list'] } };
const narrowVault: PlannedWrite = {
  change: { action: 'update', cause: 'changed', before: wide, after: vault },
  policy: 'keys',
  target: {
    kind: 'key-vault-access',
    vault: vault.vault,
    principal: objectId(backupObject),
    before: wide.permissions,
    after: vault.permissions,
  },
  request: {
    api: 'resourceManager',
    method: 'PUT',
    path: `${vault.vault}/accessPolicies/replace?api-version=2023-07-01`,
    body: { properties: { accessPolicies: [{ objectId: backupObject }] } },
  },
};
const grantScope = changeScope('create', scopeOf('Mail.Read'), { grantId: null, method: 'POST', scope: 'Mail.Read' });
const takeScope = changeScope('delete', delegated('Mail.Read'), { grantId: 'grant-all', method: 'DELETE', scope: '' });

describe('what was done is taken back', () => {
  const create = (after: Fact) => ({ action: 'create', cause: 'missing', before: null, after });
  const remove = (before: Fact) => ({ action: 'delete', cause: 'undeclared', before, after: null });
  const { through, ...own } = role;
  it.each<[string, readonly PlannedWrite[], readonly Fact[], object]>([
    ['a grant goes, by the id that it has now', [grantAppRole(asked)], [stands], remove(stands)],
    [
      'what was revoked comes, without its old id',
      [revokeAppRole({ ...asked, assignmentId: 'old' })],
      [],
      create(asked),
    ],
    [
      'an Azure role comes with its condition',
      [revokeAzureRole(role)],
      [],
      create({ ...own, assignmentId: null, principal: null, created: null }),
    ],
    [
      'a scope goes from the consent of all, and of no user',
      [grantScope],
      [delegated('Mail.Read', { consents: [forUser(backupApp), forAllUsers] })],
      remove(delegated('Mail.Read')),
    ],
    ['a scope comes back', [takeScope], [], create(scopeOf('Mail.Read'))],
    [
      'a scope comes back though one user has it',
      [takeScope],
      [delegated('Mail.Read', { consents: [forUser(backupApp)] })],
      create(scopeOf('Mail.Read')),
    ],
    ['a change goes back', [narrowVault], [vault], { action: 'update', cause: 'changed', before: vault, after: wide }],
  ])('%s', async (_, writes, now, change) => {
    expect(await undo(writes, now)).toEqual({ changes: [change], left: [] });
  });

  it('of a run that was cut after its request left, where it stands', async () => {
    const entries = (steps: readonly Step[]) => [beginOf(steps), intentOf(steps[0] as Step)];
    expect(await undo([grantAppRole(asked)], [stands], { entries })).toEqual({ changes: [remove(stands)], left: [] });
    expect(await undo([grantAppRole(asked)], [], { entries })).toEqual({
      changes: [],
      left: ['it is not there any more'],
    });
  });
});

describe('what was not done is not touched', () => {
  const run =
    (...states: readonly ('already' | 'not-run' | 'not-done')[]) =>
    (steps: readonly Step[]) => [
      beginOf(steps),
      ...steps.flatMap((step, index) => {
        const state = states[index] ?? 'not-run';
        return state === 'not-done'
          ? [intentOf(step), answerOf(step, 1, 403), resultOf(step, state)]
          : [resultOf(step, state)];
      }),
      endOf('it stopped'),
    ];
  it.each(['already', 'not-run', 'not-done'] as const)('%s', async (state) => {
    expect(await undo([grantAppRole(asked)], [stands], { entries: run(state) })).toEqual({ changes: [], left: [] });
  });
});

describe('what is left as it is, and why', () => {
  const gap = {
    kind: 'app-role-assignment',
    identity: asked.identity,
    reason: 'forbidden',
    needs: 'x',
    request: 'y',
    detail: 'z',
  } as Gap;
  const forOne: PlannedWrite = {
    ...takeScope,
    target: { ...takeScope.target, consent: 'Principal', user: objectId(backupObject) } as PlannedWrite['target'],
  };
  it.each<[string, PlannedWrite, readonly Fact[], Parameters<typeof undo>[2]]>([
    ['it is not there any more', grantAppRole(asked), [], {}],
    ['it is not there any more', grantScope, [delegated('Mail.Read', { consents: [forUser(backupApp)] })], {}],
    ['it is there again', revokeAppRole({ ...asked, assignmentId: 'old' }), [stands], {}],
    ['it is there again', takeScope, [delegated('Mail.Read')], {}],
    ['it was changed since', narrowVault, [wide], {}],
    ['it was changed since', narrowVault, [], {}],
    ['a consent for one user goes, and only that user can give it again', forOne, [], {}],
    [
      'the role was held by something that is gone, and can be given to nobody',
      revokeAzureRole(heldRole({ orphaned: true })),
      [],
      {},
    ],
    ['no policy `mail` speaks of this identity any more', grantAppRole(asked), [stands], { by: [] }],
    [
      'no policy `mail` speaks of this identity any more',
      grantAppRole(asked),
      [stands],
      { by: [governing('mail', { identities: [] })] },
    ],
    [
      'policy `mail` is under `enforcement: report`',
      grantAppRole(asked),
      [stands],
      { by: [governing('mail', { enforcement: 'report' })] },
    ],
    ['what stands now was not read', grantAppRole(asked), [stands], { gaps: [gap] }],
  ])('%s', async (why, write, now, more) => {
    expect(await undo([write], now, more)).toEqual({ changes: [], left: [why] });
  });

  it('a role of ours in whose place another assignment stands', async () => {
    const grant = {
      ...revokeAzureRole(role),
      change: { action: 'create', cause: 'missing', before: null, after: role },
    } as PlannedWrite;
    const request = { api: 'resourceManager' as const, method: 'PUT' as const, path: assignment, body: {} };
    const other = { ...role, assignmentId: armId(`${assignment}0`) };
    expect(await undo([{ ...grant, request }], [other])).toEqual({
      changes: [],
      left: ['another assignment gives the same role now'],
    });
    expect((await undo([{ ...grant, request }], [role])).changes).toHaveLength(1);
    expect(await undo([{ ...grant, request }], [{ ...role, condition: null }])).toEqual({
      changes: [],
      left: ['it was changed since'],
    });
  });
});

it('what can’t be taken back is known before it is done', () => {
  const can = [grantAppRole(asked), revokeAppRole({ ...asked, assignmentId: 'old' }), revokeAzureRole(role), takeScope];
  expect(can.map(notUndoable)).toEqual([null, null, null, null]);
  const forOne = { ...takeScope.target, consent: 'Principal' } as PlannedWrite['target'];
  const gone = 'the role was held by something that is gone, and can be given to nobody';
  const byUser = 'a consent for one user goes, and only that user can give it again';
  const not = [{ ...takeScope, target: forOne }, revokeAzureRole(heldRole({ orphaned: true }))];
  expect(not.map(notUndoable)).toEqual([byUser, gone]);
});
