import { evaluate, type KqlRow, truth } from './kql-evaluate.ts';
import { KqlError } from './kql-lex.ts';
import type { KqlExpression, KqlPipeline, KqlStep } from './kql-parse.ts';

/** Rows with the names of their columns. */
export interface KqlTable {
  readonly columns: readonly string[];
  readonly rows: readonly KqlRow[];
}

/** A table by its lower-case name, `null` where there is none. */
export type KqlTables = (name: string) => KqlTable | null;

const MOST_LEGS = 3;

const columnsOf = (expression: KqlExpression): readonly string[] => {
  switch (expression.op) {
    case 'literal':
      return [];
    case 'column':
      return [expression.name];
    case 'member':
      return [...columnsOf(expression.of), ...columnsOf(expression.key)];
    case 'call':
      return expression.args.flatMap(columnsOf);
    case 'in':
      return [...columnsOf(expression.left), ...expression.list.flatMap(columnsOf)];
    default:
      return [...columnsOf(expression.left), ...columnsOf(expression.right)];
  }
};

const check = (table: KqlTable, expressions: readonly KqlExpression[]): void => {
  const unknown = expressions.flatMap(columnsOf).find((name) => !table.columns.includes(name));
  if (unknown !== undefined) throw new KqlError(`the column \`${unknown}\` is not known`);
};

const orderOf = (a: unknown, b: unknown): number => {
  if (a === b) return 0;
  if (a === null || a === undefined) return -1;
  if (b === null || b === undefined) return 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : 1;
};

const union = (tables: readonly KqlTable[]): KqlTable => ({
  columns: [...new Set(tables.flatMap(({ columns }) => columns))],
  rows: tables.flatMap(({ rows }) => rows),
});

const keyOf = (row: KqlRow, on: readonly string[]): string => JSON.stringify(on.map((name) => row[name] ?? null));

const join = (left: KqlTable, right: KqlTable, on: readonly string[], kind: 'inner' | 'leftouter'): KqlTable => {
  for (const side of [left, right])
    check(
      side,
      on.map((name) => ({ op: 'column', name })),
    );
  const index = new Map<string, KqlRow[]>();
  for (const row of right.rows) {
    const key = keyOf(row, on);
    index.set(key, [...(index.get(key) ?? []), row]);
  }
  // A column that both sides have keeps its name on the left; on the right it gets a 1, as Kusto does.
  const renamed = right.columns.map((name) => [name, left.columns.includes(name) ? `${name}1` : name] as const);
  const rows = left.rows.flatMap((row) => {
    const found = index.get(keyOf(row, on)) ?? [];
    const matches: readonly KqlRow[] = found.length === 0 && kind === 'leftouter' ? [{}] : found;
    return matches.map((match) => ({
      ...row,
      ...Object.fromEntries(renamed.map(([name, as]) => [as, match[name] ?? null])),
    }));
  });
  return { columns: [...left.columns, ...renamed.map(([, as]) => as)], rows };
};

const runStep = (table: KqlTable, step: KqlStep, tables: KqlTables): KqlTable => {
  switch (step.op) {
    case 'where':
      check(table, [step.condition]);
      return { ...table, rows: table.rows.filter((row) => truth(evaluate(step.condition, row))) };
    case 'extend':
    case 'project': {
      check(
        table,
        step.columns.map(({ value }) => value),
      );
      const names = step.columns.map(({ name }) => name);
      const add = (row: KqlRow): KqlRow =>
        Object.fromEntries(step.columns.map(({ name, value }) => [name, evaluate(value, row)]));
      if (step.op === 'project') return { columns: names, rows: table.rows.map(add) };
      return {
        columns: [...new Set([...table.columns, ...names])],
        rows: table.rows.map((row) => ({ ...row, ...add(row) })),
      };
    }
    case 'order': {
      check(
        table,
        step.by.map(({ value }) => value),
      );
      const keyed = table.rows.map((row) => ({ row, keys: step.by.map(({ value }) => evaluate(value, row)) }));
      keyed.sort((a, b) => {
        for (const [index, { descending }] of step.by.entries()) {
          const order = orderOf(a.keys[index], b.keys[index]);
          if (order !== 0) return descending ? -order : order;
        }
        return 0;
      });
      return { ...table, rows: keyed.map(({ row }) => row) };
    }
    case 'take':
      return { ...table, rows: table.rows.slice(0, step.count) };
    case 'count':
      return { columns: ['Count'], rows: [{ Count: table.rows.length }] };
    case 'join':
      return join(table, runKql(step.right, tables), step.on, step.kind);
    case 'union':
      return union([table, ...step.with.map((leg) => runKql(leg, tables))]);
  }
};

/** Runs a query. Throws `KqlError` for tables and columns that aren't there. */
export const runKql = (query: KqlPipeline, tables: KqlTables): KqlTable => {
  const table = tables(query.table);
  if (table === null) throw new KqlError(`the table \`${query.table}\` is not known`);
  for (const op of ['join', 'union'] as const) {
    const count = query.steps.filter((step) => step.op === op).length;
    if (count > MOST_LEGS) throw new KqlError(`${count} \`${op}\` operators are too many, the limit is ${MOST_LEGS}`);
  }
  return query.steps.reduce((seen, step) => runStep(seen, step, tables), table);
};
