import { describe, expect, it } from 'vitest';
import { changeId, takingsIn } from '../../src/guard/taking-order.ts';
import { keyVaultAccess } from '../support/access-facts.ts';
import { appRole, azureRole, delegated, directoryRole, group } from '../support/facts.ts';
import { changing, giving, taking } from '../support/guard-world.ts';

const app = group('rg-app');
const owner = azureRole('Owner', app);
const reader = azureRole('Reader', app);
const told = (...changes: Parameters<typeof takingsIn>[0]) =>
  takingsIn(changes).map((change) => `${change.action} ${(change.before ?? change.after)?.subject}`);

describe('the order in which things are taken', () => {
  it('a change is known by what it does', () => {
    expect(changeId(taking(reader))).toBe(`delete ${reader.key}`);
    expect(changeId(giving(reader))).toBe(`create ${reader.key}`);
  });

  it('holds no grant, and each change once', () => {
    expect(told(giving(owner), taking(reader), taking({ ...reader }))).toEqual(['delete Reader']);
    expect(told(giving(owner))).toEqual([]);
    expect(told()).toEqual([]);
  });

  it('has what does most harm first, whichever comes first', () => {
    const all = [owner, appRole('Application.ReadWrite.All'), appRole('Mail.ReadWrite'), delegated('User.Read')];
    const consent = delegated('Application.ReadWrite.All');
    const rest = [directoryRole('Global Administrator'), keyVaultAccess('kv', { keys: ['purge'] }), consent];
    const order = told(...[...rest, ...all].map(taking));
    expect(told(...[...all, ...rest].map(taking))).toEqual(order);
    expect(order).toEqual([
      'delete Application.ReadWrite.All',
      'delete Owner',
      'delete Application.ReadWrite.All',
      'delete Mail.ReadWrite',
      'delete User.Read',
      'delete Global Administrator',
      'delete kv',
    ]);
  });

  it('has the harm by what stands before, not by what is to stand', () => {
    const before = azureRole('Reader', app, { permissions: owner.permissions, roleType: 'CustomRole' });
    const order = told(taking(appRole('Mail.ReadWrite')), changing(before, reader), taking(reader));
    expect(order).toEqual(['update Reader', 'delete Mail.ReadWrite', 'delete Reader']);
  });

  it('has by its key what does the same harm', () => {
    const [a, b, c] = ['rg-a', 'rg-b', 'rg-c'].map((name) => azureRole('Reader', group(name)));
    const order = [a, b, c].map((fact) => fact?.key);
    for (const all of [
      [a, b, c],
      [c, b, a],
      [b, c, a],
      [c, a, b],
    ])
      expect(takingsIn(all.flatMap((fact) => (fact ? taking(fact) : []))).map(({ before }) => before?.key)).toEqual(
        order,
      );
  });
});
