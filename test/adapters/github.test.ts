import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGitHub } from '../../src/adapters/github.ts';
import type { CheckAnnotation, CheckRun, Suggestion } from '../../src/core/github.ts';
import { withPull } from '../support/changed-repository.ts';
import { checkedGitHub } from '../support/checked-github.ts';
import { accessTo, jobAuthor, openPull } from '../support/github-rig.ts';

const serve = checkedGitHub();

const annotation = (at: number, more: Partial<CheckAnnotation> = {}): CheckAnnotation => ({
  path: 'policies/mail.yaml',
  startLine: at,
  endLine: at,
  startColumn: 3,
  endColumn: 9,
  level: 'failure',
  title: 'tier0-permission',
  message: `finding ${at}`,
  ...more,
});

const checkRun = (annotations: readonly CheckAnnotation[] = []): CheckRun => ({
  name: 'Backup Access Guard',
  headSha: '1'.repeat(40),
  conclusion: 'failure',
  title: '2 findings',
  summary: 'Two findings.',
  text: null,
  externalId: null,
  annotations,
});

const suggest = (line: number, startLine = line, path = 'policies/mail.yaml'): Suggestion => ({
  path,
  startLine,
  line,
  body: `\`\`\`suggestion\nline ${line}\n\`\`\``,
});

describe('comments', () => {
  it('are created, listed and updated', async () => {
    const server = await serve();
    const github = createGitHub(accessTo(server));
    server.addComment(7, 'ada', 'please look');
    const created = await github.createComment(7, 'first');
    if (!created.ok) throw new Error(created.error.detail);
    expect(created.value).toEqual({ id: created.value.id, body: 'first', author: jobAuthor, isBot: true });
    expect(await github.updateComment(created.value.id, 'second')).toEqual({
      ok: true,
      value: { ...created.value, body: 'second' },
    });
    const listed = await github.listComments(7);
    expect(listed.ok && listed.value.map(({ author, isBot, body }) => [author, isBot, body])).toEqual([
      ['ada', false, 'please look'],
      [jobAuthor, true, 'second'],
    ]);
  });

  it('of all pages are listed, in order', async () => {
    const server = await serve({ pageSize: 7 });
    for (let at = 0; at < 40; at += 1) server.addComment(7, 'ada', `comment ${at}`);
    const listed = await createGitHub(accessTo(server)).listComments(7);
    expect(listed.ok && listed.value.map(({ body }) => body)).toEqual(
      Array.from({ length: 40 }, (_, at) => `comment ${at}`),
    );
    expect(server.exchanges()).toHaveLength(6);
    expect(server.exchanges()[0]?.path).toBe('/repos/contoso/backup-access/issues/7/comments?per_page=100');
  });

  it('take any text as it is', async () => {
    const server = await serve();
    const github = createGitHub(accessTo(server));
    const tricky = ['{+next}', ':id', '"123n"', '9007199254740993n', '\u202e', '\ud83d\ude00', '\r\n', '<!-- "\\" -->'];
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...tricky)).map((all) => all.join('')),
    );
    await fc.assert(
      fc.asyncProperty(text, async (inner) => {
        const created = await github.createComment(7, `x${inner}`);
        expect(created.ok && created.value.body).toBe(`x${inner}`);
        expect(server.comments(7).at(-1)?.body).toBe(`x${inner}`);
      }),
    );
  });

  it('that are too long are refused in words', async () => {
    const server = await serve();
    expect(await createGitHub(accessTo(server)).createComment(7, 'x'.repeat(65_537))).toEqual({
      ok: false,
      error: {
        reason: 'invalid',
        status: 422,
        request: 'POST /repos/…/issues/7/comments',
        needs: 'pull-requests: write',
        detail: 'HTTP 422, Validation Failed: Body is too long (maximum is 65536 characters)',
      },
    });
    expect(server.comments(7)).toEqual([]);
  });

  it('of a server under a path, as GitHub Enterprise Server is', async () => {
    const server = await serve({ basePath: '/api/v3', pageSize: 1 });
    const github = createGitHub(accessTo(server, { apiUrl: `${server.apiUrl}/` }));
    server.addComment(7, 'ada', 'one');
    server.addComment(7, 'ada', 'two');
    const listed = await github.listComments(7);
    expect(listed.ok && listed.value.map(({ body }) => body)).toEqual(['one', 'two']);
    const gone = await github.updateComment(1, 'x');
    expect(gone.ok ? null : gone.error.request).toBe('PATCH /repos/…/issues/comments/1');
  });
});

