import { describe, expect, test } from 'vitest';
import { fakeTenant } from '../support/fake-tenant.ts';
import {
  after,
  before,
  details,
  first,
  lostAnswer,
  newRole,
  oldRole,
  runOn,
  states,
  swap,
} from '../support/run-plan.ts';
import { holdings, scope, stepsOf, truthWith } from '../support/write-steps.ts';

describe('replicas that are behind', () => {
  test('a grant that shows late is waited for', async () => {
    const tenant = fakeTenant({ truth: before, lags: [30_000] });
    expect((await runOn(tenant, swap)).results.map(({ state }) => state)).toEqual(['done', 'done']);
    expect(holdings(tenant.truth())).toEqual(after);
  });

  test('a grant that only some of them show does not stand: nothing is revoked', async () => {
    const tenant = fakeTenant({ truth: before, lags: [0, 0, 900_000] });
    const run = await runOn(tenant, swap);
    expect(states(run)).toEqual(['create sites.selected: unknown', 'delete sites.fullcontrol.all: not-run']);
    expect(tenant.sent()).toHaveLength(1);
  });

  test('after a lost answer nothing more is sent while they disagree', async () => {
    const mishap = first({ carriedOut: true, answer: lostAnswer });
    const tenant = fakeTenant({ truth: before, lags: [0, 900_000], mishap });
    const run = await runOn(tenant, swap);
    expect(details(run)[0]).toBe(
      "no answer that makes sense came: socket hang up; reads don't agree on whether it was done",
    );
    expect(states(run)).toEqual(['create sites.selected: unknown', 'delete sites.fullcontrol.all: not-run']);
    expect(tenant.sent()).toHaveLength(1);
  });

  test('the scopes of one consent never push each other out', async () => {
    const scopes = [scope('create', 'mail.read'), scope('create', 'files.read')];
    const tenant = fakeTenant({ truth: truthWith([], ['openid']), lags: [20_000] });
    expect((await runOn(tenant, stepsOf(...scopes))).results.map(({ state }) => state)).toEqual(['done', 'done']);
    expect(holdings(tenant.truth())).toEqual(holdings(truthWith(scopes, ['openid'])));
  });

  test('a scope that somebody else has just been given is not pushed out', async () => {
    const tenant = fakeTenant({
      truth: truthWith([], ['openid']),
      lags: [5_000, 0],
      replica: (read) => (read === 0 ? 0 : 1),
    });
    tenant.become(truthWith([], ['openid', 'email']));
    await runOn(tenant, stepsOf(scope('create', 'mail.read')));
    expect(holdings(tenant.truth())).toEqual(holdings(truthWith([scope('create', 'mail.read')], ['openid', 'email'])));
  });

  test('a grant that seems to be there, and is not, is not taken for one', async () => {
    const tenant = fakeTenant({ truth: truthWith([oldRole, newRole]), lags: [5_000] });
    tenant.become(before);
    const run = await runOn(tenant, swap);
    expect(details(run)[0]).toBe("it seemed to be so already, but now reads don't show it");
    expect(states(run)).toEqual(['create sites.selected: unknown', 'delete sites.fullcontrol.all: not-run']);
    expect(tenant.sent()).toHaveLength(0);
  });
});
