import { describe, expect, it } from 'vitest';
import type { GitHubExchange } from '../../src/emulator/github-state.ts';
import { answerProblems, requestProblems } from '../support/github-schemas.ts';

const at = '/repos/contoso/backup-access';
const run = { name: 'x', head_sha: '1'.repeat(40), status: 'completed', conclusion: 'success' };
const annotation = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'x' };

const exchange = (method: string, path: string, requestBody?: unknown, more: Partial<GitHubExchange> = {}) => ({
  method,
  path: at + path,
  author: null,
  requestBody,
  status: 200,
  responseBody: undefined,
  ...more,
});

const withAnnotations = (annotations: readonly unknown[]) => ({
  ...run,
  output: { title: 'x', summary: 'x', annotations },
});

describe('what GitHub’s description finds in requests', () => {
  it.each<readonly [string, GitHubExchange]>([
    ['a list with a page', exchange('GET', '/issues/7/comments?per_page=100&page=2')],
    ['a comment', exchange('POST', '/issues/7/comments', { body: 'x' })],
    ['a check run', exchange('POST', '/check-runs', run)],
    ['50 annotations', exchange('POST', '/check-runs', withAnnotations(Array(50).fill(annotation)))],
    ['a deletion', exchange('DELETE', '/pulls/comments/7')],
    ['on GitHub Enterprise Server', { ...exchange('GET', ''), path: `/api/v3${at}/git/blobs/${'1'.repeat(40)}` }],
  ])('nothing: %s', (_, given) => {
    expect(requestProblems(given)).toEqual([]);
  });

  it.each<readonly [string, GitHubExchange, readonly string[]]>([
    ['no operation', exchange('GET', '/nowhere'), [`GET ${at}/nowhere is no operation of GitHub`]],
    ['another method', exchange('PUT', '/check-runs', run), [`PUT ${at}/check-runs is no operation of GitHub`]],
    [
      'a number that is none',
      exchange('POST', '/issues/x/comments', { body: 'x' }),
      ['path/issue_number must be integer'],
    ],
    ['an unknown query', exchange('GET', '/issues/7/comments?size=1'), ['query must NOT have additional properties']],
    ['a missing body', exchange('POST', '/issues/7/comments'), ['body must be object']],
    [
      'an unknown field',
      exchange('POST', '/issues/7/comments', { body: 'x', text: 'x' }),
      ['body must NOT have additional properties'],
    ],
    [
      'a missing field',
      exchange('POST', '/check-runs', { ...run, name: undefined, output: undefined }),
      ["body must have required property 'name'"],
    ],
    [
      '51 annotations',
      exchange('POST', '/check-runs', withAnnotations(Array(51).fill(annotation))),
      ['body/output/annotations must NOT have more than 50 items'],
    ],
    [
      'an annotation with a field of ours',
      exchange('POST', '/check-runs', withAnnotations([{ ...annotation, line: 1 }])),
      ['body/output/annotations/0 must NOT have additional properties'],
    ],
    [
      'a summary that is too long',
      exchange('POST', '/check-runs', { ...run, output: { title: 'x', summary: 'x'.repeat(65_536) } }),
      ['body/output/summary must NOT have more than 65535 characters'],
    ],
    ['a body of a deletion', exchange('DELETE', '/pulls/comments/7', {}), ['a body was sent']],
  ])('%s', (_, given, found) => {
    expect(requestProblems(given)).toEqual(found);
  });
});

describe('what it finds in answers', () => {
  const blob = { sha: 'x', url: 'https://x/', node_id: 'x', size: 1, content: '', encoding: 'base64' };
  const got = (responseBody: unknown, status = 200) =>
    exchange('GET', '/git/blobs/1', undefined, { responseBody, status });

  it.each<readonly [string, GitHubExchange, boolean, readonly string[]]>([
    ['nothing', got(blob), true, []],
    ['nothing lacking where a part is enough', got({ sha: 'x' }), false, []],
    ['a text where a number belongs', got({ ...blob, size: 'x' }), true, ['answer/size must be integer,null']],
    ['the same in a part', got({ size: 'x' }), false, ['answer/size must be integer,null']],
    [
      'a lacking field',
      got({ ...blob, size: undefined, sha: 'x', node_id: undefined }),
      true,
      ["answer must have required property 'node_id'", "answer must have required property 'size'"],
    ],
    ['a status that it never has', got(blob, 202), true, [`HTTP 202 is no answer of GET ${at}/git/blobs/1`]],
    [
      'a body where there is none',
      exchange('DELETE', '/pulls/comments/7', undefined, { status: 204, responseBody: {} }),
      true,
      ['there is a body'],
    ],
  ])('%s', (_, given, whole, found) => {
    expect(answerProblems(given, whole)).toEqual(found);
  });
});
