import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalLine } from '../../src/core/journal.ts';
import type { Reply } from '../../src/emulator/api-request.ts';
import type { Onlooker, ServedCall } from '../../src/emulator/http.ts';
import { isWrite } from '../../src/emulator/request-log.ts';
import type { Expectations } from './expectations.ts';
import { carryOut, type Effect, effectsOf, type Truth } from './holdings.ts';

/** A request as it is met again in every run: the nth of its kind. */
export interface Place {
  readonly call: Pick<ServedCall, 'api' | 'method' | 'target'>;
  readonly nth: number;
}

/** What happens to one request. `true` from `comes`: it is dropped before anything is done. */
export interface Mishap {
  readonly place: Place;
  readonly comes?: () => Promise<boolean>;
  readonly leaves?: (reply: Reply | null, first: Reply | null) => Promise<Reply | null>;
}

/** What was wrong, by promise. */
export interface Wrongs {
  readonly second: string[];
  readonly outside: string[];
  readonly gaps: string[];
  readonly intents: string[];
}

/** One request that was seen, for learning. */
export interface Passed extends Place {
  readonly write: boolean;
  /** Does its answer differ from the first of its kind? */
  readonly differs: boolean;
}

/** Requests of sign-in bear a fresh number each. */
export const spelled = ({ api, target }: Pick<ServedCall, 'api' | 'target'>): string =>
  api === 'authority' ? (target.split('?')[0] ?? '') : target;

const kindOf = (call: Place['call']): string => `${call.api} ${call.method} ${spelled(call)}`;
/** What is asked, in a batch too. */
const questionOf = (call: ServedCall): string => `${kindOf(call)} ${call.body}`;

/** What an answer says, whatever the order and the headers of a batch. */
const meaningOf = (reply: Reply | null): string => {
  const body = (reply?.body ?? null) as {
    readonly responses?: readonly { readonly id: string; readonly body: unknown }[];
  } | null;
  const inner = body?.responses?.map((one) => JSON.stringify([one.id, one.body])).sort();
  return JSON.stringify(inner ?? body);
};

const tell = ({ method, target, body }: ServedCall): string => `${method} ${decodeURIComponent(target)} ${body}`;

/** The last line of the newest journal, where it is an intent. */
const lastIntent = (journals: string) => {
  const newest = readdirSync(journals)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .at(-1);
  const last =
    newest === undefined ? '' : (readFileSync(join(journals, newest), 'utf8').trimEnd().split('\n').at(-1) ?? '');
  const { entry } = JSON.parse(last === '' ? '{"entry":{}}' : last) as Pick<JournalLine, 'entry'>;
  return entry.type === 'intent' ? entry.request : null;
};

const hasIntent = (call: ServedCall, journals: string): boolean => {
  const intent = lastIntent(journals);
  if (intent === null) return false;
  const body = intent.body === null ? '' : JSON.stringify(intent.body);
  return intent.method === call.method && intent.path === decodeURIComponent(call.target) && body === call.body;
};

const isStep = (effect: Effect, { steps }: Expectations): boolean =>
  steps.some(({ key, after }) => key === effect.key && after === effect.after);

/** Stands at the tenant's door: keeps count of what is held, and judges each write as it comes and as it is done. */
export const watchTenant = (
  truth: Truth,
  expected: Expectations,
  journals: string,
  { mishap, mayAskAgain }: { readonly mishap: Mishap | null; readonly mayAskAgain: boolean },
) => {
  const wrongs: Wrongs = { second: [], outside: [], gaps: [], intents: [] };
  const passed: Passed[] = [];
  const counts = new Map<string, number>();
  const firsts = new Map<string, string>();
  const firstReplies = new Map<string, Reply | null>();
  const places = new Map<ServedCall, Place>();
  let struck = false;

  const isMet = (call: ServedCall): boolean =>
    mishap !== null && kindOf(mishap.place.call) === kindOf(call) && mishap.place.nth === places.get(call)?.nth;

  const judgeComing = (call: ServedCall): void => {
    if (!hasIntent(call, journals)) wrongs.intents.push(tell(call));
    const effects = effectsOf(call, truth);
    if (effects === null || effects.length !== 1 || !effects.every((effect) => isStep(effect, expected)))
      wrongs.outside.push(tell(call));
    for (const { key, before, after } of effects ?? [])
      if (after !== null && before === after && !mayAskAgain)
        wrongs.second.push(`${tell(call)} asks for ${key}, which is held`);
  };

  const judgeDone = (call: ServedCall, effects: readonly Effect[]): void => {
    for (const one of expected.always)
      if (!one.some((key) => truth.held.has(key))) wrongs.gaps.push(`after ${tell(call)}, none of ${one.join(', ')}`);
    for (const { key, after } of effects) {
      const step = expected.steps.find((each) => each.key === key && each.after === after);
      for (const other of step?.waits ?? []) {
        const earlier = expected.steps.find((each) => each.key === other);
        if ((truth.held.get(other) ?? null) !== (earlier?.after ?? null))
          wrongs.gaps.push(`${tell(call)} was done before ${other}`);
      }
    }
  };

  const onlooker: Onlooker = {
    comes: async (call) => {
      const kind = kindOf(call);
      const nth = counts.get(kind) ?? 0;
      counts.set(kind, nth + 1);
      places.set(call, { call, nth });
      if (isWrite(call.api, call.method, call.target)) judgeComing(call);
      if (!isMet(call)) return true;
      if (mishap?.comes === undefined) return true;
      struck = true;
      return !(await mishap.comes());
    },
    isDone: (call, reply) => {
      if (!isWrite(call.api, call.method, call.target) || reply.status > 299) return;
      const effects = effectsOf(call, truth) ?? [];
      carryOut(truth, effects, call, reply.body);
      judgeDone(call, effects);
    },
    leaves: async (call, reply) => {
      const place = places.get(call);
      const question = questionOf(call);
      const text = meaningOf(reply);
      if (!firsts.has(question)) {
        firsts.set(question, text);
        firstReplies.set(question, reply);
      }
      const write = isWrite(call.api, call.method, call.target);
      if (place !== undefined)
        passed.push({ ...place, write, differs: !write && call.api !== 'authority' && firsts.get(question) !== text });
      if (!isMet(call)) return reply;
      struck = true;
      return mishap?.leaves === undefined ? reply : mishap.leaves(reply, firstReplies.get(question) ?? null);
    },
  };
  return { onlooker, wrongs, passed, struck: () => struck };
};
