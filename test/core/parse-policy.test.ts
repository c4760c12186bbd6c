import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { parsePolicy } from '../../src/core/parse-policy.ts';
import { brokenAccess } from './broken/access.ts';
import { brokenIdentities } from './broken/identities.ts';
import { brokenKeys } from './broken/keys.ts';
import type { BrokenCase } from './broken/sample-policy.ts';
import { brokenScopes } from './broken/scopes.ts';
import { brokenText } from './broken/text.ts';
import { brokenValues } from './broken/values.ts';
import { brokenYaml } from './broken/yaml.ts';

const context = {
  asOf: new Date('2026-11-22T00:00:00Z'),
  ruleIds: ['expired-exception', 'standing-restore-access', 'unused-exception'],
  productIds: ['azure-backup', 'catalogic-vplus', 'hubstor', 'ninjaone'],
};

const told = ({ place, code, message, help }: Diagnostic): string =>
  `${place.line}:${place.column} ${code}: ${message}${help === null ? '' : ` [${help}]`}`;

const tables: Readonly<Record<string, Readonly<Record<string, BrokenCase>>>> = {
  text: brokenText,
  yaml: brokenYaml,
  keys: brokenKeys,
  values: brokenValues,
  access: brokenAccess,
  scopes: brokenScopes,
  identities: brokenIdentities,
};

describe.each(Object.entries(tables))('broken policies: %s', (_, table) => {
  it.each(Object.entries(table))('%s', (_, { text, says }) => {
    const result = parsePolicy('policies/a.yaml', text, context);
    expect(result.ok ? ['accepted'] : result.error.map(told)).toEqual(says);
  });

  it.each(Object.entries(table))('%s, with Windows line ends, is told at the same places', (_, { text, says }) => {
    const result = parsePolicy('policies/a.yaml', text.replaceAll('\n', '\r\n'), context);
    const places = (lines: readonly string[]): readonly string[] => lines.map((line) => line.split(':', 2).join(':'));
    if (says.some((line) => line.includes('file-too-large'))) return expect(result.ok).toBe(false);
    expect(places(result.ok ? ['accepted'] : result.error.map(told))).toEqual(places(says));
  });

  it.each(Object.entries(table))('%s, is told in one inert line with its source', (_, { text }) => {
    const result = parsePolicy('policies/a.yaml', text, context);
    const lines = text.replace(/^\ufeff/, '').split('\n');
    for (const { place, message, help, source } of result.ok ? [] : result.error) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be in a message
      expect(`${message}${help}`).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/);
      expect(message).not.toMatch(/must NOT|must be|schema|#\/|\.$/);
      expect(source).toBe(lines[place.line - 1]);
      expect(place.file).toBe('policies/a.yaml');
      expect(place.endLine > place.line || place.endColumn > place.column).toBe(true);
    }
  });
});

it('has tables long enough to be trusted', () => {
  expect(Object.values(tables).flatMap((table) => Object.keys(table)).length).toBeGreaterThan(150);
});
