/**
 * Writes the heads of `docs/rules/*.md` and the whole of `docs/rules/index.md` from the rules.
 * `node scripts/build-rule-docs.ts` writes; `--check` only compares and fails on a difference.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { rules } from '../src/rules/index.ts';
import { renderRuleIndex, replaceRuleHead } from './rule-docs.ts';

const isCheck = process.argv.includes('--check');
const folder = new URL('../docs/rules/', import.meta.url);

const put = (name: string, text: string, old: string | null): void => {
  if (text === old) return;
  if (isCheck) {
    console.error(`docs/rules/${name} is not what the rules say: run \`npm run docs\``);
    process.exitCode = 1;
    return;
  }
  writeFileSync(new URL(name, folder), text);
  console.log(`wrote docs/rules/${name}`);
};

for (const rule of rules) {
  const page = readFileSync(new URL(`${rule.id}.md`, folder), 'utf8');
  put(`${rule.id}.md`, replaceRuleHead(page, rule), page);
}
const indexFile = new URL('index.md', folder);
put('index.md', renderRuleIndex(rules), existsSync(indexFile) ? readFileSync(indexFile, 'utf8') : null);
