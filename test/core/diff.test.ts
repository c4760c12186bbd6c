import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/core/change.ts';
import { diff } from '../../src/core/diff.ts';
import type { Fact } from '../../src/core/fact.ts';
import { kinds } from '../../src/kinds/index.ts';
import { appRole, azureRole, delegated, group, otherApp, secret, servicePrincipal } from '../support/facts.ts';

const always = () => true;
const never = () => false;
const sides = (desired: readonly Fact[], actual: readonly Fact[], governs = always, wasRead = always): Change[] =>
  diff({ kinds, desired, actual, governs, wasRead });
const say = (changes: readonly Change[]): string[] =>
  changes.map(({ action, cause, before, after }) => `${action} ${cause} ${(after ?? before)?.subject}`);

const mail = appRole('Mail.Read');
const sites = appRole('Sites.Read.All');
const reader = azureRole('Reader', group('rg-app'));
const bound = azureRole('Reader', group('rg-app'), { condition: '@Resource[x] StringEquals y' });

describe('what two sides differ in', () => {
  const cases: Record<string, { changes: Change[]; says: string[] }> = {
    nothing: { changes: sides([mail], [mail]), says: [] },
    'two empty sides': { changes: sides([], []), says: [] },
    missing: { changes: sides([mail, sites], [sites]), says: ['create missing Mail.Read'] },
    undeclared: { changes: sides([sites], [mail, sites]), says: ['delete undeclared Mail.Read'] },
    'undeclared, in a kind that is not managed': { changes: sides([sites], [mail, sites], never), says: [] },
    'missing, in a kind that is not managed': { changes: sides([mail], [], never), says: ['create missing Mail.Read'] },
    changed: { changes: sides([bound], [reader]), says: ['update changed Reader'] },
    'the condition gone': { changes: sides([reader], [bound]), says: ['update changed Reader'] },
    'a purpose, which no tenant holds': { changes: sides([{ ...mail, purpose: 'mail' }], [mail]), says: [] },
    'ids and dates that only a tenant has': {
      changes: sides([mail], [{ ...mail, assignmentId: 'x', created: '2026-01-01T00:00:00Z' }]),
      says: [],
    },
    'a part that was not read': { changes: sides([mail, bound], [reader, sites], always, never), says: [] },
    'the same permission of two identities': {
      changes: sides([mail], [appRole('Mail.Read', { identity: otherApp })]),
      says: ['create missing Mail.Read', 'delete undeclared Mail.Read'],
    },
    'another object behind the pinned app': {
      changes: sides([servicePrincipal()], [servicePrincipal({ objectId: '0d3b0f5e-0000-4000-8000-0000000000ff' })]),
      says: ['update changed 0d3b0f5e-0000-4000-8000-000000000002'],
    },
    'the order of kinds': {
      changes: sides([reader, mail, servicePrincipal()], []),
      says: [
        'create missing 0d3b0f5e-0000-4000-8000-000000000002',
        'create missing Mail.Read',
        'create missing Reader',
      ],
    },
  };
  it.each(Object.entries(cases))('%s', (_, { changes, says }) => {
    expect(say(changes).toSorted()).toEqual(says.toSorted());
  });

  it('orders by kind and then by key', () => {
    expect(say(sides([reader, sites, mail], []))).toEqual([
      'create missing Mail.Read',
      'create missing Sites.Read.All',
      'create missing Reader',
    ]);
  });
});

const names = ['Mail.Read', 'Mail.Send', 'Sites.Read.All', 'User.Read.All'];
const roles = ['Reader', 'Contributor', 'Disk Backup Reader'];
const aFact: fc.Arbitrary<Fact> = fc.oneof(
  fc.constantFrom(...names).map((name) => appRole(name)),
  fc.constantFrom(...names).map((name) => delegated(name)),
  fc
    .tuple(fc.constantFrom(...roles), fc.constantFrom('rg-a', 'rg-b'), fc.constantFrom(null, '@x', '@y'))
    .map(([role, name, condition]) => azureRole(role, group(name), { condition })),
  fc.constantFrom('k1', 'k2').map((id) => secret(null, null, { id })),
);
const someFacts = fc.uniqueArray(aFact, { selector: ({ key }) => key, maxLength: 12 });

const apply = (facts: readonly Fact[], changes: readonly Change[]): Fact[] => {
  const held = new Map(facts.map((fact) => [fact.key, fact]));
  for (const { before, after } of changes) {
    if (before !== null) held.delete(before.key);
    if (after !== null) held.set(after.key, after);
  }
  return [...held.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
};
const stated = (facts: readonly Fact[]): unknown[] =>
  facts.map((fact) => [fact.key, fact.kind === 'azure-role-assignment' ? fact.condition : null]).toSorted();

describe('whatever the facts', () => {
  it('a side does not differ from itself', () => {
    fc.assert(
      fc.property(someFacts, (facts) => {
        expect(sides(facts, facts)).toEqual([]);
      }),
    );
  });

  it('making the changes leaves what is asked', () => {
    fc.assert(
      fc.property(someFacts, someFacts, (desired, actual) => {
        const after = apply(actual, sides(desired, actual));
        expect(stated(after)).toEqual(stated(desired));
        expect(sides(desired, after)).toEqual([]);
      }),
    );
  });

  it('making the changes removes nothing from kinds that are not managed', () => {
    fc.assert(
      fc.property(someFacts, someFacts, (desired, actual) => {
        const left = new Set(apply(actual, sides(desired, actual, never)).map(({ key }) => key));
        expect([...desired, ...actual].filter(({ key }) => !left.has(key))).toEqual([]);
      }),
    );
  });

  it('their order says nothing', () => {
    const shuffled = someFacts.chain((facts) =>
      fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })),
    );
    fc.assert(
      fc.property(shuffled, shuffled, ([a, b], [c, d]) => {
        expect(sides(b, d)).toEqual(sides(a, c));
      }),
    );
  });

  it('what was not read never changes', () => {
    fc.assert(
      fc.property(someFacts, someFacts, fc.func(fc.boolean()), (desired, actual, coin) => {
        const wasRead = ({ key }: Fact) => coin(key);
        for (const { before, after } of diff({ kinds, desired, actual, governs: always, wasRead }))
          expect([before, after].filter((fact) => fact !== null && !wasRead(fact))).toEqual([]);
      }),
    );
  });
});
