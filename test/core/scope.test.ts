import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalScope,
  sameArmId,
  scopeContains,
  scopeLevel,
  scopeName,
  subscriptionOf,
} from '../../src/core/scope.ts';

const id = '11111111-1111-4111-8111-111111111111';
const subscription = `/subscriptions/${id}`;
const group = `${subscription}/resourceGroups/rg-erp`;
const disk = `${group}/providers/Microsoft.Compute/disks/d1`;
const managementGroup = (name: string): string => `/providers/Microsoft.Management/managementGroups/${name}`;
const ancestors = new Map([[id, ['mg-prod', 'mg-root']]]);

describe('one scope within another', () => {
  const cases = [
    { outer: '/', inner: disk, is: true },
    { outer: '/', inner: managementGroup('mg-prod'), is: true },
    { outer: subscription, inner: subscription, is: true },
    { outer: subscription, inner: group, is: true },
    { outer: group, inner: disk, is: true },
    { outer: `${group}/`, inner: disk, is: true },
    { outer: group.toUpperCase(), inner: disk, is: true },
    { outer: `${group}`, inner: disk.toLowerCase(), is: true },
    { outer: managementGroup('mg-prod'), inner: disk, is: true },
    { outer: managementGroup('MG-ROOT'), inner: subscription, is: true },
    { outer: managementGroup('mg-prod'), inner: managementGroup('mg-prod'), is: true },
    { outer: group, inner: subscription, is: false },
    { outer: disk, inner: group, is: false },
    { outer: group, inner: `${group}-dr`, is: false },
    { outer: group, inner: `${group}-dr/providers/Microsoft.Compute/disks/d1`, is: false },
    { outer: subscription, inner: `${subscription}0`, is: false },
    { outer: `${subscription}/resourceGroups/rg`, inner: group, is: false },
    { outer: managementGroup('mg'), inner: disk, is: false },
    { outer: managementGroup('mg-other'), inner: disk, is: false },
    { outer: managementGroup('mg-prod'), inner: '/subscriptions/22222222-2222-4222-8222-222222222222', is: false },
    { outer: managementGroup('mg-root'), inner: managementGroup('mg-prod'), is: false },
    { outer: subscription, inner: '/', is: false },
  ];
  it.each(cases)('$outer holds $inner: $is', ({ outer, inner, is }) => {
    expect(scopeContains(outer, inner, ancestors)).toBe(is);
  });

  it('a management group holds nothing that nobody told of', () => {
    expect(scopeContains(managementGroup('mg-prod'), disk)).toBe(false);
  });
});

describe('levels, subscriptions and names', () => {
  const cases = [
    { scope: '/', level: 'root', of: null, name: '/' },
    { scope: managementGroup('mg'), level: 'managementGroup', of: null, name: 'mg' },
    { scope: subscription.toUpperCase(), level: 'subscription', of: id, name: id },
    { scope: `${group}/`, level: 'resourceGroup', of: id, name: 'rg-erp' },
    { scope: disk, level: 'resource', of: id, name: 'd1' },
    { scope: `${subscription}/providers/Microsoft.Features/x`, level: 'resource', of: id, name: 'x' },
  ] as const;
  it.each(cases)('$scope', ({ scope, level, of, name }) => {
    expect([scopeLevel(scope), subscriptionOf(scope), scopeName(scope).toLowerCase()]).toEqual([level, of, name]);
  });
});

describe('whatever the scope', () => {
  const segment = fc.stringMatching(/^[A-Za-z0-9._()-]{1,12}$/);
  const aScope = fc.array(segment, { maxLength: 8 }).map((segments) => `/${segments.join('/')}`);

  it('its one spelling is spelled as itself', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(canonicalScope(canonicalScope(text))).toBe(canonicalScope(text));
      }),
    );
  });

  it('case and slashes at the end say nothing', () => {
    fc.assert(
      fc.property(aScope, (scope) => {
        expect(sameArmId(scope, `${scope.toUpperCase()}/`)).toBe(true);
        expect(scopeContains(scope, scope.toLowerCase())).toBe(true);
      }),
    );
  });

  it('it holds what lies a segment below, and no name that only begins alike', () => {
    fc.assert(
      fc.property(aScope, segment, (scope, more) => {
        expect(scopeContains(scope, `${scope}/${more}`)).toBe(true);
        if (canonicalScope(scope) !== '/') expect(scopeContains(scope, `${canonicalScope(scope)}${more}`)).toBe(false);
      }),
    );
  });
});
