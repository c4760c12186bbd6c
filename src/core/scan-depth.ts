import type { YamlToken } from './yaml-tokens.ts';

/** Most levels that lists and maps may lie within each other. */
export const maxDepth = 32;

const blank: ReadonlySet<YamlToken['type']> = new Set(['space', 'newline', 'comment'] as const);

/** The first token at which a text lies deeper than the limit; `null` where it never does. */
export const tooDeepAt = (tokens: Iterable<YamlToken>): YamlToken | null => {
  // Columns of the block levels that are open, doubled; odd for list items, which may stand at their key's own column.
  const open: number[] = [];
  let flow = 0;
  // Column of what leads the line: with a `:` behind it, it is a key, which opens a map.
  let lead = 0;
  const leaveBelow = (level: number): void => {
    while ((open.at(-1) ?? -1) > level) open.pop();
  };
  const enter = (level: number): void => {
    leaveBelow(level);
    if (open.at(-1) !== level) open.push(level);
  };
  for (const token of tokens) {
    const { type, column, isLeading } = token;
    if (isLeading && flow === 0 && !blank.has(type)) {
      lead = column;
      leaveBelow(type === 'seq-item-ind' ? column * 2 + 1 : column * 2);
    }
    if (type === 'flow-map-start' || type === 'flow-seq-start') flow += 1;
    else if (type === 'flow-map-end' || type === 'flow-seq-end') flow = Math.max(0, flow - 1);
    else if (flow === 0 && type === 'seq-item-ind') enter(column * 2 + 1);
    else if (flow === 0 && type === 'explicit-key-ind') enter(column * 2);
    else if (flow === 0 && type === 'map-value-ind') enter(lead * 2);
    if (open.length + flow > maxDepth) return token;
  }
  return null;
};
