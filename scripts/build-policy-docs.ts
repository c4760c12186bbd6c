/**
 * Writes the tables of `docs/policy.md` and `docs/products.md` from the schemas; the rest of the pages is written by hand.
 * `node scripts/build-policy-docs.ts` writes; `--check` only compares and fails on a difference.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { JsonSchema } from './json-schema.ts';
import { sectionOf, sectionsOf, tableOf, workloadTable } from './schema-tables.ts';

const schemaOf = (file: string): JsonSchema =>
  JSON.parse(readFileSync(new URL(`../schemas/${file}`, import.meta.url), 'utf8'));

const whole = (schema: JsonSchema): readonly string[] => [
  ...tableOf(schema, schema),
  '',
  ...sectionsOf(schema).flatMap((definition) => sectionOf(schema, definition)),
];

const policy = schemaOf('backup-access-policy.v1.schema.json');
const pages: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'policy.md': {
    policy: whole(policy),
    workloads: workloadTable(policy),
    config: whole(schemaOf('backup-access-config.v1.schema.json')),
    evidence: whole(schemaOf('evidence.v1.schema.json')),
  },
  'products.md': { product: whole(schemaOf('backup-product-profile.v1.schema.json')) },
};

for (const [page, parts] of Object.entries(pages)) {
  const file = new URL(`../docs/${page}`, import.meta.url);
  const old = readFileSync(file, 'utf8');
  let text = old;
  for (const [name, lines] of Object.entries(parts)) {
    const marked = new RegExp(`(<!-- generated: npm run docs: ${name} -->\n)[\\s\\S]*?(<!-- /generated -->)`);
    if (!marked.test(text)) throw new Error(`docs/${page} has no part for ${name} between its markers`);
    text = text.replace(
      marked,
      (_, opening: string, closing: string) => `${opening}\n${lines.join('\n').trim()}\n\n${closing}`,
    );
  }
  if (text !== old && process.argv.includes('--check')) {
    console.error(`docs/${page} is not what the schemas say: run \`npm run docs\``);
    process.exitCode = 1;
  } else if (text !== old) {
    writeFileSync(file, text);
    console.log(`wrote docs/${page}`);
  }
}
