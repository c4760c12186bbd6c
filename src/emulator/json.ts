/** A JSON object as an API sends it. */
export type Json = Record<string, unknown>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The text under a key, empty where there is none. */
export const textOf = (object: Json, key: string): string => {
  const value = object[key];
  return typeof value === 'string' ? value : '';
};

/** The list under a key, empty where there is none. */
export const listOf = (object: Json, key: string): readonly unknown[] => {
  const value = object[key];
  return Array.isArray(value) ? value : [];
};

/** The objects in the list under a key. */
export const objectsOf = (object: Json, key: string): readonly Json[] => listOf(object, key).filter(isJson);

/** The texts in the list under a key. */
export const textsOf = (object: Json, key: string): readonly string[] =>
  listOf(object, key).filter((value) => typeof value === 'string');

/** The object under a key, empty where there is none. */
export const objectOf = (object: Json, key: string): Json => {
  const value = object[key];
  return isJson(value) ? value : {};
};

/** Do two ids name the same thing? Microsoft compares them without case. */
export const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Parsed JSON, or `null` where the text is none. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
