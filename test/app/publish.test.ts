import { afterEach, describe, expect, it, test } from 'vitest';
import { createGitHub } from '../../src/adapters/github.ts';
import { publish } from '../../src/app/publish.ts';
import type { GitHubServer } from '../../src/emulator/github-state.ts';
import { accessTo, jobAuthor, openPull, serveGitHub } from '../support/github-rig.ts';
import { body, type Parts, publication, run, suggestion } from '../support/publications.ts';

let server: GitHubServer;
afterEach(() => server.close());

const serve = async (options: Parameters<typeof serveGitHub>[0] = {}): Promise<void> => {
  server = await serveGitHub(options);
};
const tell = (parts: Parts) => publish(createGitHub(accessTo(server)), publication(parts));
const bodies = (): readonly string[] => server.comments(7).map((one) => `${one.author}: ${one.body}`);
const writes = () => server.exchanges().filter(({ method }) => method !== 'GET');

describe('the comment', () => {
  it('is made once and then updated', async () => {
    await serve();
    expect((await tell({ comment: 'first' })).comment?.how).toBe('created');
    expect((await tell({ comment: 'second' })).comment?.how).toBe('updated');
    expect(bodies()).toEqual([`${jobAuthor}: ${body('second')}`]);
  });

  it('is left as it is where it says the same', async () => {
    await serve();
    await tell({ comment: 'first' });
    expect((await tell({ comment: 'first' })).comment?.how).toBe('unchanged');
    expect(writes()).toHaveLength(1);
  });

  it("E03: is another one than a person's or another program's that holds our marker", async () => {
    await serve();
    server.addComment(7, 'mallory', body('all is well'));
    server.addComment(7, 'other-app[bot]', body('all is well'));
    server.addComment(7, jobAuthor, `quoting ${body('all is well')}`);
    const before = bodies();
    await tell({ comment: 'first' });
    await tell({ comment: 'second' });
    expect(bodies()).toEqual([...before, `${jobAuthor}: ${body('second')}`]);
  });

  it('is made anew where a person deleted it', async () => {
    await serve();
    const first = await tell({ comment: 'first' });
    server.deleteComment(first.comment?.id ?? 0);
    expect((await tell({ comment: 'second' })).comment?.how).toBe('created');
    expect(bodies()).toEqual([`${jobAuthor}: ${body('second')}`]);
  });

  it('is found on any page', async () => {
    await serve({ pageSize: 10 });
    for (let one = 0; one < 25; one += 1) server.addComment(7, 'ada', `remark ${one}`);
    await tell({ comment: 'first' });
    for (let one = 0; one < 25; one += 1) server.addComment(7, 'ada', `more ${one}`);
    expect((await tell({ comment: 'second' })).comment?.how).toBe('updated');
    expect(bodies()).toHaveLength(51);
  });

  it('of two jobs with two tags are two', async () => {
    await serve();
    const other = '<!-- backup-access-guard:mail -->';
    await Promise.all([tell({ comment: 'one' }), tell({ comment: 'two', marker: other })]);
    await Promise.all([tell({ comment: 'one again' }), tell({ comment: 'two again', marker: other })]);
    expect(bodies().toSorted()).toEqual([
      `${jobAuthor}: ${body('one again')}`,
      `${jobAuthor}: ${body('two again', other)}`,
    ]);
  });

  it('of two jobs with one tag that start at once is one too many at most, and the newest is kept up', async () => {
    await serve();
    await Promise.all([tell({ comment: 'one' }), tell({ comment: 'two' })]);
    const many = server.comments(7).length;
    expect(many).toBeLessThanOrEqual(2);
    const third = await tell({ comment: 'three' });
    expect(server.comments(7)).toHaveLength(many);
    expect(server.comments(7).at(-1)?.body).toBe(body('three'));
    expect(third.remarks).toHaveLength(many - 1);
  });

  it('is not made where there is nothing to say, but an old one is brought up to date', async () => {
    await serve();
    expect((await tell({ comment: 'nothing', onlyUpdate: true })).comment).toBeNull();
    expect(bodies()).toEqual([]);
    await tell({ comment: 'first' });
    expect((await tell({ comment: 'nothing', onlyUpdate: true })).comment?.how).toBe('updated');
    expect(bodies()).toEqual([`${jobAuthor}: ${body('nothing')}`]);
  });

  it('under a name that was not expected is said, as the next run would not know it again', async () => {
    await serve();
    const { remarks, comment } = await tell({ comment: 'first', author: 'our-app[bot]' });
    expect(comment?.how).toBe('created');
    expect(remarks).toEqual([
      'the comment was written as `github-actions[bot]`, not as `our-app[bot]`: the input `comment-author` must name it, else each run writes a new one',
    ]);
  });
});

