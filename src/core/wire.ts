/** An answer that is not of the documented shape: what it says is unknown. */
export class MalformedAnswer extends Error {}

export type WireObject = Readonly<Record<string, unknown>>;

const show = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value);

/** `value` as an object, or `MalformedAnswer`. */
export const objectOf = (value: unknown, what: string): WireObject => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as WireObject;
  throw new MalformedAnswer(`${what} is ${show(value)} where an object belongs`);
};

export const stringOf = (object: WireObject, field: string): string => {
  const value = object[field];
  if (typeof value === 'string' && value !== '') return value;
  throw new MalformedAnswer(`\`${field}\` is ${show(value)} where a text belongs`);
};

/** A text, or `null` where the API leaves it out. */
export const optionalStringOf = (object: WireObject, field: string): string | null => {
  const value = object[field];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string') return value;
  throw new MalformedAnswer(`\`${field}\` is ${show(value)} where a text belongs`);
};

/** A moment as ISO 8601, or `null` where the API leaves it out. */
export const optionalDateOf = (object: WireObject, field: string): string | null => {
  const text = optionalStringOf(object, field);
  if (text === null || !Number.isNaN(Date.parse(text))) return text;
  throw new MalformedAnswer(`\`${field}\` is a text where a date belongs`);
};

export const booleanOf = (object: WireObject, field: string, absent: boolean): boolean => {
  const value = object[field];
  if (value === undefined || value === null) return absent;
  if (typeof value === 'boolean') return value;
  throw new MalformedAnswer(`\`${field}\` is ${show(value)} where true or false belongs`);
};

/** True, false, or `null` where the API leaves it out. */
export const optionalBooleanOf = (object: WireObject, field: string): boolean | null => {
  const value = object[field];
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value;
  throw new MalformedAnswer(`\`${field}\` is ${show(value)} where true or false belongs`);
};

/** True or false, which has to be there. */
export const requiredBooleanOf = (object: WireObject, field: string): boolean => {
  const value = object[field];
  if (typeof value === 'boolean') return value;
  throw new MalformedAnswer(`\`${field}\` is ${show(value)} where true or false belongs`);
};

/** A list, `[]` where the API leaves it out. */
export const listOf = (object: WireObject, field: string): readonly unknown[] => {
  const value = object[field];
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw new MalformedAnswer(`\`${field}\` is ${show(value)} where a list belongs`);
};

/** A list that was asked for and has to be there. */
export const requiredListOf = (object: WireObject, field: string): readonly unknown[] => {
  const value = object[field];
  if (Array.isArray(value)) return value;
  throw new MalformedAnswer(`\`${field}\` is ${show(value)} where a list belongs`);
};

export const stringsOf = (object: WireObject, field: string): readonly string[] =>
  listOf(object, field).map((value) => {
    if (typeof value === 'string') return value;
    throw new MalformedAnswer(`\`${field}\` holds ${show(value)} where texts belong`);
  });
