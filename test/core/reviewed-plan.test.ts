import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/adapters/hash.ts';
import { parseReviewedText, reviewedText } from '../../src/core/reviewed-plan.ts';

const digest = `sha256:${'d'.repeat(64)}`;
const steps = new Map([
  ['app-role-assignment/create/b`c\n```', '2'.repeat(64)],
  ['app-role-assignment/create/a', '1'.repeat(64)],
]);
const text = reviewedText({ digest, steps }, sha256);
const parse = (of: string) => parseReviewedText(of, sha256);
const listOf = (lines: readonly string[], count = lines.length, hash = sha256(lines.join('\n'))): string =>
  [
    'A merge may run these steps and no others.\n\n```text\nbackup-access plan 1',
    `digest ${digest}`,
    `steps ${count}`,
    `list ${hash}`,
  ]
    .concat(lines, ['```', ''])
    .join('\n');

describe('a plan in a check run', () => {
  it('is a line for each step, whatever their order', () => {
    expect(text).toBe(
      listOf([
        `${'1'.repeat(64)} "app-role-assignment/create/a"`,
        `${'2'.repeat(64)} "app-role-assignment/create/b\`c\\n\`\`\`"`,
      ]),
    );
    expect(reviewedText({ digest, steps: new Map([...steps].reverse()) }, sha256)).toBe(text);
    expect(parse(text)).toEqual({ ok: true, value: { digest, steps } });
  });

  it('may lose what blank lines follow it', () => {
    expect(parse(text.trimEnd())).toEqual({ ok: true, value: { digest, steps } });
  });

  it('lists no step where they are too many: only its digest counts then', () => {
    const many = new Map(Array.from({ length: 600 }, (_, at) => [`${at}`.padStart(60, 'x'), '1'.repeat(64)]));
    const whole = reviewedText({ digest, steps: many }, sha256);
    expect(whole).toBe(listOf([], 600));
    expect(parse(whole)).toEqual({ ok: true, value: { digest, steps: new Map() } });
  });

  const line = `${'1'.repeat(64)} "a"`;
  it.each<readonly [string, string, string]>([
    ['nothing', '', 'it does not begin as such a text does'],
    ['another text', 'Two steps', 'it does not begin as such a text does'],
    ['something before it', `x\n${text}`, 'it does not begin as such a text does'],
    ['something behind it', `${text}x`, 'something follows its end'],
    ['a lost end', text.slice(0, -5), 'its end is missing'],
    ['a lost line', text.replace(/\n1{64} .*/, ''), 'its steps are not those that were written'],
    ['another digest', text.replace('d'.repeat(64), 'd'.repeat(63)), 'it holds no digest'],
    ['no count', text.replace('steps 2', 'steps two'), 'it does not say which steps it lists'],
    ['no hash of the list', text.replace(/list .*/, 'list'), 'it does not say which steps it lists'],
    ['another count', listOf([line], 2), 'it lists fewer or more steps than it says'],
    ['a step twice', listOf([line, line]), 'it lists a step twice'],
    ['no step', listOf(['x']), 'a line of it is no step'],
    ['an id that is no text', listOf([`${'1'.repeat(64)} 7`]), 'a line of it is no step'],
    ['an id that is written otherwise', listOf([`${'1'.repeat(64)} "\\u0061"`]), 'a line of it is no step'],
  ])('is refused: %s', (_, given, error) => {
    expect(parse(given)).toEqual({ ok: false, error });
  });

  it('comes back as it went, or without steps, within 65,535 bytes', () => {
    const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
    const plans = fc.record({
      digest: hash.map((hex) => `sha256:${hex}`),
      steps: fc
        .array(fc.tuple(fc.string({ unit: 'binary', maxLength: 3000 }), hash), { maxLength: 40 })
        .map((all) => new Map(all)),
    });
    fc.assert(
      fc.property(plans, (plan) => {
        const written = reviewedText(plan, sha256);
        expect(Buffer.byteLength(written)).toBeLessThan(65_535);
        const read = parse(written);
        const isListed = read.ok && read.value.steps.size > 0;
        expect(read).toEqual({ ok: true, value: isListed ? plan : { ...plan, steps: new Map() } });
        // Six characters are the most that one of an id takes.
        const most = [...plan.steps.keys()].reduce((sum, id) => sum + 68 + 6 * id.length, 400);
        if (!isListed && plan.steps.size > 0) expect(most).toBeGreaterThan(65_000);
      }),
    );
  });

  it('is noticed when it is cut or changed anywhere', () => {
    const places = fc.nat({ max: text.trimEnd().length - 1 });
    fc.assert(
      fc.property(places, fc.constantFrom('', 'x', '0'), (place, put) => {
        const bent = text.slice(0, place) + put + text.slice(place + 1);
        const read = parse(bent);
        // The digest stands beside it once more, as the check run's external id.
        const inDigest = read.ok && read.value.digest !== digest && read.value.steps.size === 2;
        expect(bent === text || !read.ok || inDigest).toBe(true);
      }),
    );
  });
});
