import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { GateQuestion } from '../../src/core/gate.ts';
import type { GateEvidence, PullEvidence, RunEvidence } from '../../src/core/gate-evidence.ts';
import { judge } from '../support/gate-judge.ts';
import { oracle } from '../support/gate-oracle.ts';
import {
  at,
  checkName,
  commit,
  evidence,
  governed,
  head,
  mergeCommit,
  otherGoverned,
  planOf,
  pullEvidence,
  question,
  restoring,
  review,
  runEvidence,
  shaOf,
  storedPlan,
  who,
} from '../support/gate-world.ts';

/** Asks and knows: bent one time after the other. */
interface World {
  readonly asked: GateQuestion;
  readonly known: GateEvidence;
}
type Bend = (world: World) => World;

const ask =
  (more: Partial<GateQuestion>): Bend =>
  ({ asked, known }) => ({ asked: { ...asked, ...more }, known });
const know =
  (more: Partial<GateEvidence>): Bend =>
  ({ asked, known }) => ({ asked, known: { ...known, ...more } });
const pull =
  (more: Partial<PullEvidence>): Bend =>
  ({ asked, known }) => ({
    asked,
    known: { ...known, pull: known.pull === null ? null : { ...known.pull, ...more } },
  });
const head1 =
  (more: Partial<PullEvidence['pull']>): Bend =>
  (world) =>
    pull({ pull: { ...(world.known.pull ?? pullEvidence()).pull, ...more } })(world);
const run =
  (more: Partial<RunEvidence>): Bend =>
  ({ asked, known }) => ({
    asked,
    known: { ...known, run: known.run === null ? null : { ...known.run, ...more } },
  });
const ran =
  (more: Partial<RunEvidence['run']>): Bend =>
  (world) =>
    run({ run: { ...(world.known.run ?? runEvidence()).run, ...more } })(world);

const login = fc.constantFrom('ada', 'bob', 'Bob', 'cyd', 'dan', 'eve');
const clock = fc.constantFrom('08:00', '08:20', '08:40', '09:00', '09:00', '09:20', '09:40').map(at);
const sha = fc.constantFrom(head, head, head, shaOf('c'));
const state = fc.constantFrom('APPROVED', 'APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED');
const bot = fc.nat({ max: 9 }).map((one) => one === 0);

const reviews = fc.uniqueArray(
  fc
    .tuple(login, state, sha, clock, bot, fc.integer({ min: 1, max: 99 }))
    .map(([by, is, of, when, isBot, id]) =>
      review(by, { id, state: is as 'APPROVED', commit: of, submittedAt: when, author: { login: by, isBot } }),
    ),
  { minLength: 1, maxLength: 5, selector: ({ id }) => id },
);
const email = fc.oneof(
  login.map((one) => `${one}@users.noreply.github.com`),
  login.map((one) => `7+${one}@users.noreply.github.com`),
  fc.constantFrom('dan@contoso.example', 'noreply@github.com'),
);
const person = fc.tuple(fc.oneof(login, login, fc.constant(null)), email).map(([name, address]) => who(name, address));
const message = fc.oneof(
  fc.constant('change'),
  email.map((address) => `change\n\nCo-authored-by: Some One <${address}>`),
  email.map((address) => `change\n\n  CO-AUTHORED-BY: Some One <${address.toUpperCase()}>`),
);
const commits = fc
  .array(
    fc.tuple(person, person, message).map(([author, committer, text]) => commit({ author, committer, message: text })),
    { minLength: 1, maxLength: 3 },
  )
  .chain((all) => fc.constantFrom(all.length, all.length, all.length, 2).map((count) => ({ all, count })));
const plans = fc.array(
  fc
    .tuple(
      fc.constantFrom('1', '1', '2'),
      clock,
      fc.constantFrom('github-actions', 'github-actions', null, 'evil'),
      sha,
      fc.integer({ min: 1, max: 99 }),
    )
    .map(([digit, completedAt, app, of, id]) => storedPlan({ id, completedAt, app, head: of }, planOf(digit))),
  { maxLength: 4 },
);
const standing = fc.record({
  permission: fc.constantFrom('write', 'admin', 'maintain', 'write', 'read', null),
  isApprover: fc.constantFrom(true, true, true, false),
});
const people = fc.array(fc.tuple(fc.constantFrom('ada', 'bob', 'cyd', 'dan', 'eve'), standing), { maxLength: 5 });
const files = fc.constantFrom(governed, [...governed].reverse(), governed, otherGoverned, []);
const consent = fc
  .tuple(
    login,
    fc.constantFrom('approved', 'approved', 'rejected', 'pending'),
    fc.constantFrom('production', 'test'),
    bot,
  )
  .map(([by, is, place, isBot]) => ({ by: { login: by, isBot }, state: is as 'approved', environments: [place] }));

