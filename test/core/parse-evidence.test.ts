import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseEvidence } from '../../src/core/parse-evidence.ts';

const good = {
  command: 'Get-SPOTenant',
  tenantId: '72f988bf-86f1-41af-91ab-2d7cd011db47',
  collectedAt: '2026-11-20T08:00:00Z',
  result: { LegacyAuthProtocolsEnabled: false },
};
const withPart = (part: object): string => JSON.stringify({ ...good, ...part });

const told = (text: string): readonly string[] => {
  const result = parseEvidence('evidence/a.json', text);
  return result.ok
    ? ['accepted']
    : result.error.map(
        ({ place, code, message, help }) =>
          `${place.line}:${place.column} ${code}: ${message}${help === null ? '' : ` [${help}]`}`,
      );
};

describe('accepted', () => {
  it.each([
    ['an object', JSON.stringify(good)],
    ['indented', JSON.stringify(good, null, 2)],
    ['a byte order mark in front, as PowerShell writes it', `\ufeff${JSON.stringify(good)}`],
    ['an empty list', withPart({ result: [] })],
    ['a list of objects with the same keys', withPart({ result: [{ a: 1 }, { a: 2 }] })],
    ['keys that recur at other levels', withPart({ result: { command: 'x', result: { command: 'y' } } })],
    ['nothing found', withPart({ result: null })],
    ['text', withPart({ result: 'on' })],
    ['parts of a second', withPart({ collectedAt: '2026-11-20T08:00:00.1234567Z' })],
    ['quotes and brackets within text', withPart({ result: { a: '{"b":1,"b":2}', '"': '\\' } })],
    ['the address of its schema', withPart({ $schema: '../schemas/evidence.v1.schema.json' })],
    ['a hundred thousand rows', withPart({ result: Array.from({ length: 100_000 }, (_, id) => ({ id })) })],
  ])('%s', (_, text) => expect(told(text)).toEqual(['accepted']));

  it('the result is handed on as it is', () => {
    expect(parseEvidence('evidence/a.json', JSON.stringify(good))).toEqual({
      ok: true,
      value: { ...good, file: 'evidence/a.json' },
    });
  });

  const folder = new URL('../../../shared/acceptance/', import.meta.url).pathname;
  it.skipIf(!existsSync(folder))('every example beside the repository, absent in a clone of it alone', () => {
    const files = globSync(`${folder}*/evidence/*.json`);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(told(readFileSync(file, 'utf8'))).toEqual(['accepted']);
  });
});

describe('refused', () => {
  it.each([
    ['an empty file', ' ', ['1:1 empty-file: the file is empty [run the command again, or delete the file]']],
    [
      'no JSON',
      '{',
      ["1:1 bad-json: the file can't be read as JSON [write it with `ConvertTo-Json -Depth 20`, as UTF-8]"],
    ],
    [
      'a list',
      '[]',
      ['1:1 not-a-map: the file is no JSON object [it has `command`, `tenantId`, `collectedAt` and `result`]'],
    ],
    [
      'no result',
      JSON.stringify({ ...good, result: undefined }),
      ['1:1 missing-key: `result` is missing at the top level [add `result:`]'],
    ],
    [
      'a command with its parameters',
      withPart({ command: 'Get-User -All' }),
      [
        '1:2 bad-format: `Get-User -All` is not the name of a command, which `command` takes [write it without parameters, as `Get-SPOTenant`]',
      ],
    ],
    [
      'a tenant by name',
      withPart({ tenantId: 'contoso' }),
      [
        '1:28 not-a-guid: `contoso` is not a GUID, which `tenantId` takes [copy the id from the Microsoft Entra admin center: a name never stands for an identity]',
      ],
    ],
    [
      'a day without its time',
      withPart({ collectedAt: '2026-11-20' }),
      [
        '1:78 bad-date: `2026-11-20` is not a moment in UTC, which `collectedAt` takes [write it as `2026-11-20T08:00:00Z`]',
      ],
    ],
    [
      'a time of another zone',
      withPart({ collectedAt: '2026-11-20T08:00:00+01:00' }),
      [
        '1:78 bad-date: `2026-11-20T08:00:00+01:00` is not a moment in UTC, which `collectedAt` takes [write it as `2026-11-20T08:00:00Z`]',
      ],
    ],
    [
      'an unknown key',
      withPart({ resluts: 1 }),
      ['1:161 unknown-key: unknown key `resluts` at the top level [did you mean `result`?]'],
    ],
    [
      'a key twice',
      JSON.stringify(good).replace('{"command"', '{"command":"Get-X","command"'),
      [
        '1:20 duplicate-key: the key `command` is there twice in one object [one of the two would be lost: run the command again]',
      ],
    ],
    [
      'a key twice, once escaped',
      '{"a":1,"\\u0061":2}'.replace('{', `${JSON.stringify(good).slice(0, -2)},"b":{`).concat('}}'),
      [
        '1:171 duplicate-key: the key `a` is there twice in one object [one of the two would be lost: run the command again]',
      ],
    ],
  ])('%s', (_, text, says) => expect(told(text)).toEqual(says));
});
