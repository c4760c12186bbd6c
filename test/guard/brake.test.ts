import { describe, expect, it } from 'vitest';
import type { EarlierRun } from '../../src/core/authority.ts';
import type { Drift } from '../../src/core/change.ts';
import { type BrakeQuestion, brake } from '../../src/guard/brake.ts';
import { daysAgo, grant, hashed, keys, limits, names, now, revoke, revokes, runAt } from '../support/brake-case.ts';
import { appRole, backupApp, delegated, otherApp } from '../support/facts.ts';

const ask = (more: Partial<BrakeQuestion>): readonly string[] =>
  brake({ steps: [], held: [], limits, memory: [], now, ...more }).map(({ code }) => code);

describe('what the brake lets pass', () => {
  it.each<readonly [string, Partial<BrakeQuestion>]>([
    ['nothing at all', {}],
    ['as many revokes as it lets pass', { steps: revokes(10) }],
    ['grants, however many', { steps: hashed(names(50).map(grant)), limits: { ...limits, revokes: 0, percent: 0 } }],
    ['a quarter of what is governed', { steps: revokes(2), held: keys(8), limits: { ...limits, percent: 25 } }],
    ['grants after a run that took all', { steps: hashed([grant('x')]), memory: [runAt(daysAgo(1), revokes(50))] }],
    ['five of one identity', { steps: revokes(5), limits: { ...limits, perIdentity: 5 } }],
    [
      'five of each of two identities',
      {
        steps: [...revokes(5), ...hashed(names(5).map((name) => revoke(name, otherApp)))],
        limits: { ...limits, perIdentity: 5 },
      },
    ],
    ['what was taken before the window', { steps: revokes(10), memory: [runAt(daysAgo(7.001), revokes(10, 10))] }],
    ['a rerun of the same steps', { steps: revokes(10), memory: [runAt(daysAgo(0), revokes(10), true)] }],
    ['what is left of a run that stopped', { steps: revokes(4), memory: [runAt(daysAgo(0), revokes(10), true)] }],
    [
      'one revoke that two policies have',
      {
        steps: [revoke('a'), { ...revoke('a'), policy: 'files' }].flatMap((drift) => hashed([drift])),
        limits: { ...limits, revokes: 1 },
      },
    ],
    [
      'a step done twice',
      { steps: hashed([grant('x')]), memory: [1, 2].map((day) => runAt(daysAgo(day), hashed([grant('x')]))) },
    ],
    [
      'a step tried often, and never known to be done',
      { steps: hashed([grant('x')]), memory: [1, 2, 3].map((day) => runAt(daysAgo(day), hashed([grant('x')]), true)) },
    ],
    [
      'a step done three times, one of them before the window',
      { steps: hashed([grant('x')]), memory: [1, 2, 8].map((day) => runAt(daysAgo(day), hashed([grant('x')]))) },
    ],
  ])('%s', (_, question) => {
    expect(ask(question)).toEqual([]);
  });
});

