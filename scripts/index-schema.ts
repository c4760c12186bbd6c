import type { SchemaIndex } from '../src/core/schema-validator.ts';
import { childSchemas, definitionOf, type JsonSchema, resolveSchema } from './json-schema.ts';

/** First example that fits on a line, as YAML. */
const exampleOf = (schema: JsonSchema): string | null => {
  const example = schema.examples?.[0];
  if (example === undefined || (typeof example === 'object' && !Array.isArray(example))) return null;
  return Array.isArray(example) ? `[${example.join(', ')}]` : String(example);
};

/** The schema with every `$ref` replaced by what it stands for, so that ajv's pointers lead to one place each. */
export const inlineSchema = (root: JsonSchema): JsonSchema => {
  const inline = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inline);
    if (typeof value !== 'object' || value === null) return value;
    const { $defs, examples, ...rest } = resolveSchema(root, value as JsonSchema);
    return Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, inline(part)]));
  };
  return inline(root) as JsonSchema;
};

/** Names of the definitions and keys of the objects in an inlined schema, by ajv's pointers. */
export const indexSchema = (root: JsonSchema): SchemaIndex => {
  const definitions: Record<string, string> = {};
  const keys: Record<string, Record<string, string | null>> = {};
  const visit = (written: JsonSchema, pointer: string): void => {
    const schema = resolveSchema(root, written);
    const definition = definitionOf(written);
    if (definition !== null) definitions[pointer] = definition;
    if (schema.properties !== undefined) {
      keys[definition ?? pointer] = Object.fromEntries(
        Object.entries(schema.properties).map(([key, child]) => [key, exampleOf(resolveSchema(root, child))]),
      );
    }
    for (const [step, child] of childSchemas(schema)) visit(child, `${pointer}/${step}`);
  };
  visit(root, '#');
  return { definitions, keys };
};
