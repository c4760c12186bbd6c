import type { Span } from './source-text.ts';
import type { YamlEntry, YamlNode } from './yaml-tree.ts';

const first: Span = { start: 0, end: 1 };

/** Where a top-level key stands in a JSON text, as near as a search finds it. */
const keySpan = (text: string, key: string): Span => {
  const quoted = JSON.stringify(key);
  const start = text.indexOf(quoted);
  return start === -1 ? first : { start, end: start + quoted.length };
};

const scalar = (value: unknown, span: Span): YamlNode => {
  const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  return { type: 'scalar', value: known, written: String(value), plain: false, span };
};

/**
 * The top level of a JSON value as a tree with places, so that its schema's complaints get words. What lies deeper is
 * the answer of a command, which no schema knows: a list or map there is shown as an empty one.
 */
export const valueTree = (text: string, value: unknown): YamlNode => {
  if (Array.isArray(value)) return { type: 'list', items: [], span: first };
  if (typeof value !== 'object' || value === null) return scalar(value, first);
  const entries = new Map<string, YamlEntry>();
  for (const [key, part] of Object.entries(value)) {
    const span = keySpan(text, key);
    const isNested = typeof part === 'object' && part !== null;
    const nested: YamlNode = Array.isArray(part)
      ? { type: 'list', items: [], span }
      : { type: 'map', entries: new Map(), span };
    entries.set(key, { keySpan: span, value: isNested ? nested : scalar(part, span) });
  }
  return { type: 'map', entries, span: first };
};