describe('what the brake stops', () => {
  it.each<readonly [string, Partial<BrakeQuestion>, readonly string[]]>([
    ['one revoke too many', { steps: revokes(11) }, ['brake-revokes']],
    ['any revoke where none may pass', { steps: revokes(1), limits: { ...limits, revokes: 0 } }, ['brake-revokes']],
    [
      'more than a quarter',
      { steps: revokes(3), held: keys(11), limits: { ...limits, percent: 25 } },
      ['brake-percent'],
    ],
    [
      'any share where none may pass',
      { steps: revokes(1), held: keys(99), limits: { ...limits, percent: 0 } },
      ['brake-percent'],
    ],
    ['six of one identity', { steps: revokes(6), limits: { ...limits, perIdentity: 5 } }, ['brake-identity']],
    [
      'one more after a full window',
      { steps: revokes(1), memory: [runAt(daysAgo(7), revokes(10, 5))] },
      ['brake-revokes'],
    ],
    [
      'one more after a run of tomorrow',
      { steps: revokes(1), memory: [runAt(daysAgo(-1), revokes(10, 5))] },
      ['brake-revokes'],
    ],
    [
      'one more after a run of nobody knows when',
      { steps: revokes(1), memory: [runAt('soon', revokes(10, 5))] },
      ['brake-revokes'],
    ],
    [
      'one more after a run that may have done ten',
      { steps: revokes(1), memory: [runAt(daysAgo(1), revokes(10, 5), true)] },
      ['brake-revokes'],
    ],
    [
      'the same revoke again, of another assignment',
      {
        steps: revokes(6),
        memory: [
          runAt(
            daysAgo(1),
            hashed(
              names(5).map((name) => revoke(name)),
              ' before',
            ),
          ),
        ],
      },
      ['brake-revokes'],
    ],
    [
      'a share in slices',
      {
        steps: revokes(1),
        held: keys(9),
        memory: [runAt(daysAgo(1), revokes(3, 20))],
        limits: { ...limits, percent: 25 },
      },
      ['brake-percent'],
    ],
    [
      'one identity in slices',
      { steps: revokes(1), memory: [runAt(daysAgo(1), revokes(5, 20))], limits: { ...limits, perIdentity: 5 } },
      ['brake-identity'],
    ],
    [
      'a change that may take away',
      {
        steps: hashed([
          {
            policy: 'mail',
            change: { action: 'update', cause: 'changed', before: delegated('a'), after: delegated('a') },
          },
        ]),
        limits: { ...limits, revokes: 0 },
      },
      ['brake-revokes'],
    ],
    [
      'a step done three times',
      { steps: hashed([grant('x')]), memory: [1, 2, 7].map((day) => runAt(daysAgo(day), hashed([grant('x')]))) },
      ['flap'],
    ],
    ['a window that is none', { limits: { ...limits, window: 'a week' } }, ['brake-window']],
    [
      'all at once',
      { steps: revokes(11), limits: { ...limits, percent: 25, perIdentity: 5 } },
      ['brake-revokes', 'brake-percent', 'brake-identity'],
    ],
  ])('%s', (_, question, codes) => {
    expect(ask(question)).toEqual(codes);
  });

  it('in many small pull requests as in one', () => {
    const memory: EarlierRun[] = [];
    let passed = 0;
    for (let at = 0; at < 30; at += 1) {
      const steps = revokes(1, at);
      if (ask({ steps, memory }).length > 0) continue;
      memory.push(runAt(daysAgo(0), steps));
      passed += 1;
    }
    expect(passed).toBe(10);
  });

  it('says how many, by whom, and what to do', () => {
    const question = {
      steps: revokes(3),
      held: keys(6),
      limits: { revokes: 4, percent: 50, perIdentity: 4, window: 'P7D' },
      memory: [runAt(daysAgo(1), revokes(2, 10)), ...[1, 2, 3].map((day) => runAt(daysAgo(day), revokes(1)))],
      now,
    };
    const way = (field: string, least: number): string =>
      `look at each revoke of the plan; if all of them are meant, raise \`${field}\` of \`brake\` in \`backup-access.yaml\` to at least ${least} by a pull request of its own, and apply again once it is merged`;
    expect(brake(question)).toEqual([
      {
        code: 'brake-revokes',
        why: '8 revokes, 5 of them by earlier runs within P7D, would be more than the 4 that the brake lets pass',
        wayForward: way('revokes', 8),
      },
      {
        code: 'brake-percent',
        why: '8 revokes, 5 of them by earlier runs within P7D, would take 5 of 8 grants that the policies govern: more than the 50 % that the brake lets pass',
        wayForward: way('percent', 63),
      },
      {
        code: 'brake-identity',
        why: `8 revokes, 5 of them by earlier runs within P7D, would be taken from \`${backupApp}\`: more than the 4 for one identity that the brake lets pass`,
        wayForward: way('perIdentity', 8),
      },
      {
        code: 'flap',
        why: `the same step was done 3 times within P7D, and somebody undoes it each time: \`app-role-assignment/delete/app-role-assignment/${backupApp}/00000003-0000-0000-c000-000000000000/Mail.0\``,
        wayForward:
          'find out who changes it back, in the audit log of the tenant; then stop them, or make the policy say what they need',
      },
    ]);
    expect(brake({ ...question, steps: revokes(1), memory: [], limits: { ...limits, revokes: 0 } })).toEqual([
      {
        code: 'brake-revokes',
        why: '1 revoke would be more than the 0 that the brake lets pass',
        wayForward: way('revokes', 1),
      },
    ]);
  });

  it('a vault, whose id is a path, is one identity', () => {
    const id = '/subscriptions/1/resourceGroups/RG/providers/Microsoft.DataProtection/backupVaults/bv';
    const one = (name: string, identity: string): Drift => ({
      policy: 'vaults',
      change: {
        action: 'delete',
        cause: 'undeclared',
        before: {
          ...appRole(name, { identity: id }),
          key: `app-role-assignment/${identity.toLowerCase()}/api/${name}`,
        },
        after: null,
      },
    });
    const limit = { ...limits, perIdentity: 1 };
    expect(ask({ steps: hashed([one('a', id), one('b', id)]), limits: limit })).toEqual(['brake-identity']);
    expect(
      ask({ steps: hashed([one('a', id)]), memory: [runAt(daysAgo(1), hashed([one('b', `${id}2`)]))], limits: limit }),
    ).toEqual([]);
  });
});
