import type { JournalEntry, JournalPort } from '../../src/core/journal.ts';
import type { Answer, TenantPorts } from '../../src/core/ports.ts';
import { err, ok } from '../../src/core/result.ts';
import type { WriteAnswer, WritePort, WriteRequest } from '../../src/core/write.ts';
import { answered, listed, listedRoles, type Truth, write } from './fake-truth.ts';

/** What befalls a request: is it carried out, and what is answered; `null` answer: the truth. */
export interface Mishap {
  readonly carriedOut: boolean;
  readonly answer: WriteAnswer | null;
}

/** What befalls a run: the program is killed. */
export class Killed extends Error {}

/** One thing that a program does to the world outside. */
export type Event = 'read' | 'before-send' | 'after-send' | 'before-note' | 'after-note';

export interface FakeOptions {
  readonly truth: Truth;
  /** Milliseconds by which each replica is behind; reads go to the one that `replica` says. */
  readonly lags?: readonly number[];
  readonly replica?: (read: number) => number;
  /** What befalls the nth request, from 0. */
  readonly mishap?: (send: number, request: WriteRequest) => Mishap | null;
  /** Is the program killed at its nth event, from 0? */
  readonly kill?: (event: number, what: Event) => boolean;
  /** Does the nth read fail? */
  readonly failRead?: (read: number) => boolean;
  /** Does the nth line of the journal fail? */
  readonly failNote?: (note: number) => boolean;
}

const unread: Answer<never> = err({
  reason: 'unreachable',
  status: 503,
  request: 'GET /fake',
  detail: 'ServiceUnavailable',
});

/** A tenant with replicas, in memory, by a clock that stands still unless somebody waits. */
export const fakeTenant = (options: FakeOptions) => {
  const { lags = [0], replica = (read) => read % lags.length } = options;
  let clock = Date.parse('2026-11-22T00:00:00Z');
  const history: { readonly at: number; readonly truth: Truth }[] = [{ at: 0, truth: options.truth }];
  const sent: WriteRequest[] = [];
  const notes: JournalEntry[] = [];
  const counts = { reads: 0, events: 0, notes: 0 };

  const event = (what: Event): void => {
    counts.events += 1;
    if (options.kill?.(counts.events - 1, what) === true) throw new Killed(what);
  };
  const seenAt = (moment: number): Truth => history.findLast(({ at }) => at <= moment)?.truth ?? options.truth;
  const read = <T>(show: (truth: Truth) => T): Promise<Answer<T>> =>
    Promise.resolve().then(() => {
      event('read');
      const number = counts.reads;
      counts.reads += 1;
      if (options.failRead?.(number) === true) return unread;
      return ok(show(seenAt(clock - (lags[replica(number) % lags.length] ?? 0))));
    });
  const none = (): never => {
    throw new Error('nobody asks for that');
  };
  const graph = { get: none, list: (path: string) => read((truth) => listed(truth, path)) };
  const ports: TenantPorts = {
    graph: { ...graph, beta: { get: none, list: none }, held: none },
    arm: {
      principal: none,
      get: none,
      list: none,
      query: none,
      listRoleAssignments: (_, principal) => read((truth) => listedRoles(truth, principal ?? '')),
    },
  };
  const sender: WritePort = {
    send: async (request) => {
      event('before-send');
      const number = sent.length;
      sent.push(request);
      const mishap = options.mishap?.(number, request) ?? { carriedOut: true, answer: null };
      const [next, answer] = write(seenAt(clock), request, number + 1000 * history.length);
      if (mishap.carriedOut && next !== seenAt(clock)) {
        clock += 1;
        history.push({ at: clock, truth: next });
      }
      event('after-send');
      return mishap.answer ?? (mishap.carriedOut ? answer : answered(503));
    },
  };
  const journal: JournalPort = {
    write: async (entry) => {
      event('before-note');
      counts.notes += 1;
      if (options.failNote?.(counts.notes - 1) === true) return err('the disk is full');
      notes.push(entry);
      event('after-note');
      return ok(undefined);
    },
    head: () => '',
  };
  return {
    ports,
    write: sender,
    journal,
    pause: async (milliseconds: number): Promise<void> => {
      clock += milliseconds;
    },
    now: () => new Date(clock),
    sent: (): readonly WriteRequest[] => sent,
    notes: (): readonly JournalEntry[] => notes,
    truth: (): Truth => seenAt(clock),
    history: (): readonly { readonly at: number; readonly truth: Truth }[] => history,
    /** Somebody else writes. */
    become: (truth: Truth): void => {
      clock += 1;
      history.push({ at: clock, truth });
    },
  };
};
