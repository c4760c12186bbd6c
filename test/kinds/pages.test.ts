import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderKindIndex } from '../../scripts/kind-docs.ts';
import { kinds } from '../../src/kinds/index.ts';

const folder = new URL('../../docs/kinds/', import.meta.url);
const pageOf = (id: string): string => readFileSync(new URL(`${id}.md`, folder), 'utf8');

/** Graph permissions in the text that says what a kind needs. */
const permissionsIn = (needs: string): readonly string[] => needs.match(/\b[A-Z][A-Za-z]+(\.[A-Z][A-Za-z]+)+\b/g) ?? [];

describe.each(kinds.map(({ id, needs, optional }) => ({ id, needs, optional })))('$id', ({ id, needs, optional }) => {
  it('has a page', () => {
    expect(existsSync(new URL(`${id}.md`, folder))).toBe(true);
  });

  it('says there what reading it takes', () => {
    for (const permission of [...permissionsIn(needs), ...(optional === undefined ? [] : [optional])])
      expect(pageOf(id)).toContain(permission);
  });

  it('says there what it costs in requests, and what can not be seen', () => {
    expect(pageOf(id)).toMatch(/request/i);
    expect(pageOf(id)).toMatch(/\b(not|never|nothing)\b/i);
  });
});

it('no page speaks of a kind that is not there', () => {
  const pages = readdirSync(folder).flatMap((name) =>
    name.endsWith('.md') && name !== 'index.md' ? [name.slice(0, -3)] : [],
  );
  expect(pages.toSorted()).toEqual(kinds.map(({ id }) => id as string).toSorted());
});

it('the list of kinds is up to date', () => {
  expect(readFileSync(new URL('index.md', folder), 'utf8')).toBe(renderKindIndex(kinds));
});
