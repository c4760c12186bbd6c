import fc from 'fast-check';
import type { Report } from '../../src/core/report.ts';
import { incomplete, invalid, violations } from './reports.ts';

const attacks: readonly string[] = [
  '::set-env name=PATH::/tmp/evil',
  '\r\n::error file=a::no',
  '\n::add-mask::a',
  '\u2028::stop-commands::x',
  '\ufeff::warning::x',
  ':::debug::x',
  '##[command]rm -rf /',
  '\u001b[2J\u001b[1;1H',
  '\u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007',
  '\u009b31m',
  'good\rbad',
  '\u202etxt.exe\u202c',
  'a\u200bb\u2066c',
  '\ud800',
  'x\udfff',
  '</details>',
  '<img src=x onerror=alert(1)>',
  '<!-- hidden -->',
  '@org/team',
  'see #1 and org/repo#2 and GH-3',
  '![x](http://evil.example/a.png)',
  '[x](javascript:alert(1))',
  '[x]: http://evil.example',
  'http://evil.example www.evil.example mailto:a@evil.example',
  'a@evil.example',
  '`',
  '``code``` `x',
  '```\n# heading',
  '| a | b |\n|---|---|',
  '\\|',
  '\\',
  '- item\n\n# heading',
  '1. one',
  ':shipit:',
  '$x$ $`y`$',
  '[^1] ~~gone~~ **bold** _it_',
  '{0} %s %0A',
  '\u0000',
  '',
  ' ',
  '\t',
  'Ｗｉｄｅ 漢字 👩‍💻 e\u0301',
  '/subscriptions/x/resourceGroups/::error::/providers/[a](b)/c/`d`',
];

/** Texts that try to steer what shows them. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...attacks) },
  {
    weight: 2,
    arbitrary: fc.array(fc.constantFrom(...attacks), { minLength: 2, maxLength: 5 }).map((parts) => parts.join('')),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...':#[]`|<>@\\\r\n\t !()*_-'), maxLength: 60 }) },
);

/** A megabyte of it. */
export const longTexts: readonly string[] = ['::error::', '`|', '@a ', '\ud83d\ude00', '漢', '</details>\n', '/'].map(
  (text) => text.repeat(Math.ceil(1_000_000 / text.length)),
);

/** Fields whose words are the program's own, never a tenant's or a person's. */
const closed = new Set(
  [
    'mode',
    'conclusion',
    'source',
    'failOn',
    'state',
    'reason',
    'verdict',
    'kind',
    'severity',
    'confidence',
    'side',
  ].concat([...['action', 'cause', 'on', 'roleType', 'asOf'], ...['answer', 'weight', 'area', 'path', 'effect']]),
);

const full: Report = {
  ...violations,
  coverage: incomplete.coverage,
  diagnostics: invalid.diagnostics,
  effectiveAccess: incomplete.effectiveAccess,
};

/** A report with everything in it, each of whose texts is the next of `texts`. */
export const hostileReport = (texts: readonly string[], from: Report = full): Report => {
  let next = 0;
  const taint = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return closed.has(key) ? value : (texts[next++ % texts.length] ?? '');
    if (Array.isArray(value)) return value.map((inner) => taint(inner, key));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, taint(inner, name)]));
  };
  return taint(from, '') as Report;
};

/** Workflow commands that a GitHub runner would obey in this output. */
export const runnerCommands = (output: string): readonly string[] =>
  output.split(/\r\n|\n|\r/).filter((line) => line.trimStart().startsWith('::') || line.includes('##['));

/** The only escape sequences that the program writes itself. */
export const ownColors = new RegExp(`${String.fromCodePoint(27)}\\[(?:0|1|2|31|32|33|36|1;31)m`, 'g');
