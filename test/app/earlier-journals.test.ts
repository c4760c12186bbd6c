import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/adapters/hash.ts';
import { earlierJournals } from '../../src/app/earlier-journals.ts';
import { hashOf } from '../../src/app/plan-digest.ts';
import type { StepState } from '../../src/core/apply.ts';
import type { JournalEntry, JournalLine } from '../../src/core/journal.ts';
import { appRole } from '../support/facts.ts';
import { stepsOf } from '../support/plan-steps.ts';

const tenant = '72f988bf-0000-4000-8000-000000000001';
const steps = stepsOf([
  { policy: 'mail', change: { action: 'create', cause: 'missing', before: null, after: appRole('Mail.Read') } },
  { policy: 'mail', change: { action: 'delete', cause: 'undeclared', before: appRole('Mail.ReadWrite'), after: null } },
]);
const [grant, revoke] = steps;
if (grant === undefined || revoke === undefined) throw new Error('two steps');

const begin: JournalEntry = {
  type: 'begin',
  tenant,
  digest: 'sha256:abc',
  knowledge: '1',
  version: '1',
  commit: null,
  pull: null,
  approvers: [],
  run: null,
  steps: steps.map(({ id, policy, change, target, after }) => ({ id, policy, change, target, after })),
};
const intent = (step: string): JournalEntry => ({
  type: 'intent',
  step,
  attempt: 1,
  request: { api: 'graph', method: 'DELETE', path: '/v1.0/x', body: null },
});
const result = (step: string, state: StepState): JournalEntry => ({
  type: 'result',
  result: { step, state, detail: 'x', requestIds: [] },
});
/** A journal as it comes back from its file, a line each minute. */
const journal = (...entries: readonly JournalEntry[]) => ({
  file: 'runs/1.jsonl',
  lines: JSON.parse(
    JSON.stringify(
      entries.map(
        (entry, seq) => ({ seq, at: `2026-11-25T12:0${seq}:00.000Z`, prev: 'x', entry }) satisfies JournalLine,
      ),
    ),
  ) as readonly JournalLine[],
});
const done = { id: revoke.id, hash: hashOf(revoke, sha256), revokes: true };
const runs = (...journals: readonly ReturnType<typeof journal>[]) => earlierJournals(journals, tenant, sha256);

describe('what journals say of earlier runs', () => {
  it.each<readonly [string, readonly JournalEntry[], object | null]>([
    ['what was done', [begin, intent(revoke.id), result(revoke.id, 'done')], done],
    ['what may be done', [begin, intent(revoke.id), result(revoke.id, 'unknown')], { ...done, isDoubtful: true }],
    ['what was sent when the run died', [begin, intent(revoke.id)], { ...done, isDoubtful: true }],
    ['nothing of what held before', [begin, result(revoke.id, 'already')], null],
    ['nothing of what was refused', [begin, intent(revoke.id), result(revoke.id, 'not-done')], null],
    ['nothing of what was not begun', [begin, result(revoke.id, 'not-run')], null],
    ['nothing of a run that died at once', [begin], null],
    ['nothing of another tenant', [{ ...begin, tenant: 'other' }, result(revoke.id, 'done')], null],
  ])('%s', (_, entries, step) => {
    const at = `2026-11-25T12:0${entries.length - 1}:00.000Z`;
    expect(runs(journal(...entries))).toEqual({ ok: true, value: step === null ? [] : [{ at, steps: [step] }] });
  });

  it('grants too, for what goes back and forth', () => {
    const read = runs(journal(begin, result(grant.id, 'done'), result(revoke.id, 'done')));
    const hash = hashOf(grant, sha256);
    expect(read).toMatchObject({ ok: true, value: [{ steps: [{ id: grant.id, hash, revokes: false }, done] }] });
  });

  it('each run for itself, and the tenant however it is spelt', () => {
    const one = journal({ ...begin, tenant: tenant.toUpperCase() }, result(revoke.id, 'done'));
    expect(runs(one, journal(begin), one)).toMatchObject({ ok: true, value: [{ steps: [done] }, { steps: [done] }] });
  });

  it.each<readonly [string, readonly JournalEntry[]]>([
    ['nothing', []],
    ['no beginning', [result(revoke.id, 'done')]],
  ])('nothing is known where a journal has %s', (_, entries) => {
    expect(runs(journal(begin, result(revoke.id, 'done')), journal(...entries))).toEqual({
      ok: false,
      error: {
        code: 'memory-unreadable',
        why: "nobody can tell what earlier runs took away: `runs/1.jsonl` doesn't begin as a journal does",
        wayForward: 'move what is no journal of this program out of the folder, and apply again',
      },
    });
  });
});