const bends: fc.Arbitrary<Bend> = fc.oneof(
  { weight: 4, arbitrary: reviews.map((all) => pull({ reviews: all })) },
  {
    weight: 3,
    arbitrary: commits.map(
      ({ all, count }): Bend =>
        (world) =>
          pull({ commits: all })(head1({ commits: count })(world)),
    ),
  },
  { weight: 3, arbitrary: plans.map((all) => pull({ plans: all })) },
  { weight: 3, arbitrary: people.map((all) => know({ people: new Map(all) })) },
  fc.tuple(clock, login).map(([when, by]) => pull({ push: { after: head, at: when, by } })),
  files.map((all) => pull({ merged: all })),
  files.map((all) => know({ governed: all })),
  fc.constantFrom([7], [7, 8], [7]).map((pulls) => know({ pulls })),
  fc.constantFrom(mergeCommit, shaOf('c')).map((one) => ask({ sha: one })),
  fc.constantFrom(mergeCommit, shaOf('c')).map((tip) => know({ tip })),
  fc.constantFrom('refs/heads/main', 'refs/tags/main', 'refs/heads/x').map((ref) => ask({ ref })),
  fc.constantFrom('main', 'x').map((base) => head1({ base })),
  fc.constantFrom(null, at('10:00'), '2026-12-20T10:00:00Z').map((mergedAt) => head1({ mergedAt })),
  fc.constantFrom(null, mergeCommit, shaOf('c')).map((one) => head1({ mergeCommit: one })),
  fc
    .tuple(fc.nat({ max: 3 }), fc.constantFrom('P1D', 'P7D', 'P60D'))
    .map(([required, maxAge]) => ask({ approval: { required, maxAge, approvers: ['bob'] } })),
  fc.integer({ min: 0, max: 40 }).map((days) => ask({ now: new Date(Date.parse(at('09:00')) + days * 86_400_000) })),
  fc.array(consent, { maxLength: 4 }).map((all) => run({ reviews: all })),
  fc
    .tuple(fc.nat({ max: 2 }), fc.boolean(), bot)
    .map(([reviewers, limitsBranches, none]) => run({ environment: none ? null : { reviewers, limitsBranches } })),
  fc.tuple(login, login).map(([actor, starter]) => ran({ actor, starter })),
  fc.constantFrom(1, 1, 2).map((attempt) => ran({ attempt })),
  fc.constantFrom('schedule' as const, 'workflow_dispatch' as const).map(
    (event): Bend =>
      (world) =>
        ran({ event })(world.asked.event === 'push' ? world : ask({ event })(world)),
  ),
);

const worlds: fc.Arbitrary<World> = fc
  .tuple(
    fc.constantFrom<World>(
      { asked: question(), known: evidence() },
      { asked: question(), known: evidence() },
      { asked: restoring(), known: evidence({ run: runEvidence() }) },
    ),
    fc.array(bends, { maxLength: 4 }),
  )
  .map(([begin, all]) => all.reduce((world, bend) => bend(world), begin));

it('judges as the rules do that were written down apart from it', () => {
  const seen = { open: 0, closed: 0 };
  fc.assert(
    fc.property(worlds, ({ asked, known }) => {
      const verdict = judge(asked, known);
      const wanted = oracle(asked, known, checkName);
      seen[verdict.open ? 'open' : 'closed'] += 1;
      expect(verdict.open ? { approvers: verdict.approvers, digest: verdict.reviewed.digest } : null).toEqual(wanted);
      if (!verdict.open) expect(verdict.refusals.length).toBeGreaterThan(0);
    }),
    { numRuns: 3000 },
  );
  // Neither of the two may go untried.
  expect(Math.min(seen.open, seen.closed)).toBeGreaterThan(300);
});

it('says the same whatever order GitHub tells things in', () => {
  const turned = fc.tuple(worlds, fc.boolean(), fc.boolean(), fc.boolean());
  fc.assert(
    fc.property(turned, ([{ asked, known }, ...which]) => {
      const turn = <T>(all: readonly T[], at: number): readonly T[] => (which[at] === true ? [...all].reverse() : all);
      const of = known.pull ?? pullEvidence();
      const other = pull({ reviews: turn(of.reviews, 0), plans: turn(of.plans, 1), commits: turn(of.commits, 2) });
      expect(judge(asked, other({ asked, known }).known)).toEqual(judge(asked, known));
    }),
  );
});
