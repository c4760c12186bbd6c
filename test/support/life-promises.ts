import { expect } from 'vitest';
import {
  brakeMay,
  expectedWrites,
  forbidden,
  type Held,
  limits,
  type Model,
  mostRevokes,
  type Shown,
  type Who,
} from './life-model.ts';
import type { Ran } from './life-rig.ts';
import { intentsOf, type Written } from './life-writes.ts';

/** What the model knew when a run of the job began, and what it did. */
export interface Life {
  readonly model: Model;
  readonly ran: Ran;
  readonly written: readonly Written[];
  readonly before: ReadonlyMap<Who, readonly Held[]>;
  readonly after: ReadonlyMap<Who, readonly Held[]>;
  /** What the model says was approved; `null`: nothing may be written. */
  readonly approved: Shown | null;
  readonly isUnread: boolean;
  /** Nothing was done to the run: it has to come to its end. */
  readonly isPlain: boolean;
  readonly startedAt: number;
}

const revokesIn = (writes: Iterable<string>): number => [...writes].filter((what) => what.startsWith('-')).length;

/** Promise 1 and 2: nothing but what was shown to those who approved, and nothing at all without them. */
const onlyApproved = ({ approved, written, ran }: Life): void => {
  if (approved === null) {
    expect(ran.writes, 'promise 2: written without approval').toEqual([]);
    expect(ran.journals, 'promise 2: begun without approval').toEqual([]);
  } else
    for (const { what } of written) expect([...approved.writes], 'promise 1: written, but not shown').toContain(what);
};

/** Promise 15, and what today's policies ask for: a file that is gone takes nothing away. */
const onlyAsked = ({ model, before, written }: Life): void => {
  const wanted = expectedWrites(model.main, before.get('backup') ?? []);
  for (const { what } of written) expect([...wanted], 'promise 15: written, but no policy asks for it').toContain(what);
};

const onlyWhatMayBe = ({ written, isUnread, before, after }: Life): void => {
  for (const { who, what } of written) {
    expect(who, 'promise 12: an identity that is not to be touched').toBe('backup');
    expect(forbidden.has(what.slice(1)), `promise 13: granted ${what}`).toBe(
      what.startsWith('-') && forbidden.has(what.slice(1)),
    );
    if (isUnread) expect(what.startsWith('+'), `promise 3: revoked ${what} though not all was read`).toBe(true);
  }
  for (const who of ['glass', 'self'] as const)
    expect(after.get(who), `promise 12: ${who} was changed`).toEqual(before.get(who));
};

const noSecondObject = ({ after }: Life): void => {
  for (const [who, held] of after) {
    const atoms = held.map(({ atom }) => atom);
    expect(new Set(atoms).size, `promise 9: ${who} holds twice: ${atoms.join(', ')}`).toBe(atoms.length);
    const grants = new Set(held.filter(({ atom }) => atom.startsWith('scope:')).map(({ id }) => id));
    expect(grants.size, 'promise 9: two delegated grants of one API').toBeLessThanOrEqual(1);
  }
};

/** Promise 10: when something is first taken away, all that is asked for is there. */
const grantsFirst = ({ model, written }: Life): void => {
  const asked = (model.main.policies.backup?.asks ?? []).filter((atom) => !forbidden.has(atom));
  for (const { what, before } of written) {
    if (!what.startsWith('-')) continue;
    const has = (before.get('backup') ?? []).map(({ atom }) => atom);
    expect(
      asked.filter((atom) => !has.includes(atom)),
      `promise 10: ${what} before its replacement`,
    ).toEqual([]);
  }
};

/** Promise 16: of runs at the same time, one writes; and each request stood in a journal before it left. */
const oneWriter = ({ ran }: Life): void => {
  const writing = ran.journals.filter((lines) => intentsOf([lines]).length > 0);
  expect(writing.length, 'promise 16: two runs wrote').toBeLessThanOrEqual(1);
  const announced = intentsOf(ran.journals).map(({ method, path }) => `${method} ${path}`);
  const sent = ran.writes.map(({ method, path }) => `${method} ${path}`);
  expect(sent, 'a request that no journal announced').toEqual(announced);
};

const brakes = ({ model }: Life): void =>
  expect(mostRevokes(model), 'promise 14: more revokes than the brake lets pass').toBeLessThanOrEqual(limits.revokes);

/** Has this run to succeed, by all that the model knows? */
const hasToSucceed = ({ model, approved, before, isPlain, startedAt }: Life): boolean => {
  const wanted = expectedWrites(model.main, before.get('backup') ?? []);
  return (
    isPlain &&
    approved !== null &&
    !approved.clouded &&
    !model.main.broken &&
    model.push !== null &&
    !model.push.treeBefore.broken &&
    JSON.stringify(model.push.treeBefore) !== JSON.stringify(model.main) &&
    [...wanted].every((what) => approved.writes.has(what)) &&
    startedAt > model.lockedUntil &&
    !brakeMay(model, revokesIn(wanted), startedAt)
  );
};

/** Promise 6 and 7: what may be done is done, whatever happened before; and then there is nothing left to do. */
const converges = (life: Life): void => {
  const { ran, after, model } = life;
  const part = ran.outcome?.report.apply;
  const left = expectedWrites(model.main, after.get('backup') ?? []);
  if (hasToSucceed(life)) {
    expect(part?.refusals, 'promise 7: refused').toEqual([]);
    expect(part?.stopped, 'promise 7: stopped').toBeNull();
    expect([...left], 'promise 7: not done').toEqual([]);
  }
  const results = part?.results ?? [];
  const isWhole =
    part?.stopped === null &&
    results.length > 0 &&
    results.every(({ state }) => state === 'done' || state === 'already');
  if (isWhole && !life.isUnread) expect([...left], 'promise 6: called whole, and something is left').toEqual([]);
};

/** Everything that holds after any run, whatever befell it. */
export const keepPromises = (life: Life): void => {
  oneWriter(life);
  onlyWhatMayBe(life);
  onlyApproved(life);
  onlyAsked(life);
  noSecondObject(life);
  grantsFirst(life);
  brakes(life);
  converges(life);
};
