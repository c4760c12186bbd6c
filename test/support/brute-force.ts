import type { RolePermissions } from '../../src/core/fact.ts';
import type { Plane } from '../../src/knowledge/plane.ts';

const compiled = new Map<string, RegExp>();

/** A pattern as a regular expression: the evaluator shares no line with the code that it is held against. */
const expressionOf = (pattern: string): RegExp => {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const spelled = pattern.split('*').map((part) => part.replaceAll(/[^a-z0-9ø/]/gi, '\\$&'));
  const made = new RegExp(`^${spelled.join('[^]*')}$`, 'i');
  compiled.set(pattern, made);
  return made;
};

export const matches = (patterns: readonly string[], action: string): boolean =>
  patterns.some((pattern) => expressionOf(pattern).test(action));

/** Do these blocks allow the action? As Azure words it: in some block granted, and not taken away in the same. */
export const permits = (blocks: readonly RolePermissions[], action: string, plane: Plane): boolean =>
  blocks.some((block) =>
    plane === 'control'
      ? matches(block.actions, action) && !matches(block.notActions, action)
      : matches(block.dataActions, action) && !matches(block.notDataActions, action),
  );

const letters = ['a', 'b', '/', 'z'];

const textsOf = (length: number): string[] =>
  length === 0 ? [''] : textsOf(length - 1).flatMap((text) => letters.map((letter) => text + letter));

/** Every text of up to five letters from an alphabet of four: patterns spell three of them, the fourth stands for all others. */
export const universe: readonly string[] = [0, 1, 2, 3, 4, 5].flatMap(textsOf);

const matched = new Map<string, Uint8Array>();

/** Which texts of the universe a pattern matches, one flag each. */
const flagsOf = (pattern: string): Uint8Array => {
  const known = matched.get(pattern);
  if (known !== undefined) return known;
  const made = Uint8Array.from(universe, (text) => Number(expressionOf(pattern).test(text)));
  matched.set(pattern, made);
  return made;
};

const union = (patterns: readonly string[]): Uint8Array => {
  const all = new Uint8Array(universe.length);
  for (const pattern of patterns) for (const [at, flag] of flagsOf(pattern).entries()) if (flag === 1) all[at] = 1;
  return all;
};

/** Which texts of the universe these blocks allow, one flag each. */
export const permittedTexts = (blocks: readonly RolePermissions[], plane: Plane): Uint8Array => {
  const all = new Uint8Array(universe.length);
  for (const block of blocks) {
    const [grants, denies] =
      plane === 'control' ? [block.actions, block.notActions] : [block.dataActions, block.notDataActions];
    const [granted, denied] = [union(grants), union(denies)];
    for (let at = 0; at < all.length; at++) if (granted[at] === 1 && denied[at] === 0) all[at] = 1;
  }
  return all;
};
