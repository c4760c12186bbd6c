import { expect, test } from 'vitest';
import { type OutputWord, parseOutputs } from '../../src/options.ts';

const words = (text: string): OutputWord[] => {
  const parts = text.split(' ');
  return parts.flatMap((part, at) =>
    part.startsWith('--') ? [{ option: part.slice(2) as OutputWord['option'], value: parts[at + 1] ?? '' }] : [],
  );
};

test.each([
  ['--format markdown', [{ format: 'markdown', file: null }]],
  ['--format markdown --style report', [{ format: 'markdown', file: null, style: 'report' }]],
  [
    '--format markdown --style change-request --output cr.md',
    [{ format: 'markdown', file: 'cr.md', style: 'change-request' }],
  ],
  ['--format markdown --output c.md --style comment', [{ format: 'markdown', file: 'c.md', style: 'comment' }]],
  [
    '--format json --output r.json --format markdown --style comment',
    [
      { format: 'json', file: 'r.json' },
      { format: 'markdown', file: null, style: 'comment' },
    ],
  ],
])('%s', (text, expected) => {
  expect(parseOutputs(words(text))).toEqual(expected);
});

test.each([
  ['--style comment', '--style needs a --format before it'],
  ['--format json --style comment', '--style is for --format markdown, not json'],
  ['--format text --style report', '--style is for --format markdown, not text'],
  ['--format markdown --style html', '--style takes report, change-request, comment, not `html`'],
  ['--format markdown --style report --style comment', '--format markdown has two styles, report and comment'],
])('%s is refused', (text, message) => {
  expect(() => parseOutputs(words(text))).toThrow(message);
});
