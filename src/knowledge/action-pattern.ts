/**
 * Azure action patterns: `*` stands for any characters, none and `/` included; letters compare without case
 * (source: learn.microsoft.com/azure/role-based-access-control/role-definitions). Texts here are lower case already.
 */

/** Does the pattern match the text? A `*` in the text is absorbed by a `*` only, so a pattern can be given as text. */
export const matchesPattern = (pattern: string, text: string): boolean => {
  let at = 0;
  let textAt = 0;
  let starAt = -1;
  let absorbedTo = 0;
  while (textAt < text.length) {
    if (pattern[at] === '*') {
      starAt = at++;
      absorbedTo = textAt;
    } else if (pattern[at] === text[textAt]) {
      at++;
      textAt++;
    } else if (starAt >= 0) {
      at = starAt + 1;
      textAt = ++absorbedTo;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
};

/**
 * Does `outer` match every text that `inner` matches? Exact: a letter that neither pattern spells can stand in for each
 * `*` of `inner`, and only a `*` of `outer` can absorb it.
 */
export const coversPattern = matchesPattern;

const literalStart = (pattern: string): string => {
  const star = pattern.indexOf('*');
  return star < 0 ? pattern : pattern.slice(0, star);
};

/** Is there a text that both patterns match? */
export const patternsMeet = (a: string, b: string): boolean => {
  const [startA, startB] = [literalStart(a), literalStart(b)];
  if (!startA.startsWith(startB) && !startB.startsWith(startA)) return false;
  if (startA === a) return matchesPattern(b, a);
  if (startB === b) return matchesPattern(a, b);
  // reach[j]: the patterns' starts of length i and j share a text.
  let reach = [true, ...Array.from(b, (_, j) => /^\*+$/.test(b.slice(0, j + 1)))];
  for (const letter of a) {
    const next = [letter === '*' && reach[0] === true];
    for (let j = 1; j <= b.length; j++) {
      const other = b[j - 1];
      const viaStar = (letter === '*' || other === '*') && (reach[j] === true || next[j - 1] === true);
      next.push(viaStar || (letter === other && reach[j - 1] === true));
    }
    reach = next;
  }
  return reach[b.length] === true;
};
