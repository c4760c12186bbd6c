const shown = 3;

/** `a`, `b` and `c`, each in backticks; of a longer list the first three and how many more. */
export const tellList = (names: readonly string[]): string => {
  const quoted = names.map((name) => `\`${name}\``);
  const [last, ...others] = quoted.length > shown + 1 ? [] : quoted.toReversed();
  if (last === undefined) return `${quoted.slice(0, shown).join(', ')} and ${quoted.length - shown} more`;
  return others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`;
};

/** `is` or `are`, for so many. */
export const isOrAre = (names: readonly string[]): string => (names.length === 1 ? 'is' : 'are');
