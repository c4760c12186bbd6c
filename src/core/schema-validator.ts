/** One complaint of a compiled JSON Schema, in ajv's words. */
export interface SchemaError {
  readonly keyword: string;
  /** JSON pointer of the value complained of. */
  readonly instancePath: string;
  /** JSON pointer of the keyword that complains, as `#/$defs/guid/pattern`. */
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A compiled JSON Schema: says yes or no, and leaves every complaint in `errors`. */
export interface SchemaValidator {
  (value: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

/** What ajv's pointers stand for. */
export interface SchemaIndex {
  /** Names of definitions, as `guid`, by the pointer of the schema that refers to one. */
  readonly definitions: Readonly<Record<string, string>>;
  /** Keys that an object takes, with an example of each on one line, by definition or, where it has none, by pointer. */
  readonly keys: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
}

/** Name of the schema in which a keyword stands: its definition, or the last step of its pointer. */
export const schemaName = (index: SchemaIndex, keywordPath: string): string => {
  const pointer = keywordPath.slice(0, keywordPath.lastIndexOf('/'));
  return index.definitions[pointer] ?? pointer.slice(pointer.lastIndexOf('/') + 1);
};

/** Keys of the object in whose schema a keyword stands. */
export const keysAt = (index: SchemaIndex, keywordPath: string): Readonly<Record<string, string | null>> => {
  const pointer = keywordPath.slice(0, keywordPath.lastIndexOf('/'));
  return index.keys[index.definitions[pointer] ?? pointer] ?? {};
};
