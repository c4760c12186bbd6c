import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { EffectiveAccess, Reach } from '../../src/core/effective.ts';
import { accessDifferences, changesAccess, infinitive } from '../../src/report/access-difference.ts';
import { hubstorAccess, reach } from '../support/report-access.ts';

test.each([
  ['reads every mailbox', 'read every mailbox'],
  ['can take over the tenant', 'take over the tenant'],
  ['changes or deletes blobs or files', 'change or delete blobs or files'],
  ['reads and changes every mailbox', 'read and change every mailbox'],
  ['reads users and groups', 'read users and groups'],
  ['uses keys of key vaults', 'use keys of key vaults'],
  ['accesses sites', 'access sites'],
  ['copies disks', 'copy disks'],
  ['destroys backups', 'destroy backups'],
  ['reads', 'read'],
  ['', ''],
])('%j becomes %j', (phrase, expected) => {
  expect(infinitive(phrase)).toBe(expected);
});

test('every phrase that the program knows can follow after "can"', () => {
  const phrases: string[] = [];
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (value !== null && typeof value === 'object')
      for (const [key, inner] of Object.entries(value))
        if (typeof inner === 'string' && ['every', 'some', 'words'].includes(key)) phrases.push(inner);
        else collect(inner);
  };
  for (const file of globSync('src/knowledge/data/reaches.yaml')) collect(parse(readFileSync(file, 'utf8')));
  expect(phrases.length).toBeGreaterThan(40);
  expect(phrases.map(infinitive).filter((phrase) => /^\w*s\b/.test(phrase))).toEqual([]);
});

const access = (reaches: readonly Reach[], over: Partial<EffectiveAccess> = {}): EffectiveAccess => ({
  ...hubstorAccess,
  in: [],
  out: [],
  reaches,
  ...over,
});
const disks = reach('exports-disks', 'exports disks', { where: 'in 2 resource groups' });
const fewer = { ...disks, where: 'in resource group `rg-a`' };
const no = { ...disks, answer: 'no' as const };
const unknown = { ...disks, answer: 'unknown' as const };

describe('what a merge changes of what is reached', () => {
  test.each([
    ['gained: nothing before', [], [disks], { gained: 1 }],
    ['gained: no before', [no], [disks], { gained: 1 }],
    ['lost: no after', [disks], [no], { lost: 1 }],
    ['lost: nothing after', [disks], [], { lost: 1 }],
    ['in doubt: not known after', [disks], [unknown], { doubted: 1 }],
    ['moved: elsewhere after', [disks], [fewer], { moved: 1 }],
    ['kept', [disks], [disks], { kept: 1 }],
    ['neither before nor after', [no], [unknown], {}],
  ] as const)('%s', (_name, before, after, expected) => {
    const [one] = accessDifferences([access(before)], [access(after)]);
    const { gained, lost, moved, kept, doubted } = one ?? { gained: [], lost: [], moved: [], kept: [], doubted: [] };
    const counts = {
      gained: gained.length,
      lost: lost.length,
      moved: moved.length,
      kept: kept.length,
      doubted: doubted.length,
    };
    expect(counts).toEqual({ gained: 0, lost: 0, moved: 0, kept: 0, doubted: 0, ...expected });
    if (one !== undefined) expect(changesAccess(one)).toBe(!('kept' in expected) && Object.keys(expected).length > 0);
  });

  test('ways up that open and close, but not what lies further on', () => {
    const [one] = accessDifferences([access([])], [access([], { out: hubstorAccess.out })]);
    expect(one?.waysGained.map(({ path }) => path)).toEqual(['azure-role']);
    const [back] = accessDifferences([access([], { out: hubstorAccess.out })], [access([])]);
    expect(back?.waysLost.map(({ path }) => path)).toEqual(['azure-role']);
  });

  test('identities that stand on one side only', () => {
    expect(accessDifferences([access([disks])], []).map(({ lost }) => lost.length)).toEqual([1]);
    expect(accessDifferences([], [access([disks])]).map(({ gained }) => gained.length)).toEqual([1]);
  });
});
