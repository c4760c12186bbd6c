import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/core/report.ts';
import { renderChangeRequest } from '../../src/report/render-change-request.ts';
import { renderComment } from '../../src/report/render-comment.ts';
import { checkComment, checkElements, checkPage, checkParsed, commentAbout } from '../support/check-comment.ts';
import { commentReports, everything } from '../support/comment-reports.ts';
import { hostileReport, hostileText, longTexts } from '../support/hostile.ts';

/** The same report with commits that can be linked to, so that hostile file names stand in addresses. */
const withCommits = (report: Report): Report =>
  report.threeWay === undefined
    ? report
    : { ...report, threeWay: { ...report.threeWay, base: 'b'.repeat(40), head: 'a'.repeat(40) } };

const scenes = [
  everything,
  ...Object.entries(commentReports).flatMap(([name, report]) => (name === 'crowd' ? [] : [report])),
];

const checkBoth = (report: Report): void => {
  for (const one of [report, withCommits(report)]) {
    checkComment(renderComment(one, commentAbout));
    const request = renderChangeRequest(one);
    checkPage(request);
    checkElements(request);
    checkParsed(request);
  }
};

describe('no text of a tenant, a policy or Git steers what GitHub shows', () => {
  test('in any field of any comment', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 40 }), fc.constantFrom(...scenes), (texts, scene) =>
        checkBoth(hostileReport(texts, scene)),
      ),
      { numRuns: 250 },
    );
  });

  test('where all fields have one text, so that all relations hold', () => {
    fc.assert(
      fc.property(hostileText, fc.constantFrom(...scenes), (text, scene) => checkBoth(hostileReport([text], scene))),
      { numRuns: 150 },
    );
  });

  test.each(longTexts.map((text) => [text.slice(0, 12), text]))('a megabyte of %j', (_start, text) => {
    for (const scene of scenes) checkBoth(hostileReport([text], scene));
  });

  test.each(['<!-- backup-access-guard:check -->', '\n<!-- backup-access-guard:check -->\n', '<!--', '-->'])(
    'a name like our marker, %j, is no marker',
    (text) => {
      const comment = renderComment(hostileReport([text], everything), commentAbout);
      expect(comment.match(/<!-- backup-access-guard/g)).toHaveLength(1);
      checkComment(comment);
    },
  );
});

describe('the check itself sees', () => {
  test.each([
    ['an image', '![x](https://github.com/contoso/backup-policies/a.png)'],
    ['a foreign link', '[run](https://evil.example/)'],
    ['a tag', '<b>x</b>'],
    ['an open fold', '<details><summary>x</summary>'],
    ['a mention', 'hello @contoso/team'],
    ['an address', 'see https://evil.example'],
    ['an issue', 'see #12'],
    ['a directive in a picture', '```mermaid\nflowchart LR\n  click n1 "https://evil.example"\n```'],
  ])('%s', (_what, text) => {
    expect(() => checkElements(`words\n\n${text}\n`)).toThrow();
  });
  test.each([
    ['a link of ours', '[`a.yaml:1`](https://github.com/contoso/backup-policies/blob/aa/a.yaml#L1)'],
    ['a fold', '<details><summary>x</summary>\n\ny\n\n</details>'],
    ['a box', '> [!CAUTION]\n> **words**'],
    ['code', 'a `@b` and `<c>`'],
  ])('nothing wrong with %s', (_what, text) => {
    expect(() => checkElements(`words\n\n${text}\n`)).not.toThrow();
  });
});

describe('the parser of GitHub’s Markdown', () => {
  const attacks = [
    '![picture](https://evil.example/x.png)',
    '[words](https://evil.example/)',
    'https://evil.example/',
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '<!-- backup-access-guard:other -->',
    'a[^1]\n\n[^1]: footnote',
    '```sh\nrm -rf /\n```',
    'a\n\n---\n\nb',
    '<details open onclick=x>',
  ];
  test.each(attacks)('shows what is not ours: %s', (attack) => {
    expect(() => checkParsed(`words\n\n${attack}\n`)).toThrow();
  });

  const good = [
    '**words** and `code`',
    '| a | b |\n|---|---|\n| 1 | 2 |',
    '<details><summary>words</summary>\n\n- one\n\n</details>',
    '> [!NOTE]\n> words',
    '```mermaid\nflowchart LR\n```',
    '[words](https://github.com/contoso/backup-policies/actions/runs/1402)',
    '<sub>words</sub>',
    '&#64;contoso \\<b\\>',
    '# words\n\n1. one\n2. two',
    'evil&#46;example and &#42;no stars&#42;',
  ];
  test.each(good)('lets pass what is: %s', (page) => {
    checkParsed(`${page}\n`);
  });
});
