import { isAlias, isMap, isScalar, isSeq, type ParsedNode, parseDocument, type YAMLMap } from 'yaml';
import { type Fault, shown } from './fault.ts';
import { canonicalKey, faultOfKey, isReadOtherwise } from './key-faults.ts';
import { scanYaml } from './scan-yaml.ts';
import { lineOf, placeOf, type SourceText, type Span } from './source-text.ts';
import { faultsOfText } from './text-faults.ts';
import { faultsOfYamlErrors } from './yaml-faults.ts';
import type { YamlEntry, YamlNode } from './yaml-tree.ts';

/** What a file says, with what is wrong with its keys; or, where it can't be read at all, only what is wrong. */
export interface ReadYaml {
  readonly root: YamlNode | null;
  readonly faults: readonly Fault[];
}

const spanOf = (node: ParsedNode): Span => ({ start: node.range[0], end: Math.max(node.range[1], node.range[0] + 1) });

const keyFault = (source: SourceText, key: unknown, span: Span): Fault | null => {
  const written = source.text.slice(span.start, span.end);
  const text = (code: string, message: string, help: string): Fault => ({ code, message, help, span, subject: null });
  if (!isScalar(key))
    return text('key-not-text', "a map or list can't be a key", 'put quotes around text that begins with a bracket');
  if (typeof key.value !== 'string') {
    if (written.trim() === '' || key.value === null)
      return text('key-not-text', 'a key is missing before the `:`', 'write the key');
    return text('key-not-text', `the key ${shown(written)} is not read as text`, `put it in quotes: \`"${written}"\``);
  }
  if (key.type === 'PLAIN' && isReadOtherwise(key.value)) {
    return text(
      'needs-quotes',
      `the key ${shown(written)} is not text to every YAML reader`,
      `put it in quotes: \`"${written}"\``,
    );
  }
  const words = faultOfKey(key.value);
  return words === null ? null : { ...words, span, subject: key.value };
};

const readMap = (source: SourceText, map: YAMLMap.Parsed, faults: Fault[]): ReadonlyMap<string, YamlEntry> => {
  const entries = new Map<string, YamlEntry>();
  const seen = new Map<string, { readonly key: string; readonly span: Span }>();
  for (const pair of map.items) {
    const keySpan = spanOf(pair.key);
    const fault = keyFault(source, pair.key, keySpan);
    if (fault !== null) {
      faults.push(fault);
      continue;
    }
    const key = String((pair.key as { value?: unknown }).value);
    const twin = seen.get(canonicalKey(key));
    if (twin !== undefined) {
      const line = placeOf(source, twin.span).line;
      faults.push({
        code: 'duplicate-key',
        message:
          twin.key === key
            ? `the key ${shown(key)} is there twice`
            : `the keys ${shown(twin.key)} and ${shown(key)} differ in case only`,
        help: `it is first on line ${line}: keep one of the two`,
        span: keySpan,
        subject: key,
      });
      continue;
    }
    seen.set(canonicalKey(key), { key, span: keySpan });
    entries.set(key, { keySpan, value: readNode(source, pair.value, keySpan, faults) });
  }
  return entries;
};

// Recursion is bounded: `scanYaml` has refused what lies deeper than its limit.
const readNode = (source: SourceText, node: ParsedNode | null, keySpan: Span, faults: Fault[]): YamlNode => {
  if (node === null || isAlias(node)) return { type: 'scalar', value: null, written: '', plain: true, span: keySpan };
  if (isMap(node)) return { type: 'map', entries: readMap(source, node, faults), span: spanOf(node) };
  if (isSeq(node)) {
    const items = node.items.map((item) => readNode(source, item as ParsedNode, spanOf(node), faults));
    return { type: 'list', items, span: spanOf(node) };
  }
  const { value } = node;
  const written = node.source ?? '';
  const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  const span = node.range[1] > node.range[0] ? spanOf(node) : keySpan;
  return { type: 'scalar', value: known, written, plain: node.type === 'PLAIN', span };
};

const compose = (text: string): ReturnType<typeof parseDocument> | null => {
  try {
    // Duplicate keys are found here below, in one pass and in more disguises than the parser knows.
    return parseDocument(text, {
      version: '1.2',
      schema: 'core',
      strict: true,
      merge: false,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
  } catch {
    return null;
  }
};

/** Reads a text as the plain subset of YAML that policies are written in. Never throws. */
export const readYaml = (source: SourceText): ReadYaml => {
  const textFaults = faultsOfText(source);
  if (textFaults.length > 0) return { root: null, faults: textFaults };
  const refused = scanYaml(source.text);
  if (refused.length > 0) return { root: null, faults: refused };
  const document = compose(source.text);
  const top = { start: 0, end: Math.max(1, lineOf(source, 1).length) };
  if (document === null) {
    const message = "the file can't be read as YAML";
    return {
      root: null,
      faults: [{ code: 'bad-yaml', message, help: 'compare it with an example', span: top, subject: null }],
    };
  }
  const complaints = [...document.errors, ...document.warnings];
  if (complaints.length > 0) {
    return { root: null, faults: faultsOfYamlErrors(complaints, source.text) };
  }
  const faults: Fault[] = [];
  const root = readNode(source, document.contents as ParsedNode | null, top, faults);
  return { root, faults };
};
