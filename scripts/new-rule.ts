/**
 * `npm run new:rule <id>`: writes the rule, its page, its test and its line in `src/rules/index.ts`, and refuses if any
 * of them exists. What it writes compiles and fails its own test until the rule says something.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { pageOf, ruleOf, testOf, withRule } from './new-rule-files.ts';
import { renderRuleIndex } from './rule-docs.ts';

const root = new URL('../', import.meta.url);
const [id] = process.argv.slice(2);

const refuse = (message: string): never => {
  console.error(message);
  process.exit(2);
};

if (id === undefined || !/^[a-z]+(-[a-z0-9]+)+$/.test(id))
  refuse('usage: npm run new:rule <id>, the fault as a noun phrase in kebab-case: `scope-too-wide`');
const name = id ?? '';

const files: Readonly<Record<string, string>> = {
  [`src/rules/${name}.ts`]: ruleOf(name),
  [`docs/rules/${name}.md`]: pageOf(name),
  [`test/rules/${name}.test.ts`]: testOf(name),
};
for (const path of Object.keys(files)) if (existsSync(new URL(path, root))) refuse(`${path} exists already`);

const indexPath = new URL('src/rules/index.ts', root);
const index = readFileSync(indexPath, 'utf8');
if (index.includes(`./${name}.ts`)) refuse(`src/rules/index.ts names ${name} already`);
const retired = new URL('docs/rules/retired.md', root);
if (existsSync(retired) && readFileSync(retired, 'utf8').includes(`\`${name}\``))
  refuse(`${name} was a rule once: an id never changes its meaning, take another`);

for (const [path, text] of Object.entries(files)) writeFileSync(new URL(path, root), text);
writeFileSync(indexPath, withRule(index, name));
const { rules } = await import('../src/rules/index.ts');
writeFileSync(new URL('docs/rules/index.md', root), renderRuleIndex(rules));
console.log(`wrote ${[...Object.keys(files), 'src/rules/index.ts', 'docs/rules/index.md'].join('\n      ')}`);
