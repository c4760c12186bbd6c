import { inertLine } from './inert.ts';

/** Markdown that is safe to print: made by this module only, so that a forgotten escape doesn't type-check. */
export interface Markdown {
  readonly markdown: string;
}

/** Stops GitHub from reading on: an invisible joiner that leaves the text as it looks. */
const joiner = '\u2060';

const entity = (text: string): string => Array.from(text, (sign) => `&#${sign.codePointAt(0)};`).join('');

/** Would-be mentions, issue references, addresses and emoji, broken because GitHub looks at the rendered text too. */
const broken = (text: string): string =>
  text
    .replace(/[@#]|:(?=\/\/|[\w+-]+:)/g, (sign) => `${sign}${joiner}`)
    .replace(/\b(mailto|xmpp):/gi, `$1:${joiner}`)
    .replace(/www\./gi, (start) => `${start.slice(0, -1)}${joiner}.`)
    .replace(/gh-(?=\d)/gi, (start) => `${start}${joiner}`);

/** As plain words: every sign that Markdown or HTML gives a meaning becomes an entity. */
const plain = (text: string): string =>
  broken(inertLine(text))
    .replace(/^\s+/, ' ')
    .replace(/[&<>*_~`[\]!#|\\$]|(?<=^ ?)[-+=]|(?<=^ ?\d+)[.)]/g, entity);

/** Signs that would end a code span, split a table cell or open a tag. */
const wild = /[`|<>\\]|^\s|\s$|^$/;

/** As code where that can hold it, else as plain words. */
export const code = (text: string): Markdown => {
  const line = inertLine(text);
  return { markdown: wild.test(line) ? plain(text) : `\`${line}\`` };
};

/** A sentence of ours around values in backticks: the values become code, all the rest words. */
export const prose = (text: string): Markdown => ({
  markdown: inertLine(text)
    .split('`')
    .map((part, at, parts) => {
      if (at % 2 === 0) return plain(part);
      return at < parts.length - 1 ? code(part).markdown : plain(`\`${part}`);
    })
    .join(''),
});

/** Markdown written by us; values that aren't `Markdown` already are printed as plain words. */
export const md = (parts: TemplateStringsArray, ...values: readonly (Markdown | string | number)[]): Markdown => ({
  markdown: parts
    .map((part, at) => {
      const value = values[at];
      if (value === undefined) return part;
      return part + (typeof value === 'object' ? value.markdown : plain(String(value)));
    })
    .join(''),
});

/** Several pieces with something of ours between. */
export const join = (pieces: readonly Markdown[], between: string): Markdown => ({
  markdown: pieces.map((piece) => piece.markdown).join(between),
});

/** Addresses that may be linked to: nothing in them ends the link or starts something else. */
const address = /^https?:\/\/[\w.:/~%#?=&+,@-]+$/;

/** A link to an address of ours; the words alone where there is none or it is not plain. */
export const link = (text: Markdown, url: string | null): Markdown =>
  url === null || !address.test(url) ? text : { markdown: `[${text.markdown}](${url})` };
