import { describe, expect, it } from 'vitest';
import { askGitHub } from '../support/ask-github.ts';
import { jobAuthor, jobToken } from '../support/github-rig.ts';
import { answerProblems, requestProblems } from '../support/github-schemas.ts';
import { servedGitHub } from '../support/served-github.ts';

const served = servedGitHub();
const permissions = {
  contents: 'read',
  'pull-requests': 'write',
  checks: 'write',
  'security-events': 'write',
} as const;
const serve = (options: Parameters<typeof served>[0] = {}) => served({ permissions, ...options });

const run = { name: 'x', head_sha: '1'.repeat(40), status: 'completed', conclusion: 'success' };
const annotation = { path: 'a.yaml', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'x' };
const output = (more: object) => ({ ...run, output: { title: 'x', summary: 'x', ...more } });
const review = (comment: object) => ({
  event: 'COMMENT',
  body: '',
  comments: [{ path: 'a.yaml', body: 'x', ...comment }],
});
const comments = '/issues/7/comments';

describe('what the embedded GitHub refuses', () => {
  it.each<readonly [string, string, string, unknown, number, RegExp]>([
    ['a comment without text', 'POST', comments, { body: ' ' }, 422, /Body can't be blank/],
    ['a comment that is too long', 'POST', comments, { body: 'x'.repeat(65_537) }, 422, /maximum is 65536/],
    ['a comment on no pull request', 'POST', '/issues/8/comments', { body: 'x' }, 404, /Not Found/],
    ['an update of no comment', 'PATCH', '/issues/comments/1', { body: 'x' }, 404, /Not Found/],
    ['a body that is no object', 'POST', comments, 'x', 400, /Problems parsing JSON/],
    [
      '51 annotations',
      'POST',
      '/check-runs',
      output({ annotations: Array(51).fill(annotation) }),
      422,
      /No more than 50/,
    ],
    ['a summary of 65,536 bytes', 'POST', '/check-runs', output({ summary: 'x'.repeat(65_536) }), 422, /Only 65535/],
    ['a text of 65,536 bytes', 'POST', '/check-runs', output({ text: 'x'.repeat(65_536) }), 422, /Only 65535/],
    [
      'a summary of more bytes than characters',
      'POST',
      '/check-runs',
      output({ summary: 'ü'.repeat(40_000) }),
      422,
      /Only 65535/,
    ],
    [
      'an annotation of 64 KB and a byte',
      'POST',
      '/check-runs',
      output({ annotations: [{ ...annotation, message: 'x'.repeat(65_537) }] }),
      422,
      /64 KB/,
    ],
    [
      'columns over two lines',
      'POST',
      '/check-runs',
      output({ annotations: [{ ...annotation, end_line: 2, start_column: 1 }] }),
      422,
      /Columns/,
    ],
    [
      'a line before the first',
      'POST',
      '/check-runs',
      output({ annotations: [{ ...annotation, start_line: 0 }] }),
      422,
      /no lines/,
    ],
    ['a conclusion it does not know', 'POST', '/check-runs', { ...run, conclusion: 'fine' }, 422, /not a member/],
    ['a check run of no commit', 'POST', '/check-runs', { ...run, head_sha: 'main' }, 422, /No commit found/],
    [
      'a title that is not there',
      'POST',
      '/check-runs',
      { ...run, output: { summary: 'x' } },
      422,
      /title.{2} wasn't supplied/,
    ],
    ['a suggestion without a line', 'POST', '/pulls/7/reviews', review({}), 422, /Line could not be resolved/],
    [
      'a suggestion that ends before it starts',
      'POST',
      '/pulls/7/reviews',
      review({ start_line: 3, line: 2 }),
      422,
      /must precede/,
    ],
    ['a review without an event', 'POST', '/pulls/7/reviews', {}, 422, /event must be/],
    ['deleting no comment', 'DELETE', '/pulls/comments/1', undefined, 404, /Not Found/],
    [
      'SARIF that is no gzip',
      'POST',
      '/code-scanning/sarifs',
      { commit_sha: 'x', ref: 'x', sarif: 'e30=' },
      400,
      /Invalid SARIF/,
    ],
    ['an operation it does not have', 'POST', '/statuses/1', {}, 404, /Not Found/],
    ['another repository', 'GET', '/repos/contoso/other/issues/7/comments', undefined, 404, /Not Found/],
    ['a tree of no commit', 'GET', '/git/trees/main', undefined, 404, /Not Found/],
  ])('%s', async (_, method, path, body, status, words) => {
    const server = await serve();
    const answer = await askGitHub(server, method, path, body);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toMatch(words);
    expect(server.comments(7)).toEqual([]);
    expect(server.checkRuns()).toEqual([]);
    const [exchange] = server.exchanges();
    if (exchange !== undefined && status === 422 && !path.startsWith('/check-runs'))
      expect(answerProblems(exchange, true)).toEqual([]);
  });

  it.each([
    ['a comment of 65,536 characters', 'POST', comments, { body: 'x'.repeat(65_536) }, 201],
    ['50 annotations', 'POST', '/check-runs', output({ annotations: Array(50).fill(annotation) }), 201],
    ['a summary of 65,535 bytes', 'POST', '/check-runs', output({ summary: 'x'.repeat(65_535) }), 201],
    ['a text of 65,535 bytes', 'POST', '/check-runs', output({ text: 'x'.repeat(65_535) }), 201],
    ['a name of its maker', 'POST', '/check-runs', { ...run, external_id: 'sha256:ab' }, 201],
    [
      'an annotation of 64 KB',
      'POST',
      '/check-runs',
      output({ annotations: [{ ...annotation, message: 'x'.repeat(65_536) }] }),
      201,
    ],
    ['a check run without output', 'POST', '/check-runs', run, 201],
    [
      'a suggestion on lines',
      'POST',
      '/pulls/7/reviews',
      review({ start_line: 1, line: 2, start_side: 'RIGHT', side: 'RIGHT' }),
      200,
    ],
  ] as const)('but not %s', async (_, method, path, body, status) => {
    const server = await serve();
    expect((await askGitHub(server, method, path, body)).status).toBe(status);
    const [exchange] = server.exchanges();
    if (exchange === undefined) throw new Error('nothing was asked');
    expect(requestProblems(exchange)).toEqual([]);
    expect(answerProblems(exchange, true)).toEqual([]);
  });
});

describe('who may ask', () => {
  it('nobody without a token, by whom the repository is not seen', async () => {
    const server = await serve();
    expect((await askGitHub(server, 'GET', comments, undefined, null)).status).toBe(404);
  });

  it('no unknown token', async () => {
    const server = await serve();
    const answer = await askGitHub(server, 'GET', comments, undefined, 'other');
    expect([answer.status, answer.body]).toEqual([
      401,
      { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest', status: '401' },
    ]);
  });

  it('no token without the permission, which is named', async () => {
    const server = await serve({ permissions: { checks: 'read' } });
    const answer = await askGitHub(server, 'POST', '/check-runs', run);
    expect([answer.status, answer.headers['x-accepted-github-permissions']]).toEqual([403, 'checks=write']);
    expect(server.checkRuns()).toEqual([]);
  });

  it('each token in its own name', async () => {
    const permissions = { 'pull-requests': 'write' } as const;
    const tokens = ['ada', jobAuthor].map((author, at) => ({ token: `token-${at}`, permissions, author }));
    const server = await serve({ tokens });
    for (const { token } of tokens) await askGitHub(server, 'POST', comments, { body: 'x' }, token);
    const listed = await askGitHub(server, 'GET', comments, undefined, 'token-0');
    const users = (listed.body as { user: { login: string; type: string } }[]).map(({ user }) => [
      user.login,
      user.type,
    ]);
    expect(users).toEqual([
      ['ada', 'User'],
      [jobAuthor, 'Bot'],
    ]);
  });
});

describe('a check run', () => {
  it('keeps when it was completed and which app made it, however late it is asked for', async () => {
    let now = new Date('2026-11-22T08:00:00.600Z');
    const server = await serve({ now: () => now });
    const open = { name: 'x', head_sha: '1'.repeat(40), status: 'in_progress' };
    await askGitHub(server, 'POST', '/check-runs', open);
    const [made] = server.checkRuns();
    expect(made).toMatchObject({ app: 'github-actions', startedAt: '2026-11-22T08:00:00Z', completedAt: null });
    now = new Date('2026-11-22T09:00:00Z');
    await askGitHub(server, 'PATCH', `/check-runs/${made?.id}`, { conclusion: 'success' });
    now = new Date('2026-11-22T10:00:00Z');
    await askGitHub(server, 'PATCH', `/check-runs/${made?.id}`, { output: { title: 'y', summary: 'y' } });
    const row = { started_at: '2026-11-22T08:00:00Z', completed_at: '2026-11-22T09:00:00Z', status: 'completed' };
    expect(server.exchanges().at(-1)?.responseBody).toMatchObject({ ...row, app: { slug: 'github-actions' } });
  });

  it('made with a person’s token is no app’s', async () => {
    const server = await serve({ tokens: [{ token: jobToken, permissions, author: 'ada' }] });
    await askGitHub(server, 'POST', '/check-runs', run);
    expect(server.exchanges()[0]?.responseBody).toMatchObject({ app: null });
  });
});
