import { isJson } from './json.ts';
import { KqlError } from './kql-lex.ts';
import type { KqlExpression } from './kql-parse.ts';

export type KqlRow = Readonly<Record<string, unknown>>;

export const truth = (value: unknown): boolean => value === true;

const text = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const isEmpty = (value: unknown): boolean => text(value) === '';

/** Functions by name, with how many arguments they take. */
const FUNCTIONS: Readonly<
  Record<string, readonly [least: number, most: number, run: (args: readonly unknown[]) => unknown]>
> = {
  tolower: [1, 1, ([value]) => text(value).toLowerCase()],
  toupper: [1, 1, ([value]) => text(value).toUpperCase()],
  tostring: [1, 1, ([value]) => text(value)],
  tobool: [1, 1, ([value]) => (isEmpty(value) ? null : text(value).toLowerCase() === 'true')],
  toint: [1, 1, ([value]) => (isEmpty(value) ? null : Number(value))],
  split: [
    2,
    3,
    ([value, mark, index]) => {
      const parts = text(value).split(text(mark));
      return typeof index === 'number' ? parts.slice(index, index + 1) : parts;
    },
  ],
  isempty: [1, 1, ([value]) => isEmpty(value)],
  isnotempty: [1, 1, ([value]) => !isEmpty(value)],
  isnull: [1, 1, ([value]) => value === null || value === undefined],
  isnotnull: [1, 1, ([value]) => value !== null && value !== undefined],
  array_length: [1, 1, ([value]) => (Array.isArray(value) ? value.length : null)],
  strcat: [1, 64, (values) => values.map(text).join('')],
  strlen: [1, 1, ([value]) => text(value).length],
  not: [1, 1, ([value]) => (typeof value === 'boolean' ? !value : null)],
  coalesce: [1, 64, (values) => values.find((value) => !isEmpty(value)) ?? null],
  iff: [3, 3, ([condition, yes, no]) => (truth(condition) ? yes : no)],
};

const words = (value: string): readonly string[] => value.toLowerCase().split(/[^a-z0-9]+/);

const hasTerm = (whole: string, term: string): boolean => {
  const wanted = term.toLowerCase();
  const at = whole.toLowerCase();
  return (
    words(at).includes(wanted) ||
    new RegExp(`(^|[^a-z0-9])${wanted.replaceAll(/[.\\^$*+?()[\]{}|]/g, '\\$&')}($|[^a-z0-9])`).test(at)
  );
};

const ordered = (by: string, a: unknown, b: unknown): boolean => {
  if (a === null || a === undefined || b === null || b === undefined) return false;
  const both = typeof a === 'number' && typeof b === 'number';
  const order = both ? a - b : text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0;
  if (by === '<') return order < 0;
  if (by === '>') return order > 0;
  return by === '<=' ? order <= 0 : order >= 0;
};

const compare = (by: string, a: unknown, b: unknown): boolean => {
  const left = text(a).toLowerCase();
  const right = text(b).toLowerCase();
  switch (by) {
    case '==':
      return typeof a === 'object' || typeof b === 'object' ? text(a) === text(b) : a === b;
    case '!=':
      return !compare('==', a, b);
    case '=~':
      return left === right;
    case '!~':
      return left !== right;
    case 'contains':
      return left.includes(right);
    case '!contains':
      return !left.includes(right);
    case 'startswith':
      return left.startsWith(right);
    case '!startswith':
      return !left.startsWith(right);
    case 'endswith':
      return left.endsWith(right);
    case 'has':
      return hasTerm(left, right);
    case '!has':
      return !hasTerm(left, right);
    default:
      return ordered(by, a, b);
  }
};

type InExpression = Extract<KqlExpression, { op: 'in' }>;

/** Texts of a list that is asked of every row of a table: looked up, not walked through. `null`: it isn't texts alone. */
const textSets = new WeakMap<readonly KqlExpression[], ReadonlySet<string> | null>();

const textSetOf = (list: readonly KqlExpression[]): ReadonlySet<string> | null => {
  const known = textSets.get(list);
  if (known !== undefined) return known;
  const texts = list.flatMap((item) => (item.op === 'literal' && typeof item.value === 'string' ? [item.value] : []));
  const set = texts.length === list.length ? new Set(texts.map((one) => one.toLowerCase())) : null;
  textSets.set(list, set);
  return set;
};

const isIn = ({ by, list }: InExpression, value: unknown, row: KqlRow): boolean => {
  const set = by.endsWith('~') ? textSetOf(list) : null;
  if (set !== null) return set.has(text(value).toLowerCase());
  return list.some((item) => compare(by.endsWith('~') ? '=~' : '==', value, evaluate(item, row)));
};

/** The value of an expression on a row. */
export const evaluate = (expression: KqlExpression, row: KqlRow): unknown => {
  switch (expression.op) {
    case 'literal':
      return expression.value;
    case 'column':
      return row[expression.name] ?? null;
    case 'member': {
      const of = evaluate(expression.of, row);
      const key = evaluate(expression.key, row);
      if (Array.isArray(of) && typeof key === 'number') return of.at(key) ?? null;
      return isJson(of) && typeof key === 'string' && Object.hasOwn(of, key) ? of[key] : null;
    }
    case 'call': {
      const known = FUNCTIONS[expression.name];
      if (known === undefined) throw new KqlError(`the function \`${expression.name}\` is not supported`);
      const [least, most, run] = known;
      const count = expression.args.length;
      if (count < least || count > most)
        throw new KqlError(`\`${expression.name}\` takes ${least} to ${most} arguments, not ${count}`);
      return run(expression.args.map((arg) => evaluate(arg, row)));
    }
    case 'and':
      return truth(evaluate(expression.left, row)) && truth(evaluate(expression.right, row));
    case 'or':
      return truth(evaluate(expression.left, row)) || truth(evaluate(expression.right, row));
    case 'compare':
      return compare(expression.by, evaluate(expression.left, row), evaluate(expression.right, row));
    case 'in': {
      const value = evaluate(expression.left, row);
      const found = isIn(expression, value, row);
      return expression.by.startsWith('!') ? !found : found;
    }
  }
};