describe('suggestions', () => {
  const posted = () => server.reviewComments(7).map(({ line, author }) => `${author} ${line}`);

  it('are posted in one review, not twice, and taken back when cured', async () => {
    await serve();
    expect((await tell({ suggestions: [suggestion(1), suggestion(2)] })).suggestions).toEqual({
      posted: 2,
      kept: 0,
      takenBack: 0,
    });
    expect(server.reviews(7)).toBe(1);
    expect((await tell({ suggestions: [suggestion(1), suggestion(2)] })).suggestions).toEqual({
      posted: 0,
      kept: 2,
      takenBack: 0,
    });
    expect((await tell({ suggestions: [suggestion(2)] })).suggestions).toEqual({ posted: 0, kept: 1, takenBack: 1 });
    expect(posted()).toEqual([`${jobAuthor} 2`]);
    expect(server.reviews(7)).toBe(1);
  });

  it('with another text take the place of the old ones', async () => {
    await serve();
    await tell({ suggestions: [suggestion(1, 'a')] });
    expect((await tell({ suggestions: [suggestion(1, 'b')] })).suggestions).toEqual({
      posted: 1,
      kept: 0,
      takenBack: 1,
    });
    expect(server.reviewComments(7).map((one) => one.body)).toEqual([suggestion(1, 'b').body]);
  });

  it('stay where not everything was judged: a finding that is gone is not cured', async () => {
    await serve();
    await tell({ suggestions: [suggestion(1), suggestion(2, 'a')] });
    const { suggestions } = await tell({ suggestions: [suggestion(2, 'b')], settled: false });
    expect(suggestions).toEqual({ posted: 1, kept: 0, takenBack: 1 });
    expect(server.reviewComments(7).map((one) => one.body)).toEqual([suggestion(1).body, suggestion(2, 'b').body]);
  });

  it('of people, other programs and other jobs are never touched', async () => {
    await serve();
    const review = {
      review: 1,
      pull: 7,
      path: 'policies/p.yaml',
      commit: openPull().headSha,
      startLine: null,
      line: 3,
    };
    server.addReviewComment({ ...review, author: 'mallory', body: suggestion(3).body });
    server.addReviewComment({ ...review, author: jobAuthor, body: suggestion(3, 'x', 'mail').body });
    server.addReviewComment({ ...review, author: jobAuthor, body: `${suggestion(3).body}\nquoted` });
    await tell({ suggestions: [] });
    expect(posted()).toEqual(['mallory 3', `${jobAuthor} 3`, `${jobAuthor} 3`]);
    expect(writes()).toEqual([]);
  });
});

test('a merge queue has no conversation: only the check run is written', async () => {
  await serve();
  const told = await tell({ pull: null, comment: 'first', checkRun: run, suggestions: [suggestion(1)] });
  expect(told).toMatchObject({ comment: null, suggestions: null, checkRun: { annotations: 0 }, notTold: [] });
  expect(server.exchanges()).toHaveLength(1);
});

test('E06: a check run carries all its annotations, fifty a request', async () => {
  await serve();
  const annotations = Array.from({ length: 120 }, (_, line) => ({
    ...{ path: 'policies/p.yaml', startLine: line + 1, endLine: line + 1, startColumn: 1, endColumn: 2 },
    ...({ level: 'warning', title: 't', message: 'm' } as const),
  }));
  const told = await tell({ checkRun: { ...run, annotations } });
  expect(told.checkRun?.annotations).toBe(120);
  expect(server.checkRuns().map((one) => [one.name, one.conclusion, one.annotations.length])).toEqual([
    ['Backup access', 'failure', 120],
  ]);
  expect(server.exchanges()).toHaveLength(3);
});
