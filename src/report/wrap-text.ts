import { breakCommands } from './inert.ts';

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;
const ascii = /^[ -~]*$/;

/** How many columns of a terminal a line without controls takes. */
export const columnsOf = (text: string): number => {
  if (ascii.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += /\p{M}/u.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return columns;
};

/** Keeps the end of a path, by whole segments: `…/resourceGroups/rg-erp-prod`. */
const shortenPath = (path: string, width: number): string => {
  const segments = path.split('/');
  const start = path.startsWith('`') ? '`…/' : '…/';
  let kept = segments.at(-1) ?? '';
  for (const segment of segments.slice(1, -1).reverse()) {
    if (columnsOf(`${start}${segment}/${kept}`) > width) break;
    kept = `${segment}/${kept}`;
  }
  return `${start}${kept}`;
};

/** Breaks what has neither a space nor a short enough end, so that no line is ever too long. */
const breakWord = (word: string, width: number): readonly string[] => {
  if (columnsOf(word) <= width) return [word];
  const short = /^`?\//.test(word) ? shortenPath(word, width) : word;
  if (columnsOf(short) <= width) return [short];
  const lines: string[] = [];
  let line = '';
  for (const character of short) {
    if (columnsOf(line + character) > width) {
      const end = line.lastIndexOf('/') + 1 || line.length;
      lines.push(line.slice(0, end));
      line = line.slice(end);
    }
    line += character;
  }
  return [...lines, line];
};

/** Wraps at spaces to `width` columns, the first line behind `first`, the others behind `rest`; no line is a command. */
export const wrapText = (
  text: string,
  width: number,
  first = '',
  rest = ' '.repeat(columnsOf(first)),
): readonly string[] => {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  const end = (): void => {
    lines.push(line.trimEnd());
    line = rest;
    empty = true;
  };
  for (const word of breakCommands(text)
    .split(' ')
    .filter((part) => part !== '')) {
    for (const part of breakWord(word, width - columnsOf(rest))) {
      if (!empty && columnsOf(line) + 1 + columnsOf(part) > width) end();
      else if (empty && line !== rest && columnsOf(line + part) > width) end();
      line += empty ? part : ` ${part}`;
      empty = false;
    }
  }
  return [...lines, line.trimEnd()];
};
