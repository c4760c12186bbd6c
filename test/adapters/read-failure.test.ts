import { RestError } from '@azure/core-rest-pipeline';
import { GraphError } from '@microsoft/microsoft-graph-client';
import { describe, expect, it } from 'vitest';
import { describeBody, failureOf, reasonOf } from '../../src/adapters/read-failure.ts';
import { SignInFailed } from '../../src/adapters/sign-in-failed.ts';
import { MalformedAnswer } from '../../src/core/wire.ts';

const graphError = (status: number, code: string | null, message: string): GraphError =>
  Object.assign(new GraphError(status, message), { code });
const named = (name: string): Error => Object.assign(new Error('words'), { name });
const signIn = { reason: 'unauthenticated', status: null, request: 'sign in', detail: 'AADSTS1' } as const;

describe('what came from outside is a failure', () => {
  const cases = [
    { error: graphError(403, 'Forbidden', 'no'), is: ['forbidden', 403, 'HTTP 403, Forbidden: no'] },
    { error: graphError(500, null, ''), is: ['server-error', 500, 'HTTP 500'] },
    { error: graphError(200, 'SyntaxError', 'Unexpected token in "secret body"'), is: ['malformed', 200, 'HTTP 200'] },
    { error: graphError(-1, 'RestError', 'connect ECONNREFUSED'), is: ['unreachable', null, 'connect ECONNREFUSED'] },
    {
      error: graphError(-1, 'SyntaxError', 'Unexpected token in "secret body"'),
      is: ['malformed', null, 'the answer is not JSON of the documented shape'],
    },
    { error: graphError(-1, 'RefusedRequest', 'refused'), is: ['incomplete', null, 'refused'] },
    {
      error: new RestError('all of the secret body', { statusCode: 200 }),
      is: ['malformed', 200, 'the answer is not JSON of the documented shape'],
    },
    { error: new RestError('all of the secret body', { statusCode: 429 }), is: ['throttled', 429, 'HTTP 429'] },
    { error: new RestError('read\nECONNRESET'), is: ['unreachable', null, 'read ECONNRESET'] },
    { error: named('TimedOut'), is: ['unreachable', null, 'words'] },
    {
      error: new MalformedAnswer('`id` is null where a text belongs'),
      is: ['malformed', 200, '`id` is null where a text belongs'],
    },
  ];
  it.each(cases)('$is', ({ error, is: [reason, status, detail] }) => {
    expect(failureOf(error, 'GET /x')).toEqual({ reason, status, request: 'GET /x', detail });
  });

  it('a failed sign-in keeps its own words', () => {
    expect(failureOf(new SignInFailed(signIn), 'GET /x')).toEqual(signIn);
  });
});

describe('what is a bug of ours is thrown on', () => {
  it.each([
    { error: new TypeError('x is not a function') },
    { error: new RangeError('out of range') },
    { error: new Error('unreachable') },
    { error: graphError(-1, 'TypeError', 'x is not a function') },
    { error: 'a text' },
    { error: null },
  ])('$error', ({ error }) => {
    expect(() => failureOf(error, 'GET /x')).toThrow();
  });
});

it.each([
  [401, 'unauthenticated'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [429, 'throttled'],
  [500, 'server-error'],
  [599, 'server-error'],
  [200, 'malformed'],
  [302, 'malformed'],
  [400, 'malformed'],
  [409, 'malformed'],
])('status %i means %s', (status, reason) => expect(reasonOf(status)).toBe(reason));

it.each([
  { body: { error: { code: 'A', message: 'b' } }, says: 'HTTP 403, A: b' },
  { body: { code: 'A', message: 'b' }, says: 'HTTP 403, A: b' },
  { body: { error: { message: 'b\r\n c' } }, says: 'HTTP 403, b c' },
  { body: { error: { code: 7 } }, says: 'HTTP 403' },
  {
    body: { error: { message: 'Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln is bad' } },
    says: 'HTTP 403, Bearer (token) is bad',
  },
  { body: 'secret', says: 'HTTP 403' },
  { body: null, says: 'HTTP 403' },
  { body: undefined, says: 'HTTP 403' },
])('a body says $says', ({ body, says }) => expect(describeBody(403, body)).toBe(says));
