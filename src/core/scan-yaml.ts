import { CST, Lexer } from 'yaml';
import type { Fault } from './fault.ts';
import { shown } from './fault.ts';

/** Most levels that lists and maps may lie within each other. */
export const maxDepth = 32;

const refusals: Readonly<Record<string, readonly [code: string, what: string, help: string]>> = {
  alias: ['alias-refused', 'alias', 'write the value out here'],
  anchor: ['anchor-refused', 'anchor', 'drop it, and write the value out wherever it is needed'],
  tag: ['tag-refused', 'tag', 'drop it; put quotes around what has to be text'],
  'directive-line': ['directive-refused', 'directive', 'drop the line: policies are YAML 1.2 without directives'],
};

/**
 * Reads the tokens of a YAML text, without recursion: what policies may not use, and nesting that would exhaust the
 * parser. Composing is safe only where this finds nothing.
 */
export const scanYaml = (text: string): readonly Fault[] => {
  const faults: Fault[] = [];
  const fault = (code: string, message: string, help: string, start: number, length: number): void => {
    faults.push({ code, message, help, span: { start, end: start + Math.max(1, length) }, subject: null });
  };
  // Columns of the block levels that are open, doubled; odd for list items, which may stand at their key's own column.
  const open: number[] = [];
  let flow = 0;
  let offset = 0;
  let lineStart = 0;
  let leading = true;
  let scalarFollows = false;
  let documents = 0;
  let content = false;
  let tooDeep = false;

  const enter = (level: number): void => {
    while ((open.at(-1) ?? -1) > level) open.pop();
    if (open.at(-1) !== level) open.push(level);
  };

  for (const token of new Lexer().lex(text)) {
    const type: CST.TokenType | 'scalar-text' | null = scalarFollows ? 'scalar-text' : CST.tokenType(token);
    scalarFollows = type === 'scalar';
    const isControl = type === 'scalar' || type === 'doc-mode' || type === 'flow-error-end';
    const column = offset - lineStart;
    const refusal = type === null ? undefined : refusals[type];
    if (refusal !== undefined) {
      const [code, what, help] = refusal;
      fault(code, `${what} ${shown(token.trimEnd())} is refused`, help, offset, token.trimEnd().length);
    }
    if (type === 'doc-start') {
      documents += 1;
      if (documents > 1 || content) {
        fault('several-documents', 'a second document begins here', 'one file holds one policy', offset, token.length);
      }
    } else if (type === 'flow-map-start' || type === 'flow-seq-start') {
      if (leading && flow === 0) enter(column * 2);
      flow += 1;
    } else if (type === 'flow-map-end' || type === 'flow-seq-end') {
      flow = Math.max(0, flow - 1);
    } else if (leading && flow === 0) {
      if (type === 'seq-item-ind') enter(column * 2 + 1);
      else if (type !== 'space' && type !== 'newline' && type !== 'comment' && !isControl) enter(column * 2);
    }
    if (open.length + flow > maxDepth && !tooDeep) {
      tooDeep = true;
      fault(
        'too-deep',
        `lists and maps lie more than ${maxDepth} levels deep`,
        'policies need fewer than 10',
        offset,
        1,
      );
    }
    if (type === 'newline') leading = true;
    else if (!['space', 'seq-item-ind', 'explicit-key-ind', 'map-value-ind'].includes(type ?? '') && !isControl) {
      leading = false;
    }
    if (type !== 'newline' && type !== 'space' && type !== 'comment' && type !== 'directive-line' && !isControl) {
      content = content || type !== 'doc-start';
    }
    if (!isControl) {
      offset += token.length;
      const lastBreak = token.lastIndexOf('\n');
      if (lastBreak !== -1) {
        lineStart = offset - (token.length - lastBreak - 1);
        leading = true;
      }
    }
  }
  return faults;
};
