import type { StepState } from './apply.ts';
import type { JournalEntry, JournalLine } from './journal.ts';
import {
  listOf,
  MalformedAnswer,
  objectOf,
  optionalStringOf,
  requiredBooleanOf,
  requiredListOf,
  stringOf,
  stringsOf,
  type WireObject,
} from './wire.ts';

const among = <T extends string>(value: string, known: readonly T[], what: string): T => {
  const found = known.find((one) => one === value);
  if (found === undefined) throw new MalformedAnswer(`${what} is \`${value}\`, which this program doesn't write`);
  return found;
};

const countOf = (wire: WireObject, field: string): number => {
  const value = wire[field];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new MalformedAnswer(`\`${field}\` is no whole number`);
};

const orNull = <T>(wire: WireObject, field: string, read: () => T): T | null => {
  if (wire[field] === null) return null;
  return read();
};

const kinds = ['app-role-assignment', 'delegated-grant', 'azure-role-assignment', 'key-vault-access'] as const;
const states: readonly StepState[] = ['done', 'already', 'not-done', 'unknown', 'not-run'];

/** Sides that an action has: before it, after it. */
const sides = { create: [false, true], update: [true, true], delete: [true, false] } as const;

const checkFact = (value: unknown, isThere: boolean, kind: string, side: string): void => {
  if (!isThere) {
    if (value !== null) throw new MalformedAnswer(`\`${side}\` is there, which the action doesn't have`);
    return;
  }
  const fact = objectOf(value, `\`${side}\``);
  if (stringOf(fact, 'kind') !== kind) throw new MalformedAnswer(`\`${side}\` is not of the kind of its target`);
  for (const field of ['key', 'identity', 'subject']) stringOf(fact, field);
};

const checkStep = (row: unknown): void => {
  const step = objectOf(row, 'a step');
  stringOf(step, 'id');
  stringOf(step, 'policy');
  requiredListOf(step, 'after');
  stringsOf(step, 'after');
  const kind = among(stringOf(objectOf(step['target'], '`target`'), 'kind'), kinds, 'the kind of a target');
  const change = objectOf(step['change'], '`change`');
  const action = among(stringOf(change, 'action'), ['create', 'update', 'delete'] as const, 'an action');
  checkFact(change['before'], sides[action][0], kind, 'before');
  checkFact(change['after'], sides[action][1], kind, 'after');
};

const checkBegin = (wire: WireObject): void => {
  for (const field of ['tenant', 'digest', 'knowledge', 'version']) stringOf(wire, field);
  for (const field of ['commit', 'run']) optionalStringOf(wire, field);
  orNull(wire, 'pull', () => countOf(wire, 'pull'));
  requiredListOf(wire, 'approvers');
  stringsOf(wire, 'approvers');
  requiredListOf(wire, 'steps').forEach(checkStep);
};

const checkIntent = (wire: WireObject): void => {
  stringOf(wire, 'step');
  countOf(wire, 'attempt');
  const request = objectOf(wire['request'], '`request`');
  among(stringOf(request, 'api'), ['graph', 'resourceManager'] as const, 'an API');
  among(stringOf(request, 'method'), ['POST', 'PUT', 'PATCH', 'DELETE'] as const, 'a method');
  stringOf(request, 'path');
  orNull(request, 'body', () => objectOf(request['body'], '`body`'));
};

const checkAnswer = (wire: WireObject): void => {
  stringOf(wire, 'step');
  countOf(wire, 'attempt');
  const answer = objectOf(wire['answer'], '`answer`');
  if (!requiredBooleanOf(answer, 'came')) {
    optionalStringOf(answer, 'detail');
    return;
  }
  countOf(answer, 'status');
  for (const field of ['code', 'message', 'requestId']) optionalStringOf(answer, field);
};

const checkResult = (wire: WireObject): void => {
  const result = objectOf(wire['result'], '`result`');
  stringOf(result, 'step');
  among(stringOf(result, 'state'), states, 'a state');
  optionalStringOf(result, 'detail');
  listOf(result, 'requestIds');
  stringsOf(result, 'requestIds');
};

const checks: Readonly<Record<JournalEntry['type'], (wire: WireObject) => void>> = {
  begin: checkBegin,
  intent: checkIntent,
  answer: checkAnswer,
  result: checkResult,
  end: (wire) => {
    orNull(wire, 'stopped', () => stringOf(wire, 'stopped'));
  },
};

/** A line's JSON as what it says. Throws `MalformedAnswer` where this program would not have written it. */
export const parseJournalLine = (value: unknown): JournalLine => {
  const line = objectOf(value, 'the line');
  countOf(line, 'seq');
  if (Number.isNaN(Date.parse(stringOf(line, 'at')))) throw new MalformedAnswer('`at` is no date');
  if (!/^[0-9a-f]{64}$/.test(stringOf(line, 'prev'))) throw new MalformedAnswer('`prev` is no hash');
  const entry = objectOf(line['entry'], '`entry`');
  checks[among(stringOf(entry, 'type'), ['begin', 'intent', 'answer', 'result', 'end'] as const, 'an entry')](entry);
  return value as JournalLine;
};
