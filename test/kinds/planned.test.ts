import { expect, it } from 'vitest';
import { kinds } from '../../src/kinds/index.ts';
import { writerOf } from '../../src/writers/index.ts';

const written = ['app-role-assignment', 'azure-role-assignment', 'delegated-grant', 'key-vault-access'];

it('exactly four kinds are planned: a new one starts with being judged alone', () => {
  const planned = kinds.filter((kind) => kind.planned).map(({ id }) => id);
  expect(planned.toSorted()).toEqual(written);
});

it('exactly those have a writer', () => {
  const withWriter = kinds.filter(({ id }) => writerOf(id) !== null).map(({ id }) => id);
  expect(withWriter.toSorted()).toEqual(written);
});
