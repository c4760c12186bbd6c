import { describe, expect, test } from 'vitest';
import { exchangeOnline, microsoftGraph, sharePointOnline } from '../../src/knowledge/apis.ts';
import { edges, impliedBy, implies, nonEdges } from '../../src/knowledge/lattice.ts';
import { products } from '../../src/knowledge/products.ts';
import { hasSharedData, readShared } from './shared-data.ts';

const held = (...values: readonly string[]): ReadonlySet<string> => new Set(values);

describe('implied', () => {
  test.each([
    ['Sites.Read.All', ['Sites.ReadWrite.All'], 'Sites.ReadWrite.All', 2, false],
    ['Sites.Read.All', ['Sites.FullControl.All'], 'Sites.FullControl.All', 4, false],
    ['Sites.Read.All', ['Sites.FullControl.All', 'Sites.Manage.All'], 'Sites.Manage.All', 3, false],
    ['Files.Read.All', ['Sites.Read.All'], 'Sites.Read.All', 2, false],
    ['Mail.ReadBasic.All', ['Mail.Read'], 'Mail.Read', 2, true],
    ['GroupMember.Read.All', ['Group.Read.All'], 'Group.Read.All', 2, true],
    ['GroupMember.Read.All', ['Directory.ReadWrite.All'], 'Directory.ReadWrite.All', 3, false],
    ['Notes.Read.All', ['Notes.ReadWrite.All'], 'Notes.ReadWrite.All', 2, true],
    ['ChatMember.Read.All', ['Chat.ReadWrite.All', 'Chat.ReadBasic.All'], 'Chat.ReadBasic.All', 2, true],
    ['sites.read.all', ['SITES.READWRITE.ALL'], 'SITES.READWRITE.ALL', 2, false],
  ])('%s by one of %j: %s', (narrower, broader, expected, steps, proved) => {
    const found = impliedBy(microsoftGraph, 'application', narrower, held(...broader));
    expect(found).toMatchObject({ broader: expected, proved });
    expect(found?.path).toHaveLength(steps);
  });

  test('the path is made of edges, the narrower first', () => {
    expect(impliedBy(microsoftGraph, 'application', 'Files.Read.All', held('Sites.FullControl.All'))?.path).toEqual([
      'Files.Read.All',
      'Files.ReadWrite.All',
      'Sites.ReadWrite.All',
      'Sites.Manage.All',
      'Sites.FullControl.All',
    ]);
  });

  test.each([
    [sharePointOnline, 'Sites.Read.All', 'Sites.FullControl.All'],
    [exchangeOnline, 'Mail.Read', 'full_access_as_app'],
    [exchangeOnline, 'Calendars.ReadWrite.All', 'full_access_as_app'],
  ])('on %s, %s by %s, never proved', (api, narrower, broader) => {
    expect(impliedBy(api, 'application', narrower, held(broader))).toMatchObject({ broader, proved: false });
  });

  test('a delegated scope too, never proved', () => {
    expect(impliedBy(microsoftGraph, 'delegated', 'Mail.Read', held('Mail.ReadWrite'))?.proved).toBe(false);
    expect(impliedBy(microsoftGraph, 'delegated', 'Notes.Read.All', held('Notes.ReadWrite.All'))?.proved).toBe(false);
  });
});

describe('not implied', () => {
  test.each(nonEdges.map((one) => [one.narrower, one.broader]))('%s by %s', (narrower, broader) => {
    expect(impliedBy(microsoftGraph, 'application', narrower, held(broader))).toBeNull();
    expect(implies(microsoftGraph, broader, narrower)).toBe(false);
  });

  test.each([
    [microsoftGraph, 'Sites.Read.All', ['Sites.Read.All'], 'itself'],
    [microsoftGraph, 'Sites.FullControl.All', ['Sites.Read.All'], 'a narrower one'],
    [microsoftGraph, 'Mail.ReadWrite', ['full_access_as_app'], 'a permission of another API'],
    [sharePointOnline, 'Files.Read.All', ['Sites.FullControl.All'], 'an edge of another API'],
    [microsoftGraph, 'Sites.Selected', ['Sites.FullControl.All'], 'a scoping mechanism'],
    [microsoftGraph, 'Sites.Read.All', [], 'nothing'],
  ])('on %s, %s by %j: %s', (api, narrower, broader) => {
    expect(impliedBy(api, 'application', narrower, held(...broader))).toBeNull();
  });
});

test('there are no circles', () => {
  expect(edges.filter((edge) => implies(edge.api, edge.narrower, edge.broader))).toEqual([]);
});

test('of the 39 rows that vPlus asks of Microsoft Graph, 21 are redundant', () => {
  const rows = products
    .find((one) => one.id === 'catalogic-vplus')
    ?.documented.filter((one) => one.api === microsoftGraph && one.plane === 'application')
    .map((one) => one.value);
  const all = new Set(rows);
  expect(all.size).toBe(39);
  expect([...all].filter((value) => impliedBy(microsoftGraph, 'application', value, all) !== null)).toHaveLength(21);
});

describe.skipIf(!hasSharedData)('held against the published facts (skipped where ../shared is absent)', () => {
  interface Published {
    readonly edges: readonly { narrower: string; broader: string; kind: string; coverage: unknown }[];
    readonly closure: Readonly<Record<string, readonly string[]>>;
  }
  const published = hasSharedData ? readShared<Published>('reference/permission-lattice.json') : null;
  const plain = (one: { narrower: string; broader: string; coverage: unknown }) =>
    `${one.narrower} ${one.broader} ${JSON.stringify(one.coverage)}`;

  test('edges and their coverage', () => {
    const wanted = published?.edges.filter((edge) => edge.kind === 'implies').map(plain);
    expect(
      edges
        .filter((edge) => edge.api === microsoftGraph)
        .map(plain)
        .sort(),
    ).toEqual(wanted?.sort());
    expect(wanted).toHaveLength(69);
  });

  test('pairs that are no implication', () => {
    const wanted = published?.edges.filter((edge) => edge.kind !== 'implies').map(plain);
    expect(nonEdges.map(plain).sort()).toEqual(wanted?.sort());
    expect(wanted).toHaveLength(18);
  });

  test('the closure, and nothing beyond it', () => {
    const names = [
      ...new Set(edges.filter((edge) => edge.api === microsoftGraph).flatMap((e) => [e.narrower, e.broader])),
    ];
    const closure = names.flatMap((narrower) =>
      names.filter((broader) => implies(microsoftGraph, broader, narrower)).map((broader) => `${narrower} ${broader}`),
    );
    const wanted = Object.entries(published?.closure ?? {}).flatMap(([narrower, broader]) =>
      broader.map((one) => `${narrower} ${one}`),
    );
    expect(closure.sort()).toEqual(wanted.sort());
  });
});
