import type { ReviewedPlan } from './gate.ts';
import type { Hash } from './ports.ts';
import { err, ok, type Result } from './result.ts';

/** GitHub counts bytes, of which it takes 65,535 (source: github/docs issue 35252). */
const bytesAtMost = 65_000;
const opening = 'A merge may run these steps and no others.\n\n```text\nbackup-access plan 1';
const closing = '```';
const digestForm = /^sha256:[0-9a-f]{64}$/;
const hashForm = /^[0-9a-f]{64}$/;

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const quote = (id: string): string => JSON.stringify(id).replace(/[\u007f-\uffff]/g, escapeUnit);
const escapeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

const textOf = (digest: string, count: number, lines: readonly string[], hash: Hash): string => {
  const head = [opening, `digest ${digest}`, `steps ${count}`, `list ${hash(lines.join('\n'))}`];
  return [...head, ...lines, closing, ''].join('\n');
};

/**
 * A plan as the check run on a pull request's head holds it: a line for each step, and a hash of these lines, so that a
 * text that was cut is noticed. Where they don't fit none is listed: then only a plan of the same digest may run.
 */
export const reviewedText = ({ digest, steps }: ReviewedPlan, hash: Hash): string => {
  const lines = [...steps].sort(([a], [b]) => byText(a, b)).map(([id, step]) => `${step} ${quote(id)}`);
  const whole = textOf(digest, lines.length, lines, hash);
  // All of it is ASCII: characters are bytes.
  return whole.length <= bytesAtMost ? whole : textOf(digest, lines.length, [], hash);
};

const idIn = (quoted: string): string | null => {
  try {
    const id: unknown = JSON.parse(quoted);
    return typeof id === 'string' && quote(id) === quoted ? id : null;
  } catch {
    return null;
  }
};

const stepsIn = (lines: readonly string[]): Result<ReadonlyMap<string, string>, string> => {
  const steps = new Map<string, string>();
  for (const line of lines) {
    const hash = line.slice(0, 64);
    const id = line[64] === ' ' ? idIn(line.slice(65)) : null;
    if (!hashForm.test(hash) || id === null) return err('a line of it is no step');
    if (steps.has(id)) return err('it lists a step twice');
    steps.set(id, hash);
  }
  return ok(steps);
};

/** What `reviewedText` wrote; the error is a clause that says what is wrong. Empty `steps` where none were listed. */
export const parseReviewedText = (text: string, hash: Hash): Result<ReviewedPlan, string> => {
  if (!text.startsWith(`${opening}\n`)) return err('it does not begin as such a text does');
  const rest = text.slice(opening.length + 1).split('\n');
  const end = rest.indexOf(closing);
  if (end < 0) return err('its end is missing');
  if (rest.slice(end + 1).some((line) => line !== '')) return err('something follows its end');
  const [first = '', second = '', third = '', ...lines] = rest.slice(0, end);
  const [, digest = ''] = /^digest (\S+)$/.exec(first) ?? [];
  const [, count] = /^steps (0|[1-9]\d{0,6})$/.exec(second) ?? [];
  const [, list = ''] = /^list (\S+)$/.exec(third) ?? [];
  if (!digestForm.test(digest)) return err('it holds no digest');
  if (count === undefined || !hashForm.test(list)) return err('it does not say which steps it lists');
  if (hash(lines.join('\n')) !== list) return err('its steps are not those that were written');
  const steps = stepsIn(lines);
  if (!steps.ok) return steps;
  if (lines.length !== 0 && lines.length !== Number(count)) return err('it lists fewer or more steps than it says');
  return ok({ digest, steps: steps.value });
};
