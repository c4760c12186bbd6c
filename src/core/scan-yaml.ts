import { type Fault, type FaultWords, shown } from './fault.ts';
import { maxDepth, tooDeepAt } from './scan-depth.ts';
import { type YamlToken, yamlTokens } from './yaml-tokens.ts';

const refusals: Readonly<Record<string, readonly [code: string, what: string, help: string]>> = {
  alias: ['alias-refused', 'alias', 'write the value out here'],
  anchor: ['anchor-refused', 'anchor', 'drop it, and write the value out wherever it is needed'],
  tag: ['tag-refused', 'tag', 'drop it; put quotes around what has to be text'],
  'directive-line': ['directive-refused', 'directive', 'drop the line: policies are YAML 1.2 without directives'],
};

const secondDocument: FaultWords = {
  code: 'several-documents',
  message: 'a second document begins here',
  help: 'one file holds one policy',
};

const tooDeep: FaultWords = {
  code: 'too-deep',
  message: `lists and maps lie more than ${maxDepth} levels deep`,
  help: 'policies need fewer than 10',
};

const at = ({ offset, text }: YamlToken, words: FaultWords): Fault => ({
  ...words,
  span: { start: offset, end: offset + Math.max(1, text.trimEnd().length) },
  subject: null,
});

const isContent = ({ type }: YamlToken): boolean =>
  type !== 'newline' && type !== 'space' && type !== 'comment' && type !== 'directive-line';

/**
 * Looks through the tokens of a YAML text for what policies may not use, and for nesting that would exhaust the
 * parser. Composing is safe only where this finds nothing.
 */
export const scanYaml = (text: string): readonly Fault[] => {
  const faults: Fault[] = [];
  let hasContent = false;
  for (const token of yamlTokens(text)) {
    const refusal = refusals[token.type ?? ''];
    if (refusal !== undefined) {
      const [code, what, help] = refusal;
      faults.push(at(token, { code, message: `${what} ${shown(token.text.trimEnd())} is refused`, help }));
    }
    if (token.type === 'doc-start' && hasContent) faults.push(at(token, secondDocument));
    hasContent = hasContent || isContent(token);
  }
  const deep = tooDeepAt(yamlTokens(text));
  return deep === null ? faults : [...faults, at(deep, tooDeep)];
};
