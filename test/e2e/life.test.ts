import fc from 'fast-check';
import { afterEach, beforeEach, describe, it, vi } from 'vitest';
import type { Edit, Trouble } from '../support/life-commands.ts';
import * as does from '../support/life-commands.ts';
import { atoms, forbidden, type Model, type Tree, type Who } from '../support/life-model.ts';
import { type Kill, type LifeRig, startLife, startTime } from '../support/life-rig.ts';
import { stories } from '../support/life-stories.ts';

/** For a longer search: how many lives, and from which seed. */
const runs = Number(process.env['LIFE_RUNS'] ?? '6');
const seed = process.env['LIFE_SEED'];

const atom = fc.oneof({ weight: 9, arbitrary: fc.constantFrom<string>(...atoms) }, fc.constantFrom(...forbidden));
const who = fc.oneof({ weight: 9, arbitrary: fc.constant<Who>('backup') }, fc.constantFrom<Who>('glass', 'self'));
const people = ['grace', 'heidi', 'ada', 'mallory', 'helper[bot]'];
const method = fc.constantFrom('merge' as const, 'squash' as const, 'rebase' as const);

const ask = fc.record({
  do: fc.constant('ask' as const),
  who,
  asks: fc.uniqueArray(atom, { maxLength: 5 }),
  enforcement: fc.constantFrom(
    'authoritative' as const,
    'authoritative' as const,
    'additive' as const,
    'report' as const,
  ),
});
const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 8, arbitrary: ask },
  fc.record({ do: fc.constantFrom('delete' as const, 'rename' as const), who }),
  fc.record({ do: fc.constantFrom('empty' as const, 'mend' as const, 'mend' as const) }),
  fc.record({
    do: fc.constant('name' as const),
    approvers: fc.uniqueArray(fc.constantFrom('grace', 'heidi', 'ada', 'mallory'), { minLength: 1, maxLength: 3 }),
  }),
);
const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Trouble>({ is: 'none' }) },
  fc.constant<Trouble>({ is: 'unread' }),
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constantFrom(
        'lost' as const,
        'cut' as const,
        'throttled' as const,
        'failing' as const,
        'forbidden' as const,
      ),
      method: fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE'),
      after: fc.nat(2),
    }),
  },
);
const kill: fc.Arbitrary<Kill | null> = fc.option(
  fc.record({ by: fc.constantFrom('signal' as const, 'death' as const), at: fc.integer({ min: 8, max: 60 }) }),
  { freq: 2 },
);
const state = fc.constantFrom(
  'APPROVED' as const,
  'APPROVED' as const,
  'CHANGES_REQUESTED' as const,
  'DISMISSED' as const,
);
const none = { is: 'none' } as const;

const commands = [
  fc.tuple(edit, fc.constantFrom('ada', 'ada', 'heidi')).map((of) => does.edit(...of)),
  fc.constantFrom<Trouble>(none, none, { is: 'unread' }).map(does.check),
  fc.tuple(fc.constantFrom(...people), state, fc.boolean()).map((of) => does.review(...of)),
  method.map(does.merge),
  fc.constant(null).map(does.retarget),
  edit.map(does.pushByHand),
  fc.tuple(who, atom).map((of) => does.drift(...of)),
  fc.tuple(fc.constantFrom('grace', 'heidi'), fc.boolean()).map((of) => does.employ(...of)),
  fc.constantFrom(0.05, 1, 4, 8).map(does.later),
  fc.tuple(trouble, kill).map(([of, by]) => does.run(of, [by])),
  fc.constant(null).map(() => does.run(none, [null, null])),
  fc.constant(null).map(does.rerun),
  fc.tuple(edit, method, kill, trouble).map((of) => does.ship(...of)),
  ...[0, 1, 2].map(() => fc.tuple(ask, method).map((of) => does.ship(...of, null, none))),
  ...[0, 1].map(() => fc.tuple(ask, method, kill, trouble).map((of) => does.ship(...of))),
];

const first: Tree = {
  policies: { backup: { file: 'backup.yaml', asks: ['app:Mail.Read'], enforcement: 'authoritative' } },
  broken: false,
  approvers: ['grace', 'heidi'],
};

/** Lives that life, in a world of its own. */
const live = async (
  lag: number,
  life: (setup: () => { model: Model; real: LifeRig }) => Promise<void>,
): Promise<void> => {
  vi.setSystemTime(startTime);
  const rig = await startLife(first, lag);
  try {
    await life(() => ({ model: does.begin(rig, first), real: rig }));
  } finally {
    await rig.close();
  }
};

describe('the whole life of changes', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(startTime);
  });
  afterEach(() => void vi.useRealTimers());

  it.each(Object.entries(stories))('keeps its promises where %s', { timeout: 120_000 }, (_, life) =>
    live(1, async (setup) => {
      const { model, real } = setup();
      for (const command of life) await command.run(model, real);
    }),
  );

  it('keeps its promises, whatever people, services and clocks do', { timeout: 3_600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 14, size: 'max' }), fc.nat(2), (life, lag) =>
        live(lag, (setup) => fc.asyncModelRun(setup, life)),
      ),
      {
        numRuns: runs,
        ...(seed === undefined ? {} : { seed: Number(seed) }),
        // A life takes seconds: a smaller one that fails is looked for where somebody asks for it.
        endOnFailure: process.env['LIFE_SHRINK'] === undefined,
      },
    );
  });
});
