/** A key that stands twice in one object of a JSON text. */
export interface DuplicateJsonKey {
  readonly key: string;
  /** Offset of the second one. */
  readonly offset: number;
}

const endOfString = (text: string, start: number): number => {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
};

/** Keys that stand twice in a text that `JSON.parse` has accepted: it keeps the last and says nothing. No recursion. */
export const duplicateJsonKeys = (text: string): readonly DuplicateJsonKey[] => {
  const found: DuplicateJsonKey[] = [];
  // One entry per open bracket: the keys of an object so far, `null` for a list.
  const open: (Set<string> | null)[] = [];
  let expectsKey = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      const keys = open.at(-1);
      if (expectsKey && keys) {
        const key = String(JSON.parse(text.slice(at, end)));
        if (keys.has(key)) found.push({ key, offset: at });
        keys.add(key);
      }
      expectsKey = false;
      at = end - 1;
    } else if (character === '{') {
      open.push(new Set());
      expectsKey = true;
    } else if (character === '[') {
      open.push(null);
      expectsKey = false;
    } else if (character === '}' || character === ']') {
      open.pop();
      expectsKey = false;
    } else if (character === ',') {
      expectsKey = open.at(-1) !== null;
    }
  }
  return found;
};
