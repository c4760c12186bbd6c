import { expect, test } from 'vitest';
import { checkRunName, parsePublishInputs } from '../../src/publish-inputs.ts';

const parse = (inputs: Readonly<Record<string, string>>) => parsePublishInputs((name) => inputs[name] ?? '');
const all = { comment: true, checkRun: true, suggestions: true };

test.each([
  ['nothing', {}, { ...all, token: '', tag: 'default', author: 'github-actions[bot]' }],
  [
    'everything',
    { 'github-token': ' t ', 'comment-tag': 'mail', 'comment-author': 'our-app[bot]', comment: 'true' },
    { ...all, token: 't', tag: 'mail', author: 'our-app[bot]' },
  ],
  [
    'nothing to be told',
    { comment: 'false', 'check-run': 'false', suggestions: 'false' },
    {
      ...{ token: '', tag: 'default', author: 'github-actions[bot]' },
      ...{ comment: false, checkRun: false, suggestions: false },
    },
  ],
  ['a person’s token', { 'comment-author': 'ada' }, { ...all, token: '', tag: 'default', author: 'ada' }],
])('takes %s', (_name, inputs, settings) => {
  expect(parse(inputs)).toEqual(settings);
});

test.each([
  ['a switch', { comment: 'yes' }, 'comment takes true or false, not `yes`'],
  ['another switch', { 'check-run': 'True' }, 'check-run takes true or false, not `True`'],
  ['the third', { suggestions: '1' }, 'suggestions takes true or false, not `1`'],
  [
    'a tag',
    { 'comment-tag': 'A -->' },
    'comment-tag takes 1 to 40 lower-case letters, digits and hyphens, nothing else',
  ],
  ['an author', { 'comment-author': '@ada' }, 'comment-author takes a login, not `@ada`'],
])('refuses %s that is wrong', (_name, inputs, says) => {
  expect(() => parse(inputs)).toThrow(says);
});

test.each([
  ['default', 'Backup access'],
  ['mail', 'Backup access (mail)'],
])('the check run of %s is called %s', (tag, name) => {
  expect(checkRunName({ ...parse({}), tag })).toBe(name);
});
