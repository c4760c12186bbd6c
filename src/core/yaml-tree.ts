import type { Span } from './source-text.ts';

/** A value of a YAML file with where it stands. Keys are text, each there once. */
export type YamlNode = YamlScalar | YamlList | YamlMap;

interface YamlScalar {
  readonly type: 'scalar';
  readonly value: string | number | boolean | null;
  /** As written, without quotes where it is plain. */
  readonly written: string;
  /** Written without quotes, so that another YAML reader may take it for something else than text. */
  readonly plain: boolean;
  readonly span: Span;
}

interface YamlList {
  readonly type: 'list';
  readonly items: readonly YamlNode[];
  readonly span: Span;
}

interface YamlMap {
  readonly type: 'map';
  readonly entries: ReadonlyMap<string, YamlEntry>;
  readonly span: Span;
}

export interface YamlEntry {
  readonly keySpan: Span;
  readonly value: YamlNode;
}

/** Node at a key of a map; `null` where there is none or `node` isn't a map. */
export const at = (node: YamlNode | null, ...keys: readonly string[]): YamlNode | null =>
  keys.reduce<YamlNode | null>(
    (here, key) => (here?.type === 'map' ? (here.entries.get(key)?.value ?? null) : null),
    node,
  );

/** Items of a list; none where `node` is anything else. */
export const itemsOf = (node: YamlNode | null): readonly YamlNode[] => (node?.type === 'list' ? node.items : []);

/** Entries of a map; none where `node` is anything else. */
export const entriesOf = (node: YamlNode | null): readonly (readonly [string, YamlEntry])[] =>
  node?.type === 'map' ? [...node.entries] : [];

/** Text of a scalar, `null` where `node` is anything else. */
export const textOf = (node: YamlNode | null): string | null =>
  node?.type === 'scalar' && typeof node.value === 'string' ? node.value : null;

/** A node, the key it stands at, and the names on the way to it. */
export interface Located {
  readonly node: YamlNode;
  readonly pointer: string;
  readonly keySpan: Span | null;
  /** Nearest key at or above the node; `null` at the top. */
  readonly key: string | null;
  /** Is it an entry of a list? Then `key` names the list. */
  readonly isItem: boolean;
}

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** Every node by its JSON pointer. */
export const locate = (root: YamlNode): ReadonlyMap<string, Located> => {
  const found = new Map<string, Located>();
  const visit = (node: YamlNode, pointer: string, keySpan: Span | null, key: string | null, isItem: boolean): void => {
    found.set(pointer, { node, pointer, keySpan, key, isItem });
    if (node.type === 'map') {
      for (const [name, entry] of node.entries) {
        visit(entry.value, `${pointer}/${escaped(name)}`, entry.keySpan, name, false);
      }
    }
    if (node.type === 'list') {
      for (const [index, item] of node.items.entries()) visit(item, `${pointer}/${index}`, null, key, true);
    }
  };
  visit(root, '', null, null, false);
  return found;
};

/** The tree as plain values; maps have no prototype, so no key can reach one. */
export const plainValue = (node: YamlNode): unknown => {
  if (node.type === 'scalar') return node.value;
  if (node.type === 'list') return node.items.map(plainValue);
  const value: Record<string, unknown> = Object.create(null);
  for (const [key, entry] of node.entries) value[key] = plainValue(entry.value);
  return value;
};