describe('a check run', () => {
  it.each([0, 1, 50, 51, 120])('with %i annotations takes one request for each 50', async (count) => {
    const server = await serve();
    const annotations = Array.from({ length: count }, (_, at) => annotation(at + 1));
    const created = await createGitHub(accessTo(server)).createCheckRun(checkRun(annotations));
    const [run] = server.checkRuns();
    expect(created).toEqual({ ok: true, value: { id: run?.id, annotations: count, stopped: null } });
    expect(run?.annotations.map(({ message }) => message)).toEqual(annotations.map(({ message }) => message));
    expect([run?.status, run?.conclusion, run?.title]).toEqual(['completed', 'failure', '2 findings']);
    expect(server.exchanges()).toHaveLength(Math.max(1, Math.ceil(count / 50)));
  });

  it('sends an annotation as GitHub reads it, columns on one line only', async () => {
    const server = await serve();
    const annotations = [annotation(4), annotation(4, { endLine: 6 }), annotation(5, { startColumn: null })];
    await createGitHub(accessTo(server)).createCheckRun(checkRun(annotations));
    const common = { path: 'policies/mail.yaml', annotation_level: 'failure', title: 'tier0-permission' };
    expect(server.checkRuns()[0]?.annotations).toEqual([
      { ...common, start_line: 4, end_line: 4, start_column: 3, end_column: 9, message: 'finding 4' },
      { ...common, start_line: 4, end_line: 6, message: 'finding 4' },
      { ...common, start_line: 5, end_line: 5, message: 'finding 5' },
    ]);
  });

  it('says how far it came where a later batch fails', async () => {
    const server = await serve({ faults: [{ match: { method: 'PATCH', after: 1 }, answer: { status: 502 } }] });
    const annotations = Array.from({ length: 170 }, (_, at) => annotation(at + 1));
    const created = await createGitHub(accessTo(server)).createCheckRun(checkRun(annotations));
    const [run] = server.checkRuns();
    expect(created).toEqual({
      ok: true,
      value: {
        id: run?.id,
        annotations: 100,
        stopped: {
          reason: 'server-error',
          status: 502,
          request: `PATCH /repos/…/check-runs/${run?.id}`,
          needs: 'checks: write',
          detail: 'HTTP 502, Server Error',
        },
      },
    });
    expect(run?.annotations).toHaveLength(100);
  });

  it('keeps what an approval stands for, also where annotations take more requests', async () => {
    const server = await serve();
    const annotations = Array.from({ length: 51 }, (_, at) => annotation(at + 1));
    const plan = { text: 'the steps', externalId: 'sha256:ab' };
    await createGitHub(accessTo(server)).createCheckRun({ ...checkRun(annotations), ...plan });
    const [first, second] = server.exchanges();
    expect(first?.requestBody).toMatchObject({ external_id: 'sha256:ab', output: { text: 'the steps' } });
    expect(second?.requestBody).toMatchObject({ output: { text: 'the steps' } });
    expect(second?.responseBody).toMatchObject({ external_id: 'sha256:ab', output: { text: 'the steps' } });
    expect(server.checkRuns()[0]).toMatchObject({ ...plan, app: 'github-actions' });
  });

  it('says nothing of a plan where there is none', async () => {
    const server = await serve();
    await createGitHub(accessTo(server)).createCheckRun(checkRun());
    const [only] = server.exchanges();
    expect(Object.keys(only?.requestBody ?? {})).not.toContain('external_id');
    expect(only?.requestBody).toMatchObject({ output: { title: '2 findings', summary: 'Two findings.' } });
    expect(server.checkRuns()[0]).toMatchObject({ text: null, externalId: '' });
  });

  it.each(['success', 'neutral', 'action_required'] as const)('may conclude with %s', async (conclusion) => {
    const server = await serve();
    await createGitHub(accessTo(server)).createCheckRun({ ...checkRun(), conclusion });
    expect(server.checkRuns()[0]?.conclusion).toBe(conclusion);
  });
});

describe('suggestions', () => {
  it('are placed in one review, listed and taken back', async () => {
    const { folder, base, head } = withPull();
    const server = await serve({ git: folder, pulls: [openPull({ baseSha: base, headSha: head })] });
    const github = createGitHub(accessTo(server));
    expect(await github.createReview(7, head, [suggest(20), suggest(21, 18)])).toEqual({
      ok: true,
      value: { placed: 2, refused: [] },
    });
    expect(server.reviews(7)).toBe(1);
    const listed = await github.listSuggestions(7);
    if (!listed.ok) throw new Error(listed.error.detail);
    expect(listed.value.map(({ id: _, ...rest }) => rest)).toEqual([
      { ...suggest(20), author: jobAuthor, isBot: true },
      { ...suggest(21, 18), author: jobAuthor, isBot: true },
    ]);
    expect(await github.deleteSuggestion(listed.value[0]?.id ?? 0)).toEqual({ ok: true, value: null });
    expect(server.reviewComments(7).map(({ line }) => line)).toEqual([21]);
  });

  it('on lines outside of the diff cost none of the others', async () => {
    const { folder, base, head } = withPull();
    const server = await serve({ git: folder, pulls: [openPull({ baseSha: base, headSha: head })] });
    const outside = [suggest(2), suggest(20, 10), suggest(1, 1, 'README.md')];
    const inside = [suggest(20), suggest(19), suggest(1, 1, 'policies/größe.yaml')];
    const mixed = [inside[0], outside[0], inside[1], outside[1], inside[2], outside[2]].filter(
      (one) => one !== undefined,
    );
    const created = await createGitHub(accessTo(server)).createReview(7, head, mixed);
    if (!created.ok) throw new Error(created.error.detail);
    expect(created.value.placed).toBe(3);
    expect(created.value.refused.map(({ suggestion }) => suggestion)).toEqual(outside);
    expect(created.value.refused.map(({ failure }) => failure.detail)).toEqual([
      'HTTP 422, Unprocessable Entity: Line could not be resolved',
      'HTTP 422, Unprocessable Entity: Pull request review thread start line must be part of the same hunk as the line.',
      'HTTP 422, Unprocessable Entity: Path could not be resolved',
    ]);
    expect(server.reviewComments(7).map(({ path, line }) => [path, line])).toEqual(
      inside.map(({ path, line }) => [path, line]),
    );
  });

  it('are none where there are none, without a request', async () => {
    const server = await serve();
    expect(await createGitHub(accessTo(server)).createReview(7, '1'.repeat(40), [])).toEqual({
      ok: true,
      value: { placed: 0, refused: [] },
    });
    expect(server.exchanges()).toEqual([]);
  });

  it('that the token may not write are one failure and one request', async () => {
    const server = await serve({ permissions: { 'pull-requests': 'read' } });
    const created = await createGitHub(accessTo(server)).createReview(7, '1'.repeat(40), [suggest(1), suggest(2)]);
    expect(created.ok ? null : created.error.reason).toBe('forbidden');
    expect(server.exchanges()).toHaveLength(1);
  });
});
