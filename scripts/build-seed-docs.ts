/**
 * Writes `docs/seed-facts.md` from `test/seeds/seed-facts.yaml`.
 * `node scripts/build-seed-docs.ts` writes; `--check` only compares and fails on a difference.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readSeedFacts } from '../test/seeds/read-seed-facts.ts';
import { renderSeedDocs } from './seed-docs.ts';

const page = new URL('../docs/seed-facts.md', import.meta.url);
const text = renderSeedDocs(readSeedFacts());
const old = existsSync(page) ? readFileSync(page, 'utf8') : null;
if (text !== old && process.argv.includes('--check')) {
  console.error('docs/seed-facts.md is not what test/seeds/seed-facts.yaml says: run `npm run docs`');
  process.exitCode = 1;
} else if (text !== old) {
  writeFileSync(page, text);
  console.log('wrote docs/seed-facts.md');
}
