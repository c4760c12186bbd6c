import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneModule from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { indexSchema, inlineSchema } from './index-schema.ts';
import type { JsonSchema } from './json-schema.ts';

const root = join(import.meta.dirname, '..');
/** Folder that is written to: the sources' own, or the one that a test compares with it. */
const out = process.argv[2] ?? join(root, 'src/core/generated');

/** The schemas that the program itself judges by; `report.v1` is for readers of reports, and for tests. */
const schemas = [
  { name: 'policy', file: 'backup-access-policy.v1.schema.json' },
  { name: 'config', file: 'backup-access-config.v1.schema.json' },
  { name: 'evidence', file: 'evidence.v1.schema.json' },
  { name: 'product', file: 'backup-product-profile.v1.schema.json' },
  { name: 'plan', file: 'plan.v1.schema.json' },
] as const;

const note = '// Generated from schemas/ by scripts/build-schemas.ts: change the schema and run it again.\n';

// ajv is CommonJS: its default export arrives wrapped or bare, depending on who loads it.
const standaloneCode = ('default' in standaloneModule
  ? standaloneModule.default
  : standaloneModule) as unknown as typeof import('ajv/dist/standalone/index.js').default;

const compile = async (schema: JsonSchema): Promise<string> => {
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    allErrors: true,
    messages: false,
    code: { source: true, esm: true, lines: true },
  });
  ajv.addVocabulary(['enumDescriptions']);
  // A default export stands beside the named one; the project has none.
  const code = standaloneCode(ajv, ajv.compile(inlineSchema(schema))).replace(/export default [^;]*;/, '');
  const bundled = await build({
    stdin: { contents: code, resolveDir: root, sourcefile: 'validator.js' },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
    minifySyntax: true,
    minifyWhitespace: true,
    minifyIdentifiers: true,
    legalComments: 'none',
    write: false,
  });
  const text = bundled.outputFiles[0]?.text;
  if (text === undefined) throw new Error('esbuild wrote nothing');
  return text;
};

mkdirSync(out, { recursive: true });
for (const { name, file } of schemas) {
  const schema = JSON.parse(readFileSync(join(root, 'schemas', file), 'utf8')) as JsonSchema;
  writeFileSync(join(out, `validate-${name}.js`), note + (await compile(schema)));
  writeFileSync(
    join(out, `validate-${name}.d.ts`),
    `${note}import type { SchemaValidator } from '../schema-validator.ts';\nexport declare const validate: SchemaValidator;\n`,
  );
  writeFileSync(
    join(out, `${name}-schema-index.js`),
    `${note}export const ${name}SchemaIndex = ${JSON.stringify(indexSchema(schema), null, 1)};\n`,
  );
  writeFileSync(
    join(out, `${name}-schema-index.d.ts`),
    `${note}import type { SchemaIndex } from '../schema-validator.ts';\nexport declare const ${name}SchemaIndex: SchemaIndex;\n`,
  );
}
