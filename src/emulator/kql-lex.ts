/** A query that the embedded Resource Graph can't read; the message says where. */
export class KqlError extends Error {}

export interface KqlToken {
  readonly kind: 'name' | 'text' | 'number' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const SIGNS = ['==', '!=', '=~', '!~', '<=', '>=', '<', '>', '(', ')', '[', ']', ',', '.', '|', '=', '*'];
const WORD_SIGNS =
  /(!in~|!in|in~|!contains|!startswith|!has|has_any|has|contains|startswith|endswith|in)(?![A-Za-z0-9_])/iy;
const NAME = /[A-Za-z_$][A-Za-z0-9_$-]*/y;
const NUMBER = /\d+(\.\d+)?/y;
const SPACE = /(\s|\/\/[^\n]*)+/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

const matchAt = (expression: RegExp, text: string, at: number): string | null => {
  expression.lastIndex = at;
  return expression.exec(text)?.[0] ?? null;
};

/** Reads a text literal at its opening quote: the value, and where it ends. */
const readText = (query: string, start: number): { readonly value: string; readonly end: number } => {
  const verbatim = query[start] === '@';
  let at = verbatim ? start + 1 : start;
  const quote = query[at];
  at += 1;
  let value = '';
  while (at < query.length && query[at] !== quote) {
    if (query[at] === '\\' && !verbatim) {
      at += 1;
      const mark = query[at] ?? '';
      value += ESCAPES[mark] ?? mark;
    } else value += query[at];
    at += 1;
  }
  if (at >= query.length) throw new KqlError(`the text that begins at ${start} has no end`);
  return { value, end: at + 1 };
};

/** Splits a query into tokens. Throws `KqlError`. */
export const lexKql = (query: string): readonly KqlToken[] => {
  const tokens: KqlToken[] = [];
  let at = 0;
  while (at < query.length) {
    const space = matchAt(SPACE, query, at);
    if (space !== null) {
      at += space.length;
      continue;
    }
    const start = at;
    if (query[at] === "'" || query[at] === '"' || (query[at] === '@' && /['"]/.test(query[at + 1] ?? ''))) {
      const { value, end } = readText(query, at);
      tokens.push({ kind: 'text', text: value, at: start });
      at = end;
      continue;
    }
    const name = matchAt(NAME, query, at);
    const word = matchAt(WORD_SIGNS, query, at);
    const number = matchAt(NUMBER, query, at);
    const sign = SIGNS.find((each) => query.startsWith(each, at));
    if (word !== null && (name === null || word.length >= name.length)) {
      tokens.push({ kind: 'sign', text: word.toLowerCase(), at: start });
      at += word.length;
    } else if (name !== null) {
      tokens.push({ kind: 'name', text: name, at: start });
      at += name.length;
    } else if (number !== null) {
      tokens.push({ kind: 'number', text: number, at: start });
      at += number.length;
    } else if (sign !== undefined) {
      tokens.push({ kind: 'sign', text: sign, at: start });
      at += sign.length;
    } else throw new KqlError(`unexpected \`${query[at]}\` at ${at}`);
  }
  return [...tokens, { kind: 'end', text: '', at: query.length }];
};
