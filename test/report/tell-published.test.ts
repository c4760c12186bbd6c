import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import type { NotTold, Published } from '../../src/core/published.ts';
import { tellPublished } from '../../src/report/tell-published.ts';
import { hostileText, runnerCommands } from '../support/hostile.ts';

const nothing: Published = { comment: null, checkRun: null, suggestions: null, remarks: [], notTold: [] };
const lacks = (what: NotTold['what'], needs: string): NotTold => ({ what, reason: 'forbidden', needs, detail: 'no' });
const readOnly = [
  lacks('comment', 'pull-requests: write'),
  lacks('check run', 'checks: write'),
  lacks('suggestions', 'pull-requests: write'),
];

test.each<[string, Partial<Published>, boolean, readonly string[]]>([
  ['nothing asked', {}, false, []],
  [
    'all told',
    {
      comment: { id: 1, how: 'updated' },
      checkRun: { id: 2, annotations: 12 },
      suggestions: { posted: 2, kept: 1, takenBack: 3 },
    },
    false,
    [
      'info on GitHub: comment updated, check run with 12 remarks on lines, 2 suggestions posted, 1 suggestion left as posted, 3 suggestions taken back',
    ],
  ],
  [
    'no suggestion to make',
    { comment: { id: 1, how: 'created' }, suggestions: { posted: 0, kept: 0, takenBack: 0 } },
    false,
    ['info on GitHub: comment created'],
  ],
  [
    'a token that only reads',
    { notTold: readOnly },
    false,
    [
      'warning the comment and the suggestions could not be written in full: the token of this job lacks `pull-requests: write`, which its `permissions` must grant',
      'warning the check run could not be written in full: the token of this job lacks `checks: write`, which its `permissions` must grant',
    ],
  ],
  [
    'the same in a run for a fork, as GitHub means it',
    { notTold: readOnly },
    true,
    [
      "notice the comment, the check run and the suggestions can't be written by this run for a fork or for Dependabot, whose token only reads: all is in the job summary",
    ],
  ],
  [
    'a fork, and GitHub is down: that is no design',
    { notTold: [{ what: 'comment', reason: 'server-error', needs: '', detail: 'GET /x: 502' }] },
    true,
    ['warning the comment could not be written in full: GitHub failed (GET /x: 502)'],
  ],
  [
    'a remark',
    { comment: { id: 1, how: 'updated' }, remarks: ['one older comment of this job is left'] },
    false,
    ['info on GitHub: comment updated', 'notice one older comment of this job is left'],
  ],
])('%s', (_name, parts, onlyReads, expected) => {
  const { lines, markdown } = tellPublished({ ...nothing, ...parts }, onlyReads);
  expect(lines.map(({ level, text }) => `${level} ${text}`)).toEqual(expected);
  expect(markdown.split('\n').filter(Boolean)).toHaveLength(expected.length);
});

it('reads in the summary as a list', () => {
  const { markdown } = tellPublished(
    { ...nothing, comment: { id: 1, how: 'created' }, notTold: readOnly.slice(1, 2) },
    false,
  );
  expect(markdown).toBe(
    [
      '- On GitHub: comment created.',
      '- **Not told:** The check run could not be written in full: the token of this job lacks `checks: write`, which its `permissions` must grant.',
      '',
    ].join('\n'),
  );
});

it('whatever GitHub answers steers nobody', () => {
  fc.assert(
    fc.property(
      hostileText,
      hostileText,
      fc.constantFrom('forbidden', 'invalid', 'broken', 'not-found'),
      (detail, needs, reason) => {
        const told = tellPublished(
          { ...nothing, remarks: [detail], notTold: [{ what: 'comment', reason, needs, detail }] },
          false,
        );
        for (const { text } of told.lines) {
          expect(runnerCommands(text)).toEqual([]);
          expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        }
        expect(told.markdown.split('\n')).toHaveLength(3);
        expect(told.markdown.replace(/`[^`\n]+`/g, '')).not.toMatch(/<[a-z/!]|@[a-z0-9]|!\[|\]\(/i);
      },
    ),
  );
});
