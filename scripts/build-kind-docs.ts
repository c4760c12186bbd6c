/**
 * Writes `docs/kinds/index.md` from the kinds.
 * `node scripts/build-kind-docs.ts` writes; `--check` only compares and fails on a difference.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { kinds } from '../src/kinds/index.ts';
import { renderKindIndex } from './kind-docs.ts';

const folder = new URL('../docs/kinds/', import.meta.url);
const page = new URL('index.md', folder);
const text = renderKindIndex(kinds);
const old = existsSync(page) ? readFileSync(page, 'utf8') : null;
if (text !== old && process.argv.includes('--check')) {
  console.error('docs/kinds/index.md is not what the kinds say: run `npm run docs`');
  process.exitCode = 1;
} else if (text !== old) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(page, text);
  console.log('wrote docs/kinds/index.md');
}
