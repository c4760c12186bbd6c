/** Changes (insert, drop, replace, swap of neighbours) that make one text of another; above `limit` just more than it. */
export const editDistance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let twoUp: number[] = [];
  let up = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const here = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min((up[column] ?? 0) + 1, (here[column - 1] ?? 0) + 1, (up[column - 1] ?? 0) + (same ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (twoUp[column - 2] ?? 0) + 1);
      }
      here.push(cost);
    }
    twoUp = up;
    up = here;
  }
  return up[b.length] ?? limit + 1;
};

// People drop, add and mix up separators and case more than letters.
const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
const longestAsked = 100;

/** The known name nearest to what was typed: at most a third of its letters wrong, else `null`. */
export const suggest = (typed: string, known: Iterable<string>): string | null => {
  const wanted = plain(typed.slice(0, longestAsked));
  if (wanted === '') return null;
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const name of known) {
    const distance = editDistance(wanted, plain(name), bestDistance - 1);
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best;
};
