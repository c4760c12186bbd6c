import { expect, test } from 'vitest';
import type { Report } from '../../src/core/report.ts';
import { renderComment } from '../../src/report/render-comment.ts';
import { checkComment, commentAbout } from '../support/check-comment.ts';
import { way } from '../support/comment-parts.ts';
import { commentReports } from '../support/comment-reports.ts';
import { reach } from '../support/report-access.ts';

const narrowed = commentReports['narrowed'] as Report;
const pictureOf = (report: Report): string =>
  /```mermaid\n([\s\S]*?)\n```/.exec(renderComment(report, commentAbout))?.[1] ?? '';

test('what comes is thick, what goes is dashed, what stays is plain', () => {
  expect(
    pictureOf(narrowed)
      .split('\n')
      .filter((line) => /--|==|-\./.test(line) && !line.includes('stroke')),
  ).toEqual(['  n1 --> n3', '  n3 --> n2', '  n1 ==> n5', '  n5 ==> n4', '  n1 -.-> n7', '  n7 -.-> n6']);
});

/** HubStor reaches `number` things more after the merge, each by its own role. */
const reaching = (number: number): Report => {
  const [now] = narrowed.effectiveAccess;
  if (now === undefined) throw new Error('no access');
  const more = Array.from({ length: number }, (_, at) =>
    reach(`thing-${at}`, `reads thing ${at}`, {
      where: `in resource group \`rg-${at}\``,
      by: [{ kind: 'azure-role-assignment', subject: `Role ${at}`, api: null, scope: null, through: [] }],
    }),
  );
  return {
    ...narrowed,
    threeWay: { ...(narrowed.threeWay ?? way), accessAfter: [{ ...now, reaches: [...now.reaches, ...more] }] },
  };
};

test.each([1, 5, 17])('%i new things are drawn', (number) => {
  const picture = pictureOf(reaching(number));
  const boxes = picture.match(/^ {2}n\d+[([]/gm)?.length ?? 0;
  expect(boxes).toBe(3 + 2 * number);
});

test('what stays is left out where all of it would be too much', () => {
  const comment = renderComment(reaching(19), commentAbout);
  expect(comment).toContain('What stays as it is is left out.');
  expect(pictureOf(reaching(19)).match(/^ {2}n\d+[([]/gm)).toHaveLength(39);
});

test('a picture that would be too large is left out with a word', () => {
  const comment = renderComment(reaching(30), commentAbout);
  expect(comment).not.toContain('```mermaid');
  expect(comment).toContain('The picture is left out: it would have 61 boxes.');
});

test.each([
  ['1. list', '1 list'],
  ['- list', 'list'],
  ['"]; click n1 "https://evil.example"', 'click n1 https //evil.example'],
  ['%%{init: {}}%%', 'init'],
  ['`**bold**`', 'bold'],
  ['#quot;<b>', 'quot b'],
  ['漢字 été', '漢字 été'],
  ['\u202e', 'unnamed'],
])('a name like %j is words in it: %j', (name, expected) => {
  const report = {
    ...narrowed,
    policies: narrowed.policies.map((policy) => ({
      ...policy,
      identities: policy.identities.map((one) => ({ ...one, displayName: name })),
    })),
  };
  expect(pictureOf(report)).toContain(`n1(["${expected}"])`);
  checkComment(renderComment(report, commentAbout));
});

test.each(['unchanged', 'fork', 'invalid', 'by-hand'])(
  'nothing is drawn where nothing is known to change: %s',
  (name) => {
    expect(pictureOf(commentReports[name] as Report)).toBe('');
  },
);
