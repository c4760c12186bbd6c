import type { Reply } from '../../src/emulator/api-request.ts';
import type { FaultAnswer } from '../../src/emulator/faults.ts';
import { type Mishap, type Place, spelled } from './onlooker.ts';
import type { Trial, Verdict } from './run-once.ts';

const tell = ({ call, nth }: Place): string => `${call.method} ${spelled(call)} (${nth + 1})`;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** The same request, as a fault script names it. */
const matchOf = ({ call, nth }: Place) => ({
  api: call.api,
  method: call.method,
  path: `/^${escaped(spelled(call))}${call.api === 'authority' ? '(?:\\?|$)' : '$'}/`,
  after: nth,
});

/** Answered before anything is done. */
const instead =
  (fault: string, answer: FaultAnswer) =>
  (place: Place): Trial => ({
    fault,
    at: tell(place),
    script: [{ match: matchOf(place), answer }],
    mishap: () => ({ place }),
  });

/** Done, and answered otherwise. */
const afterwards =
  (fault: string, leaves: Mishap['leaves'] & {}) =>
  (place: Place): Trial => ({
    fault,
    at: tell(place),
    mishap: () => ({ place, leaves }),
  });

const crashAtStart = (place: Place): Trial => ({
  fault: 'crash at a request’s start',
  at: tell(place),
  mishap: (kill) => ({ place, comes: () => kill().then(() => true) }),
});

const crashAtEnd = (place: Place): Trial => ({
  fault: 'crash at a request’s end',
  at: tell(place),
  mishap: (kill) => ({ place, leaves: () => kill().then(() => null) }),
});

const failed = { error: { code: 'ServiceUnavailable', message: 'The service is busy.' } };
const page = { status: 200, headers: { 'content-type': 'application/json' }, body: '<html>gateway</html' };
const cut = (reply: Reply | null): Reply | null => (reply === null ? null : { ...reply, body: '{"value": [' });

/** Faults of requests before anything is done. */
const before = [
  instead('no connection', { cut: true }),
  instead('403', { status: 403 }),
  instead('404', { status: 404 }),
  instead('409', { status: 409 }),
  instead('429 with Retry-After', { status: 429, retryAfter: 7 }),
  instead('429 without', { status: 429 }),
  instead('500 before it is done', { status: 500 }),
  instead('503 before it is done', { status: 503, retryAfter: 3 }),
  instead('malformed body, nothing done', { garbage: true }),
] as const;

/** Faults of requests after all is done. */
const after = [
  instead('lost answer after commit', { lost: true }),
  afterwards('500 after commit', async () => ({ status: 500, body: failed })),
  afterwards('503 after commit', async () => ({ status: 503, headers: { 'retry-after': '3' }, body: failed })),
  afterwards('429 after commit', async () => ({ status: 429, headers: { 'retry-after': '2' }, body: failed })),
  afterwards('malformed body after commit', async () => page),
  afterwards('answer cut off after commit', async (reply) => cut(reply)),
] as const;

const staleRead = afterwards('stale read', async (_, first) => first);

/** Replicas that are so many reads behind. */
const lags = [1, 2, 3, 4, 6, 9, 14, 25];
const lagging = (lag: number): Trial => ({ fault: 'replica lag', at: `${lag} reads behind`, lag });

/** So far behind that a second look may still see nothing, and a fifth sees it. */
const behind = (trial: Trial): Trial => ({ ...trial, fault: `${trial.fault}, replicas behind`, lag: 4 });

/** Every nth of a list, the first included. */
const sampled = <T>(list: readonly T[], step: number): readonly T[] => list.filter((_, index) => index % step === 0);

/** Moments of all file writes: halves where something is written, and both sides where a line gets to disk. */
const fileTrials = (files: readonly string[]): readonly Trial[] =>
  files.flatMap((line) => {
    const [index = '', name = ''] = line.split(' ');
    const hows = name === 'append' || name === 'write' ? (['before', 'half'] as const) : (['after'] as const);
    return hows.map(
      (how): Trial => ({
        fault: `crash ${how === 'half' ? 'in' : how} a file write`,
        at: `${name} ${index}`,
        file: { index: Number(index), how },
      }),
    );
  });

/** All trials that a run without faults teaches. */
export const trialsOf = ({ passed: places, files }: Pick<Verdict, 'passed' | 'files'>): readonly Trial[] => {
  const writes = places.filter(({ write }) => write);
  const reads = places.filter(({ write }) => !write);
  return [
    ...places.map(crashAtStart),
    ...places.map(crashAtEnd),
    ...fileTrials(files),
    ...before.flatMap((fault) => writes.map(fault)),
    ...after.flatMap((fault) => writes.map(fault)),
    ...before.flatMap((fault, index) => sampled(reads.slice(index), 9).map(fault)),
    ...sampled(reads, 9).map(after[4]),
    ...places.filter(({ differs }) => differs).map(staleRead),
    ...lags.map(lagging),
    ...writes.map((place) => behind(after[0](place))),
    ...writes.map((place) => ({ ...behind(crashAtEnd(place)), mayAskAgain: true })),
  ];
};

/** A few of each sort of fault, more where there are many, each sort at other places of the run. */
export const shortened = (trials: readonly Trial[]): readonly Trial[] =>
  [...Map.groupBy(trials, ({ fault }) => fault).values()].flatMap((same, sort) => {
    const count = Math.ceil(same.length / 40);
    return Array.from({ length: count }, (_, index) => {
      const at = Math.floor((same.length * index) / count) + sort * 5;
      return same[at % same.length] ?? [];
    }).flat();
  });
