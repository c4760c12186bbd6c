/**
 * Text from tenants and policies is hostile until it has passed through here: it may not steer a terminal, start a
 * workflow command, or make a link, an image, a mention or a tag.
 */

/** Longest text of one field in reports, in UTF-16 units; ids that are paths may be longer. */
const fieldLimit = 600;
const pathLimit = 2048;

/** Controls, format characters (bidi, zero-width, tags), line separators and lone surrogates; fillers that look like nothing. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u17b4\u17b5\u3164\uffa0]|\u034f/gu;

const shown = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** Cuts to `limit` UTF-16 units with `…`, never through a surrogate pair. */
export const clip = (text: string, limit: number): string => {
  if (text.length <= limit) return text;
  const cut = text.slice(0, Math.max(0, limit - 1));
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
};

/**
 * The same text with neither `::` nor `##[` left whole: a runner looks for the one at the start of a line and for the
 * other anywhere in it. Pieces that are inert apart may make one where they meet.
 */
export const breakCommands = (text: string): string => text.replace(/:(?=:)/g, '\\u{3a}').replace(/##\[/g, '##\\u{5b}');

/** One line that no terminal and no runner obeys; what can't be seen is written out: `\u{1b}`. */
export const inertLine = (text: string, limit: number = text.startsWith('/') ? pathLimit : fieldLimit): string =>
  breakCommands(clip(text, limit).replace(/\t/g, ' ').replace(unseen, shown));

/** The same value with none of its texts longer than `limit` UTF-16 units; keys are ours. */
export const clipAll = <T>(value: T, limit: number): T => {
  if (typeof value === 'string') return clip(value, limit) as T;
  if (Array.isArray(value)) return value.map((inner) => clipAll(inner, limit)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clipAll(inner, limit)])) as T;
};

/** The same value with each of its texts made inert; keys are ours. */
export const inertLines = <T>(value: T): T => {
  if (typeof value === 'string') return inertLine(value) as T;
  if (Array.isArray(value)) return value.map(inertLines) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inertLines(inner)])) as T;
};

/** JSON of the same value in which unseen characters are escapes and no `##[` stands for a runner to find. */
export const inertJson = (json: string): string =>
  json
    .replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) =>
      Array.from(
        { length: character.length },
        (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
      ).join(''),
    )
    .replace(/##\[/g, '##\\u005b');

/** A message for a workflow command's data, as the runner decodes it. */
export const escapeCommand = (text: string): string =>
  text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');

/** A value for a workflow command's property. */
export const escapeCommandProperty = (text: string): string =>
  escapeCommand(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
