/** A JSON Schema, as far as these scripts look into it. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly $ref?: string;
}

/** Name of the definition that a schema refers to; `null` where it refers to none. */
export const definitionOf = (schema: JsonSchema): string | null => schema.$ref?.replace('#/$defs/', '') ?? null;

/** The schema that a `$ref` stands for, with what is said beside the `$ref`; any other schema as it is. */
export const resolveSchema = (root: JsonSchema, schema: JsonSchema): JsonSchema => {
  const name = definitionOf(schema);
  if (name === null) return schema;
  const definition = root.$defs?.[name];
  if (definition === undefined) throw new Error(`no definition ${name}`);
  const { $ref, ...beside } = schema;
  return { ...definition, ...beside };
};

const mapsOfSchemas = new Set(['properties']);
const schemas = new Set(['items', 'additionalProperties', 'propertyNames', 'if', 'then', 'else']);

/** The schemas that lie directly within one, with the pointer's steps to each. Branches of `oneOf` hold no names. */
export const childSchemas = (schema: JsonSchema): readonly (readonly [step: string, child: JsonSchema])[] =>
  Object.entries(schema).flatMap(([keyword, value]): (readonly [string, JsonSchema])[] => {
    if (typeof value !== 'object' || value === null) return [];
    if (schemas.has(keyword)) return [[keyword, value as JsonSchema]];
    if (!mapsOfSchemas.has(keyword)) return [];
    return Object.entries(value as Record<string, JsonSchema>).map(([name, child]) => [`${keyword}/${name}`, child]);
  });
