import { describe, expect, test } from 'vitest';
import { parseKql } from '../../src/emulator/kql-parse.ts';
import { type KqlTables, runKql } from '../../src/emulator/kql-run.ts';

const things = [
  { id: 'a', name: 'Ann', size: 1, tags: { env: 'Prod' }, list: ['x', 'y'], note: "it's" },
  { id: 'b', name: 'bob', size: 2, tags: {}, list: [], note: '' },
  { id: 'c', name: 'Cy', size: 10, tags: { env: 'test' }, list: ['y'], note: null },
];
const owners = [
  { id: 'a', owner: 'o1' },
  { id: 'a', owner: 'o2' },
  { id: 'z', owner: 'o3' },
];
const tables: KqlTables = (name) =>
  name === 'things'
    ? { columns: ['id', 'name', 'size', 'tags', 'list', 'note'], rows: things }
    : name === 'owners'
      ? { columns: ['id', 'owner'], rows: owners }
      : null;

const run = (query: string) => runKql(parseKql(query), tables);
const ids = (query: string) =>
  run(query)
    .rows.map((row) => row['id'])
    .join('');

describe('where', () => {
  test.each([
    ["name == 'Ann'", 'a'],
    ["name == 'ann'", ''],
    ["name != 'Ann'", 'bc'],
    ["name =~ 'ANN'", 'a'],
    ["name !~ 'ANN'", 'bc'],
    ["name in ('Ann', 'bob')", 'ab'],
    ["name in~ ('ANN', 'BOB')", 'ab'],
    ["name !in~ ('ANN', 'BOB')", 'c'],
    ["name !in ('ann')", 'abc'],
    ["name contains 'N'", 'a'],
    ["name !contains 'N'", 'bc'],
    ["name startswith 'B'", 'b'],
    ["name endswith 'B'", 'b'],
    ['note has "it"', 'a'],
    ["note == 'it\\'s'", 'a'],
    ['note == "it\'s"', 'a'],
    ['note == @"it\'s"', 'a'],
    ['size > 1', 'bc'],
    ['size >= 2 and size < 10', 'b'],
    ["size == 1 or name == 'Cy' and size == 1", 'a'],
    ["(size == 1 or name == 'Cy') and size == 10", 'c'],
    ["not(name == 'Ann')", 'bc'],
    ["tags.env == 'Prod'", 'a'],
    ["tags['env'] =~ 'TEST'", 'c'],
    ["tags.none.deeper == 'x'", ''],
    ["list[0] == 'y'", 'c'],
    ['array_length(list) == 2', 'a'],
    ['isempty(note)', 'bc'],
    ['isnotempty(tags.env)', 'ac'],
    ["tostring(tags.env) =~ 'prod'", 'a'],
    ["tolower(name) == 'ann'", 'a'],
    ["strcat(id, '-', tostring(size)) == 'b-2'", 'b'],
    ["split('p/q', '/')[1] == 'q'", 'abc'],
    ["tostring(split('p/q', '/', 0)[0]) == 'p'", 'abc'],
    ['true', 'abc'],
    ["name == 'Ann' // a remark", 'a'],
  ])('%s', (condition, found) => {
    expect(ids(`things | where ${condition}`)).toBe(found);
  });
});

describe('shape', () => {
  test('project renames, computes and names what has no name', () => {
    const table = run("things | where id == 'a' | project id, shout = toupper(name), tags.env");
    expect(table).toEqual({
      columns: ['id', 'shout', 'tags_env'],
      rows: [{ id: 'a', shout: 'ANN', tags_env: 'Prod' }],
    });
  });

  test('extend adds and overrides', () => {
    expect(run("things | where id == 'b' | extend size = 3, more = id | project size, more").rows).toEqual([
      { size: 3, more: 'b' },
    ]);
  });

  test.each([
    ['order by id desc', 'cba'],
    ['order by size', 'cba'],
    ['sort by size asc', 'abc'],
    ['order by note asc, id desc', 'cba'],
    ['take 2', 'ab'],
    ['limit 1', 'a'],
  ])('%s', (step, found) => {
    expect(ids(`things | ${step}`)).toBe(found);
  });

  test('count', () => {
    expect(run('things | count').rows).toEqual([{ Count: 3 }]);
  });
});

describe('two tables', () => {
  test('inner join has a row for each pair', () => {
    const { columns, rows } = run('things | project id, size | join kind=inner (owners) on id');
    expect(columns).toEqual(['id', 'size', 'id1', 'owner']);
    expect(rows).toEqual([
      { id: 'a', size: 1, id1: 'a', owner: 'o1' },
      { id: 'a', size: 1, id1: 'a', owner: 'o2' },
    ]);
  });

  test('left outer join keeps rows without a partner', () => {
    expect(
      run('things | project id | join kind=leftouter (owners | where owner == "o1") on id | project id, owner').rows,
    ).toEqual([
      { id: 'a', owner: 'o1' },
      { id: 'b', owner: null },
      { id: 'c', owner: null },
    ]);
  });

  test('union takes tables and pipelines', () => {
    expect(ids("things | where id == 'b' | union (owners | where owner == 'o3'), owners | order by id asc")).toBe(
      'aabzz',
    );
  });
});

describe('a query that can not be read', () => {
  test.each([
    ['things | summarize count()', 'the operator `summarize` is not supported'],
    ['nothing', 'the table `nothing` is not known'],
    ['things | where colour == 1', 'the column `colour` is not known'],
    ['things | where foo(id)', 'the function `foo` is not supported'],
    ['things | where tolower() == 1', '`tolower` takes 1 to 1 arguments, not 0'],
    ["things | where name == 'x", 'the text that begins at 23 has no end'],
    ['things | where (name == 1', 'expected `)` at 25, found the end of the query'],
    ['things where', 'expected `|` or the end at 7, found `where`'],
    [
      'things | join kind=fullouter (owners) on id',
      'joins of kind `fullouter` are not supported: use `inner` or `leftouter`',
    ],
    ['things | join (owners) on id', 'joins of kind `innerunique` are not supported: use `inner` or `leftouter`'],
    ['things | take x', '`take` needs a number'],
    ['things | where name ^ 1', 'unexpected `^` at 20'],
    [
      'things | union owners | union owners | union owners | union owners',
      '4 `union` operators are too many, the limit is 3',
    ],
  ])('%s', (query, message) => {
    expect(() => run(query)).toThrow(message);
  });
});
