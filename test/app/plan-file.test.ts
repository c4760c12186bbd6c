import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/adapters/hash.ts';
import { makePlanFile, readPlanFile } from '../../src/app/plan-file.ts';
import type { AzureRoleAssignmentFact } from '../../src/core/fact.ts';
import { type PlannedWrite, planSteps } from '../../src/core/plan.ts';
import { renderPlanFile, stepsOfFile } from '../../src/core/plan-file.ts';
import {
  changeScope,
  grantAppRole,
  heldRole,
  mailRead,
  realAppRole,
  revokeAppRole,
  revokeAzureRole,
  scopeOf,
  sitesRead,
} from '../support/real-steps.ts';

const tenant = '7d1c0f5e-0000-4000-8000-00000000000a';
const writes: readonly PlannedWrite[] = [
  revokeAppRole(realAppRole('Sites.Read.All', sitesRead, 'assignment-1')),
  grantAppRole(realAppRole('Mail.Read', mailRead)),
  revokeAzureRole(heldRole({ condition: "@Resource[x] StringEquals 'y'" })),
  changeScope('create', scopeOf('Mail.Read'), { grantId: null, method: 'POST', scope: 'Mail.Read' }),
];

const make = (some: readonly PlannedWrite[] = writes) =>
  makePlanFile({
    purpose: 'apply',
    tenant,
    policies: [
      {
        name: 'mail',
        enforcement: 'authoritative',
        state: 'active',
        identities: ['6f1c0f5e'],
        asks: [{ kind: 'app-role-assignment', key: 'k', condition: null }],
      },
    ],
    steps: planSteps(some),
    toolVersion: '0.1.0',
    now: new Date('2026-11-22T08:00:00Z'),
    hash: sha256,
  });
const text = renderPlanFile(make());
const read = (changed: string) => readPlanFile(changed, sha256);

/** The file with one value put in the place of another. */
const spoil = (path: readonly (string | number)[], value: unknown): string => {
  const file = JSON.parse(text);
  let at = file;
  for (const key of path.slice(0, -1)) at = at[key];
  at[path.at(-1) as string] = value;
  return JSON.stringify(file);
};

describe('a plan file', () => {
  it('is read as it was made', () => {
    const file = read(text);
    expect(file).toEqual({ ok: true, value: JSON.parse(text) });
    expect(file.ok && stepsOfFile(file.value)).toEqual(planSteps(writes).map((step) => ({ ...step, request: null })));
  });

  it('is the same text for the same plan, in whatever order it was found', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...writes], { minLength: writes.length }), (order) => {
        expect(renderPlanFile(make(order))).toBe(text);
      }),
    );
  });

  it('holds nothing that would be sent: requests are made of what stands when it runs', () => {
    expect(text).not.toMatch(/"request"|"method"|\/v1\.0\//);
  });

  it('may be empty', () => {
    expect(read(renderPlanFile(make([])))).toMatchObject({ ok: true, value: { steps: [] } });
  });
});

const digestOf = (changed: string): string => /content has the digest (sha256:[0-9a-f]{64})/.exec(changed)?.[1] ?? '';

describe('a plan file that was changed is refused', () => {
  const isNot = (place: string) => `\`${place}\` is not what this program writes`;
  it.each<[string, string, string]>([
    ['no JSON', text.slice(0, -9), 'it is not JSON'],
    ['a list', '[]', 'it is not a JSON object'],
    ['nothing', 'null', 'it is not a JSON object'],
    ['another version', spoil(['version'], 2), 'it is of version 2; this program reads version 1'],
    ['a version in words', spoil(['version'], 'x'), 'it is of version unknown; this program reads version 1'],
    [
      'a key twice',
      text.replace('"version": 1,', '"version": 1, "digest": "x",'),
      'it has the key `digest` twice in one object',
    ],
    ['a key that nobody knows', spoil(['force'], true), 'the plan is not what this program writes'],
    ['no steps', spoil(['steps'], undefined), 'the plan is not what this program writes'],
    ['steps that are none', spoil(['steps'], {}), isNot('/steps')],
    ['a principal by name', spoil(['steps', 0, 'target', 'principal'], 'HubStor'), isNot('/steps/0/target/principal')],
    ['a request', spoil(['steps', 0, 'request'], { method: 'DELETE' }), isNot('/steps/0')],
    [
      'another knowledge',
      spoil(['knowledge'], '2020-01-01'),
      'it was made with the knowledge of 2020-01-01, and this program has that of 2026-11-22: make the plan again',
    ],
    [
      'a step that goes first',
      (() => {
        const { steps } = JSON.parse(text);
        return spoil(['steps'], steps.toReversed());
      })(),
      'step 1 is not named, placed or made to wait as what it does asks for',
    ],
    [
      'a revoke that waits for nothing',
      spoil(['steps', 2, 'after'], []),
      'step 3 is not named, placed or made to wait as what it does asks for',
    ],
    [
      'another name for a step',
      spoil(['steps', 1, 'id'], 'x'),
      'step 2 is not named, placed or made to wait as what it does asks for',
    ],
    [
      'a grant of what is there',
      spoil(['steps', 0, 'change', 'action'], 'update'),
      `step \`${make().steps[0]?.id}\` doesn't say what is there before and after`,
    ],
    [
      'another role than is shown',
      spoil(['steps', 0, 'target', 'role'], sitesRead),
      `step \`${make().steps[0]?.id}\` would write something else than it shows`,
    ],
    [
      'another principal, for which nothing waits',
      spoil(['steps', 0, 'target', 'principal'], '7d1c0f5e-0000-4000-8000-00000000000c'),
      'step 3 is not named, placed or made to wait as what it does asks for',
    ],
    [
      'a target of another kind',
      (() => {
        const { steps } = JSON.parse(text);
        return spoil(
          ['steps', 0, 'target'],
          steps.find((one: { target: { kind: string } }) => one.target.kind === 'azure-role-assignment').target,
        );
      })(),
      `step \`${make().steps[0]?.id}\` is about two kinds of access`,
    ],
  ])('%s', (_, changed, error) => {
    expect(read(changed)).toEqual({ ok: false, error });
  });

  it.each<[string, readonly (string | number)[], unknown]>([
    ['another tenant', ['tenant'], '7d1c0f5e-0000-4000-8000-00000000000b'],
    ['another API', ['steps', 0, 'target', 'resource'], '7d1c0f5e-0000-4000-8000-00000000000c'],
    ['another policy', ['policies', 0, 'enforcement'], 'additive'],
    ['a policy that asks for nothing', ['policies', 0, 'asks'], []],
  ])('%s: its digest is another one', (_, path, value) => {
    const result = read(spoil(path, value));
    const error = result.ok ? '' : result.error;
    expect(digestOf(error)).not.toBe(make().digest);
    expect(error).toBe(`its content has the digest ${digestOf(error)}, but it says ${make().digest}`);
  });

  it('where the condition is another one than is shown', () => {
    const at = make().steps.findIndex(({ target }) => target.kind === 'azure-role-assignment');
    const before = make().steps[at]?.change.before as AzureRoleAssignmentFact;
    const result = read(spoil(['steps', at, 'change', 'before'], { ...before, condition: null }));
    expect(result).toEqual({
      ok: false,
      error: `step \`${make().steps[at]?.id}\` would write something else than it shows`,
    });
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (any) => {
        expect(read(any).ok).toBe(false);
      }),
    );
  });
});
