import { CST, Lexer } from 'yaml';

/** A token of a YAML text, with its place. */
export interface YamlToken {
  readonly type: CST.TokenType | 'scalar-text' | null;
  readonly text: string;
  readonly offset: number;
  /** From 0. */
  readonly column: number;
  /** Is there nothing before it on its line but blanks, `-`, `?` and `:`? */
  readonly isLeading: boolean;
}

const marks: ReadonlySet<YamlToken['type']> = new Set([
  'space',
  'seq-item-ind',
  'explicit-key-ind',
  'map-value-ind',
] as const);

/** The tokens of a text, one after another and without recursion, so that no nesting exhausts the reader. */
export function* yamlTokens(text: string): Generator<YamlToken> {
  let offset = 0;
  let lineStart = 0;
  let isLeading = true;
  let isScalarNext = false;
  for (const token of new Lexer().lex(text)) {
    const type: YamlToken['type'] = isScalarNext ? 'scalar-text' : CST.tokenType(token);
    isScalarNext = type === 'scalar';
    // The lexer's own control tokens stand for nothing in the text.
    if (type === 'scalar' || type === 'doc-mode' || type === 'flow-error-end') continue;
    yield { type, text: token, offset, column: offset - lineStart, isLeading };
    if (!marks.has(type)) isLeading = false;
    offset += token.length;
    const lastBreak = token.lastIndexOf('\n');
    if (lastBreak === -1) continue;
    lineStart = offset - (token.length - lastBreak - 1);
    isLeading = token.endsWith('\n');
  }
}
