import { describe, expect, it } from 'vitest';
import {
  type CheckOptionName,
  type OutputWord,
  parseCheckOptions,
  parseOutputs,
  UsageError,
} from '../../src/options.ts';

const now = new Date('2026-11-22T08:30:00Z');
const flags = { failOnDrift: false, live: true };
const parse = (given: Partial<Record<CheckOptionName, string>>) =>
  parseCheckOptions((name) => given[name] ?? null, now, flags);

describe('options', () => {
  it('have their defaults', () => {
    expect(parse({})).toEqual({
      policies: 'policies',
      config: null,
      tenant: null,
      cloud: null,
      snapshot: null,
      evidence: null,
      failOn: null,
      asOf: now,
      failOnDrift: false,
      live: true,
    });
  });

  it('given empty, as workflows give them, are not given', () => {
    expect(
      parse({
        policies: '',
        config: ' ',
        tenant: '',
        cloud: '',
        snapshot: '',
        evidence: '',
        'fail-on': '',
        'as-of': '',
      }),
    ).toEqual(parse({}));
  });

  it('are taken without blanks around them', () => {
    expect(parse({ policies: ' p ', 'fail-on': ' low', tenant: 'contoso\n' })).toMatchObject({
      policies: 'p',
      failOn: 'low',
      tenant: 'contoso',
    });
  });

  it.each(['critical', 'high', 'medium', 'low', 'never'])('--fail-on %s', (failOn) =>
    expect(parse({ 'fail-on': failOn })).toMatchObject({ failOn }),
  );

  it.each([
    { asOf: '2026-11-22', is: '2026-11-22T00:00:00.000Z' },
    { asOf: '2028-02-29', is: '2028-02-29T00:00:00.000Z' },
    { asOf: '2026-11-22T08:00Z', is: '2026-11-22T08:00:00.000Z' },
    { asOf: '2026-11-22T08:00:01.5Z', is: '2026-11-22T08:00:01.500Z' },
  ])('--as-of $asOf', ({ asOf, is }) => expect(parse({ 'as-of': asOf }).asOf.toISOString()).toBe(is));

  const dates = [
    '2026-02-30',
    '2026-02-30T00:00:00Z',
    '2026-13-01',
    '2026-11-22T24:00:00Z',
    '2026-11-22T25:00Z',
    '2026-11-22T08:00:00',
    '2026-11-22T08:00:00+01:00',
    '22.11.2026',
    '2026-11-2',
    'now',
    '0',
    '2026',
  ];
  it.each(dates)('--as-of %s is no moment', (asOf) => {
    expect(() => parse({ 'as-of': asOf })).toThrow(
      new UsageError(`--as-of takes a day as 2026-11-22 or a moment as 2026-11-22T08:00:00Z, not \`${asOf}\``),
    );
  });

  it.each(['Medium', 'severe', 'none', '1'])('--fail-on %s is no severity', (failOn) => {
    expect(() => parse({ 'fail-on': failOn })).toThrow(
      new UsageError(`--fail-on takes critical, high, medium, low, never, not \`${failOn}\``),
    );
  });
});

describe('outputs', () => {
  const words = (...texts: string[]): OutputWord[] =>
    texts.map((text) =>
      text.startsWith('>') ? { option: 'output', value: text.slice(1) } : { option: 'format', value: text },
    );
  it.each([
    { given: [], is: [{ format: 'text', file: null }] },
    { given: ['json'], is: [{ format: 'json', file: null }] },
    { given: ['json', '>a.json'], is: [{ format: 'json', file: 'a.json' }] },
    {
      given: ['json', '>a.json', 'text'],
      is: [
        { format: 'json', file: 'a.json' },
        { format: 'text', file: null },
      ],
    },
    {
      given: ['text', 'sarif', '>a.sarif'],
      is: [
        { format: 'text', file: null },
        { format: 'sarif', file: 'a.sarif' },
      ],
    },
    {
      given: ['json', '>a', 'json', '>b'],
      is: [
        { format: 'json', file: 'a' },
        { format: 'json', file: 'b' },
      ],
    },
  ])('$given', ({ given, is }) => expect(parseOutputs(words(...given))).toEqual(is));

  it.each([
    { given: ['xml'], says: '--format takes text, json, markdown, sarif, not `xml`' },
    { given: ['>a'], says: '--output needs a --format before it' },
    { given: ['>a', 'json'], says: '--output needs a --format before it' },
    { given: ['json', '>a', '>b'], says: '--format json has two outputs, a and b: give each its own --format' },
    { given: ['json', 'text'], says: '2 formats would go to the screen: give all but one an --output' },
  ])('$given is wrong', ({ given, says }) => expect(() => parseOutputs(words(...given))).toThrow(new UsageError(says)));
});
