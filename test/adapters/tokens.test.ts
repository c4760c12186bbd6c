import type { AccessToken } from '@azure/identity';
import { describe, expect, it } from 'vitest';
import { memoiseAssertion } from '../../src/adapters/sign-in.ts';
import { createTokens, describeSignIn } from '../../src/adapters/tokens.ts';
import { quickBudget } from '../support/https-server.ts';

const hour = 3_600_000;
/** A credential that answers as told, and counts. */
const credential = (answers: readonly (string | Error | null)[], life = hour) => {
  let calls = 0;
  return {
    calls: () => calls,
    getToken: async (): Promise<AccessToken> => {
      const answer = answers[Math.min(calls, answers.length - 1)];
      calls += 1;
      await new Promise(setImmediate);
      if (answer instanceof Error) throw answer;
      // The SDK's interface allows for none.
      if (answer === null || answer === undefined) return null as unknown as AccessToken;
      return { token: answer, expiresOnTimestamp: Date.now() + life };
    },
  };
};
const jwt = (claims: unknown): string => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
const twenty = <T>(make: () => T): T[] => Array.from({ length: 20 }, make);

describe('a token', () => {
  it('is asked for once, however many want it', async () => {
    const source = credential(['t']);
    const tokens = createTokens(source, quickBudget());
    const answers = await Promise.all(twenty(() => tokens.get('scope')));
    expect(answers).toEqual(twenty(() => ({ ok: true, value: 't' })));
    await tokens.credential.getToken(['scope']);
    expect(source.calls()).toBe(1);
  });

  it('is asked for by scope', async () => {
    const source = credential(['a', 'b']);
    const tokens = createTokens(source, quickBudget());
    expect(await Promise.all([tokens.get('one'), tokens.get('two')])).toEqual([
      { ok: true, value: 'a' },
      { ok: true, value: 'b' },
    ]);
  });

  it('is renewed before it ends, once for all who wait', async () => {
    const source = credential(['old', 'new'], 60_000);
    const tokens = createTokens(source, quickBudget());
    await tokens.get('scope');
    const answers = await Promise.all(twenty(() => tokens.get('scope')));
    expect(new Set(answers.map((answer) => answer.ok && answer.value))).toEqual(new Set(['new']));
    expect(source.calls()).toBe(2);
  });

  it('that was refused is asked for again', async () => {
    const source = credential([new Error('AADSTS7000215: Invalid client secret provided.'), 't']);
    const tokens = createTokens(source, quickBudget());
    expect(await tokens.get('scope')).toEqual({
      ok: false,
      error: {
        reason: 'unauthenticated',
        status: null,
        request: 'sign in for scope',
        detail: 'AADSTS7000215: Invalid client secret provided.',
      },
    });
    expect(await tokens.get('scope')).toEqual({ ok: true, value: 't' });
  });

  it('that is none is a refusal', async () => {
    const tokens = createTokens(credential([null]), quickBudget());
    expect(await tokens.get('scope')).toMatchObject({ ok: false, error: { detail: 'no token was given' } });
  });

  const propagation = new Error('invalid_client: Error(s): 700213 - Timestamp: 2026-11-22');
  it.each([
    {
      name: 'a federated credential that isn’t known yet is tried again',
      answers: [propagation, propagation, 't'],
      calls: 3,
      ok: true,
    },
    { name: 'but not for ever', answers: [propagation], calls: 3, ok: false },
    { name: 'a wrong secret is not tried again', answers: [new Error('AADSTS7000215: no')], calls: 1, ok: false },
    { name: 'nor anything else', answers: [new Error('connect ECONNREFUSED')], calls: 1, ok: false },
  ])('$name', async ({ answers, calls, ok }) => {
    const source = credential(answers);
    const budget = quickBudget();
    expect((await createTokens(source, budget).get('scope')).ok).toBe(ok);
    expect(source.calls()).toBe(calls);
    expect(budget.waits).toHaveLength(calls - 1);
  });

  it('is not waited for beyond the budget', async () => {
    const source = credential([propagation]);
    await createTokens(source, quickBudget(0)).get('scope');
    expect(source.calls()).toBe(1);
  });
});

describe('whom a token speaks for', () => {
  const cases = [
    {
      name: 'ids, in lower case',
      token: jwt({ oid: 'ABC', tid: 'DEF' }),
      says: { principal: 'abc', tenant: 'def', roles: [] },
    },
    {
      name: 'permissions, and no more than names',
      token: jwt({ roles: ['Mail.Read', 7] }),
      says: { principal: null, tenant: null, roles: ['Mail.Read'] },
    },
    { name: 'nothing', token: jwt({ sub: 'x' }), says: { principal: null, tenant: null, roles: [] } },
    {
      name: 'ids of another type',
      token: jwt({ oid: 7, tid: null }),
      says: { principal: null, tenant: null, roles: [] },
    },
    { name: 'an opaque one', token: 'opaque', says: { principal: null, tenant: null, roles: [] } },
    {
      name: 'one that begins as JSON and isn’t',
      token: `h.${Buffer.from('{"oid": ').toString('base64url')}.s`,
      says: { principal: null, tenant: null, roles: [] },
    },
    { name: 'a list', token: jwt(['x']), says: { principal: null, tenant: null, roles: [] } },
  ];
  it.each(cases)('$name', async ({ token, says }) => {
    expect(await createTokens(credential([token]), quickBudget()).claims('scope')).toEqual({ ok: true, value: says });
  });
});

describe('why sign-in failed, in one line', () => {
  const assertion = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyZXBvIn0.c2lnbmF0dXJl';
  const cases = [
    {
      error: new Error('AADSTS700016: Application not found. Trace ID: abc Correlation ID: def Timestamp: x'),
      says: 'AADSTS700016: Application not found.',
    },
    { error: new Error('\n\nsecond line\nthird'), says: 'second line' },
    {
      error: new Error('invalid_client: Error(s): 700213 - Timestamp: x'),
      says: 'AADSTS700213: invalid_client: Error(s): 700213 - Timestamp: x',
    },
    { error: new Error(`refused client_assertion=${assertion}&x=1`), says: 'refused client_assertion=(token)&x=1' },
    { error: new Error(''), says: 'no reason given' },
    { error: 'plain text', says: 'plain text' },
    { error: new Error('x'.repeat(1_000)), says: 'x'.repeat(300) },
  ];
  it.each(cases)('$says', ({ error, says }) => expect(describeSignIn(error)).toBe(says));
});

describe('an assertion', () => {
  const counted = (fail: readonly number[] = []) => {
    let calls = 0;
    return {
      calls: () => calls,
      fetch: async (): Promise<string> => {
        calls += 1;
        if (fail.includes(calls)) throw new Error('no assertion');
        return `assertion ${calls}`;
      },
    };
  };

  it('is asked for once within its life', async () => {
    let now = 0;
    const { calls, fetch } = counted();
    const assertion = memoiseAssertion(fetch, () => now);
    expect(await Promise.all(twenty(assertion))).toEqual(twenty(() => 'assertion 1'));
    now = 3.5 * 60_000;
    expect(await assertion()).toBe('assertion 1');
    now += 1;
    expect(await assertion()).toBe('assertion 2');
    expect(calls()).toBe(2);
  });

  it('that failed is asked for again', async () => {
    const { fetch } = counted([1]);
    const assertion = memoiseAssertion(fetch);
    await expect(assertion()).rejects.toThrow('no assertion');
    expect(await assertion()).toBe('assertion 2');
  });
});
