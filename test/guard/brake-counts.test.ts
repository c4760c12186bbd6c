import { describe, expect, it } from 'vitest';
import { type BrakeQuestion, brake } from '../../src/guard/brake.ts';
import { daysAgo, grant, hashed, limits, names, now, revoke, runAt } from '../support/brake-case.ts';
import { appRole, backupApp, delegated, otherApp } from '../support/facts.ts';
import { scope, stepsOf } from '../support/write-steps.ts';

const ask = (more: Partial<BrakeQuestion>) => brake({ steps: [], held: [], limits, memory: [], now, ...more });
const codes = (more: Partial<BrakeQuestion>): readonly string[] => ask(more).map(({ code }) => code);

/** The same scope, taken from the grants of two people. */
const twoGrants = stepsOf(
  ...['one', 'two'].map((grantId) => {
    const write = scope('delete', 'mail.read');
    return { ...write, target: { ...write.target, grantId } as typeof write.target };
  }),
).map((step) => ({ step, hash: step.id }));

describe('what the brake counts', () => {
  it('is one grant, where a scope is taken from several consents, and each of the revokes', () => {
    const held = [delegated('mail.read').key, delegated('mail.send').key];
    expect(twoGrants.map(({ step }) => step.id.replace(/^.*#/, ''))).toEqual(['one', 'two']);
    expect(codes({ steps: twoGrants, held, limits: { ...limits, percent: 50 } })).toEqual([]);
    expect(codes({ steps: twoGrants, held, limits: { ...limits, revokes: 1 } })).toEqual(['brake-revokes']);
  });

  it('is a grant by all of its name, whatever signs that has', () => {
    const odd = hashed(['a#b', 'a#c'].map((name) => revoke(`${name}#d`)));
    const taken = odd.map((one) => ({ ...one, step: { ...one.step, id: `${one.step.id}#grant` } }));
    const held = ['a#b#d', 'a#c#d', 'x', 'y'].map((name) => appRole(name).key);
    expect(codes({ steps: taken, held, limits: { ...limits, percent: 50 } })).toEqual([]);
    expect(codes({ steps: taken, held, limits: { ...limits, percent: 49 } })).toEqual(['brake-percent']);
  });

  it('is a step that two policies have once, in whatever order runs had them', () => {
    const both = [revoke('a'), { ...revoke('a'), policy: 'files' }].flatMap((drift) => hashed([drift]));
    for (const steps of [both, both.toReversed()])
      for (const done of [both, both.toReversed()]) {
        const memory = [runAt(daysAgo(1), done)];
        expect(codes({ steps, memory, limits: { ...limits, revokes: 2 } })).toEqual([]);
        expect(codes({ steps, memory, limits: { ...limits, revokes: 1 } })).toEqual(['brake-revokes']);
        const cut = memory.map((run) => ({
          ...run,
          steps: run.steps.map((one) => ({ ...one, isDoubtful: true as const })),
        }));
        expect(codes({ steps, memory: cut, limits: { ...limits, revokes: 1 } })).toEqual([]);
      }
  });

  it('is the same revoke again, where somebody gave back what was taken', () => {
    const steps = hashed(names(3).map((name) => revoke(name)));
    const memory = [runAt(daysAgo(1), steps)];
    expect(codes({ steps, memory, limits: { ...limits, revokes: 6 } })).toEqual([]);
    expect(codes({ steps, memory, limits: { ...limits, revokes: 5 } })).toEqual(['brake-revokes']);
  });

  it('is not doubtful for what lies beside it, nor where a run of the same moment did it', () => {
    const [first, second] = hashed(names(2).map((name) => revoke(name)));
    if (first === undefined || second === undefined) throw new Error('two steps were to be made');
    const { at, steps: done } = runAt(daysAgo(1), [first, second]);
    const mixed = { at, steps: done.map((one, index) => (index === 0 ? { ...one, isDoubtful: true as const } : one)) };
    const doubtful = { at, steps: done.map((one) => ({ ...one, isDoubtful: true as const })) };
    // The second was done and is wanted again, the first is the one that nobody got to.
    const steps = [first, second];
    expect(codes({ steps, memory: [mixed], limits: { ...limits, revokes: 3 } })).toEqual([]);
    expect(codes({ steps, memory: [mixed], limits: { ...limits, revokes: 2 } })).toEqual(['brake-revokes']);
    const other = hashed([revoke('other')]);
    const memory = [doubtful, runAt(daysAgo(1), [first, second])];
    expect(codes({ steps: other, memory, limits: { ...limits, revokes: 3 } })).toEqual([]);
    expect(codes({ steps: other, memory, limits: { ...limits, revokes: 2 } })).toEqual(['brake-revokes']);
  });

  it('is a revoke once, where the run before may not have got to it', () => {
    const steps = hashed(names(3).map((name) => revoke(name)));
    const { at, steps: done } = runAt(daysAgo(1), steps);
    const doubtful = { at, steps: done.map((one) => ({ ...one, isDoubtful: true as const })) };
    expect(codes({ steps, memory: [doubtful, doubtful], limits: { ...limits, revokes: 3 } })).toEqual([]);
    expect(codes({ steps, memory: [doubtful], limits: { ...limits, revokes: 2 } })).toEqual(['brake-revokes']);
  });

  it('is told by identity, in the order of their ids', () => {
    const steps = [otherApp, backupApp].flatMap((who) => hashed(names(2).map((name) => revoke(name, who))));
    expect(ask({ steps, limits: { ...limits, perIdentity: 1 } }).map(({ why }) => why)).toEqual(
      [backupApp, otherApp].map(
        (who) => `2 revokes would be taken from \`${who}\`: more than the 1 for one identity that the brake lets pass`,
      ),
    );
  });

  it('is told of steps that go to and fro, each once and in the order of their ids', () => {
    const steps = hashed(['b', 'a', 'b'].map(grant));
    const memory = [1, 2, 3].map((day) => runAt(daysAgo(day), steps));
    const told = ask({ steps: steps.toReversed(), memory }).map(
      ({ code, why }) => `${code} ${why.replace(/^.*\//, '')}`,
    );
    expect(told).toEqual(['flap a`', 'flap b`']);
  });
});

describe('a window that is none', () => {
  it('is told with how one is written', () => {
    expect(ask({ limits: { ...limits, window: 'a week' } })).toEqual([
      {
        code: 'brake-window',
        why: '`a week` is no time over which the brake could add up revokes',
        wayForward: 'write `window` of `brake` in `backup-access.yaml` as an ISO 8601 duration, such as `P7D`',
      },
    ]);
  });
});
