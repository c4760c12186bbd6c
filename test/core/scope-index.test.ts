import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scopeContains } from '../../src/core/scope.ts';
import { indexScopes } from '../../src/core/scope-index.ts';
import { disk, group, subscription } from '../support/facts.ts';

describe('an index of scopes', () => {
  const index = indexScopes([disk('Data1'), group('rg-web'), 'https://contoso.example/sites/a']);

  it.each([
    [group('RG-App'), [disk('Data1')]],
    [group('rg-ap'), []],
    [disk('data1'), [disk('Data1')]],
    [subscription, [disk('Data1'), group('rg-web')]],
    ['/', [disk('Data1'), group('rg-web')]],
    ['/providers/Microsoft.Management/managementGroups/all', [disk('Data1'), group('rg-web')]],
    [disk('x', 'rg-web'), []],
  ])('knows what lies in %s', (scope, inside) => {
    expect(index.inside(scope)).toEqual(inside);
  });
  it.each([
    [disk('x', 'rg-web'), true],
    [group('rg-app'), true],
    [disk('data2'), false],
    ['/providers/Microsoft.Management/managementGroups/all', true],
  ])('knows whether %s meets one: %s', (scope, meets) => {
    expect(index.meets(scope)).toBe(meets);
  });
  it('meets nothing where there is nothing', () => {
    const empty = indexScopes([]);
    expect(empty.meets('/')).toBe(false);
    expect(empty.meets('/providers/Microsoft.Management/managementGroups/all')).toBe(false);
  });
  it('agrees with the comparison of two scopes', () => {
    const part = fc.constantFrom('rg-a', 'RG-A', 'rg-ab', 'rg-b');
    const scope = fc.oneof(
      part.map(group),
      fc.tuple(fc.constantFrom('d', 'D', 'd2'), part).map(([one, within]) => disk(one, within)),
      fc.constant(subscription),
    );
    fc.assert(
      fc.property(fc.array(scope, { maxLength: 5 }), scope, (scopes, asked) => {
        const known = indexScopes(scopes);
        expect(known.inside(asked).length > 0).toBe(scopes.some((one) => scopeContains(asked, one)));
        expect(known.meets(asked)).toBe(scopes.some((one) => scopeContains(asked, one) || scopeContains(one, asked)));
      }),
    );
  });
});
