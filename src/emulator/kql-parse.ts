import { KqlError } from './kql-lex.ts';
import { KqlReader } from './kql-reader.ts';

/** An expression of the small Kusto language that Resource Graph queries are read in. */
export type KqlExpression =
  | { readonly op: 'literal'; readonly value: string | number | boolean | null }
  | { readonly op: 'column'; readonly name: string }
  | { readonly op: 'member'; readonly of: KqlExpression; readonly key: KqlExpression }
  | { readonly op: 'call'; readonly name: string; readonly args: readonly KqlExpression[] }
  | { readonly op: 'and' | 'or'; readonly left: KqlExpression; readonly right: KqlExpression }
  | { readonly op: 'compare'; readonly by: string; readonly left: KqlExpression; readonly right: KqlExpression }
  | { readonly op: 'in'; readonly by: string; readonly left: KqlExpression; readonly list: readonly KqlExpression[] };

interface KqlNamed {
  readonly name: string;
  readonly value: KqlExpression;
}

export type KqlStep =
  | { readonly op: 'where'; readonly condition: KqlExpression }
  | { readonly op: 'extend' | 'project'; readonly columns: readonly KqlNamed[] }
  | { readonly op: 'order'; readonly by: readonly { readonly value: KqlExpression; readonly descending: boolean }[] }
  | { readonly op: 'take'; readonly count: number }
  | { readonly op: 'count' }
  | {
      readonly op: 'join';
      readonly kind: 'inner' | 'leftouter';
      readonly right: KqlPipeline;
      readonly on: readonly string[];
    }
  | { readonly op: 'union'; readonly with: readonly KqlPipeline[] };

export interface KqlPipeline {
  /** Lower-case name of a table. */
  readonly table: string;
  readonly steps: readonly KqlStep[];
}

const COMPARISONS = new Set([
  '==',
  '!=',
  '=~',
  '!~',
  '<',
  '>',
  '<=',
  '>=',
  'contains',
  'startswith',
  'endswith',
  'has',
  '!contains',
  '!startswith',
  '!has',
]);
const LISTS = new Set(['in', 'in~', '!in', '!in~']);

/** The name that Kusto gives a projected expression without one. */
const implicitName = (value: KqlExpression): string => {
  if (value.op === 'column') return value.name;
  if (value.op === 'member' && value.key.op === 'literal') return `${implicitName(value.of)}_${value.key.value}`;
  if (value.op === 'call' && value.args[0] !== undefined) return implicitName(value.args[0]);
  return 'Column1';
};

const listOf = <T>(reader: KqlReader, item: () => T): T[] => {
  const items = [item()];
  while (reader.skip(',')) items.push(item());
  return items;
};

const args = (reader: KqlReader): KqlExpression[] => {
  if (reader.skip(')')) return [];
  const list = listOf(reader, () => either(reader));
  reader.expect(')');
  return list;
};

const primary = (reader: KqlReader): KqlExpression => {
  const token = reader.next;
  if (reader.skip('(')) {
    const inner = either(reader);
    reader.expect(')');
    return inner;
  }
  if (token.kind === 'text') return { op: 'literal', value: reader.take().text };
  if (token.kind === 'number') return { op: 'literal', value: Number(reader.take().text) };
  const name = reader.name();
  if (name === 'true' || name === 'false') return { op: 'literal', value: name === 'true' };
  if (name === 'null') return { op: 'literal', value: null };
  return reader.skip('(') ? { op: 'call', name: name.toLowerCase(), args: args(reader) } : { op: 'column', name };
};

const member = (reader: KqlReader): KqlExpression => {
  let value = primary(reader);
  for (;;) {
    if (reader.skip('.')) value = { op: 'member', of: value, key: { op: 'literal', value: reader.name() } };
    else if (reader.skip('[')) {
      value = { op: 'member', of: value, key: either(reader) };
      reader.expect(']');
    } else return value;
  }
};

const comparison = (reader: KqlReader): KqlExpression => {
  const left = member(reader);
  const by = reader.next.kind === 'sign' ? reader.next.text : '';
  if (COMPARISONS.has(by)) {
    reader.take();
    return { op: 'compare', by, left, right: member(reader) };
  }
  if (LISTS.has(by)) {
    reader.take();
    reader.expect('(');
    return { op: 'in', by, left, list: args(reader) };
  }
  return left;
};

const both = (reader: KqlReader): KqlExpression => {
  let left = comparison(reader);
  while (reader.skip('and')) left = { op: 'and', left, right: comparison(reader) };
  return left;
};

const either = (reader: KqlReader): KqlExpression => {
  let left = both(reader);
  while (reader.skip('or')) left = { op: 'or', left, right: both(reader) };
  return left;
};

const named = (reader: KqlReader): KqlNamed => {
  const value = either(reader);
  if (value.op === 'column' && reader.skip('=')) return { name: value.name, value: either(reader) };
  return { name: implicitName(value), value };
};

const joinStep = (reader: KqlReader): KqlStep => {
  let kind = 'innerunique';
  if (reader.skip('kind')) {
    reader.expect('=');
    kind = reader.name().toLowerCase();
  }
  if (kind !== 'inner' && kind !== 'leftouter')
    throw new KqlError(`joins of kind \`${kind}\` are not supported: use \`inner\` or \`leftouter\``);
  reader.expect('(');
  const right = pipeline(reader);
  reader.expect(')');
  reader.expect('on');
  return { op: 'join', kind, right, on: listOf(reader, () => reader.name()) };
};

const leg = (reader: KqlReader): KqlPipeline => {
  if (!reader.skip('(')) return { table: reader.name().toLowerCase(), steps: [] };
  const inner = pipeline(reader);
  reader.expect(')');
  return inner;
};

const orderStep = (reader: KqlReader): KqlStep => {
  reader.expect('by');
  const by = listOf(reader, () => {
    const value = member(reader);
    const ascending = reader.skip('asc');
    // Kusto sorts from the largest down where nothing is said.
    const descending = !ascending && (reader.skip('desc') || true);
    return { value, descending };
  });
  return { op: 'order', by };
};

const step = (reader: KqlReader): KqlStep => {
  const word = reader.name().toLowerCase();
  switch (word) {
    case 'where':
    case 'filter':
      return { op: 'where', condition: either(reader) };
    case 'extend':
    case 'project':
      return { op: word, columns: listOf(reader, () => named(reader)) };
    case 'order':
    case 'sort':
      return orderStep(reader);
    case 'take':
    case 'limit': {
      const count = reader.take();
      if (count.kind !== 'number') throw new KqlError(`\`${word}\` needs a number`);
      return { op: 'take', count: Number(count.text) };
    }
    case 'count':
      return { op: 'count' };
    case 'join':
      return joinStep(reader);
    case 'union':
      return { op: 'union', with: listOf(reader, () => leg(reader)) };
    default:
      throw new KqlError(`the operator \`${word}\` is not supported`);
  }
};

const pipeline = (reader: KqlReader): KqlPipeline => {
  const table = reader.name().toLowerCase();
  const steps: KqlStep[] = [];
  while (reader.skip('|')) steps.push(step(reader));
  return { table, steps };
};

/** Parses a query. Throws `KqlError` for what it doesn't know. */
export const parseKql = (query: string): KqlPipeline => {
  const reader = new KqlReader(query);
  const parsed = pipeline(reader);
  if (reader.next.kind !== 'end') throw reader.wrong('`|` or the end');
  return parsed;
};
