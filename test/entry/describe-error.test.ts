import { describe, expect, it } from 'vitest';
import { createGraph } from '../../src/adapters/graph.ts';
import type { Tokens } from '../../src/adapters/tokens.ts';
import { BrokenRun } from '../../src/core/broken-run.ts';
import { CallError } from '../../src/core/call-error.ts';
import { describeError } from '../../src/describe-error.ts';
import { unusedException } from '../../src/rules/unused-exception.ts';
import { fleet, fleetPolicies } from '../support/fleet.ts';
import { dial, startServer } from '../support/https-server.ts';
import { checkOn, serve, writePolicies } from '../support/rig.ts';

describe('what is said of an error', () => {
  it.each([
    { error: new CallError('`x` is not there'), code: 2, text: 'error: `x` is not there\n' },
    {
      error: Object.assign(new Error('no'), { code: 'EACCES', path: '/x' }),
      code: 2,
      text: "error: /x can't be used (EACCES)\n",
    },
    {
      error: new TypeError('x is not a function'),
      code: 70,
      text: /^this is a bug in backup-access-guard .*\nTypeError: x is not a function\n/,
    },
    { error: Object.assign(new Error('no'), { code: 'ERR_X' }), code: 70, text: /^this is a bug/ },
    {
      error: new BrokenRun(new TypeError('x is not a function')),
      code: 70,
      text: /^this is a bug in backup-access-guard [^,]*, and it came while the tenant was written to: what was sent stands in the journal, and a rerun is safe, since it reads what stands; please report it at .*\nTypeError: x is not a function\n/,
    },
    {
      error: new RangeError('no'),
      code: 70,
      text: /^this is a bug in backup-access-guard [^,]*, nothing was changed; /,
    },
    { error: 'a text', code: 70, text: /^this is a bug .*\na text\n$/ },
    { error: undefined, code: 70, text: /^this is a bug .*\nundefined\n$/ },
  ])('$error', ({ error, code, text }) => {
    const said = describeError(error);
    expect(said.code).toBe(code);
    if (typeof text === 'string') expect(said.text).toBe(text);
    else expect(said.text).toMatch(text);
  });
});

describe('a bug of ours is never taken for an answer', () => {
  it('below an SDK', async () => {
    const server = await startServer(() => ({ body: {} }));
    const { cloud, http } = dial(server);
    const broken: Tokens = {
      get: () => Promise.reject(new TypeError('tokens is not iterable')),
      claims: () => Promise.reject(new Error('not asked')),
      credential: { getToken: () => Promise.reject(new Error('not asked')) },
    };
    const port = createGraph(cloud, http, broken);
    const answers = await Promise.allSettled([port.get('/a'), port.list('/b')]);
    await server.close();
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    for (const answer of answers)
      if (answer.status === 'rejected')
        expect(describeError(answer.reason)).toMatchObject({
          code: 70,
          text: expect.stringContaining('tokens is not iterable'),
        });
  });

  it('in a rule', async () => {
    const tenant = fleet(1, 0);
    const emulator = await serve(tenant);
    const throwing = {
      ...unusedException,
      id: 'throwing',
      check: () => {
        throw new RangeError('out of range');
      },
    };
    const run = checkOn(emulator, tenant, writePolicies(fleetPolicies(1)), { rules: [throwing, unusedException] });
    const error = await run.catch((thrown: unknown) => thrown);
    await emulator.close();
    expect(describeError(error)).toMatchObject({
      code: 70,
      text: expect.stringContaining('rule throwing failed on policy backup-0: out of range'),
    });
  });
});
