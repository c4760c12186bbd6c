import { json, type Reply } from './api-request.ts';
import { bodyOf, type GitHubCall, type GitHubContext, idIn, requiredText } from './github-call.ts';
import { commentText, pullIn } from './github-comments.ts';
import { type DiffFile, diffOf } from './github-diff.ts';
import type { StoredReview } from './github-gate-state.ts';
import { commitExists } from './github-git.ts';
import { pageReply } from './github-page.ts';
import { GitHubRefusal, notFoundOnGitHub } from './github-refusal.ts';
import { association, pullPage, repoUrl, reviewCommentRow, userRow } from './github-rows.ts';
import { type Json, objectsOf, textOf } from './json.ts';

const states: Readonly<Record<string, StoredReview['state']>> = {
  COMMENT: 'COMMENTED',
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
};

/** GitHub takes a review whole or not at all, and doesn't say which comment is at fault (source: recorded answers). */
const unprocessable = (why: string): GitHubRefusal => new GitHubRefusal(422, 'Unprocessable Entity', [why]);

/** Is the comment on lines that the diff shows? `files` is `null` where every line counts as shown. */
const place = (comment: Json, files: readonly DiffFile[] | null) => {
  const path = requiredText(comment, 'path');
  const body = commentText(requiredText(comment, 'body'), 'PullRequestReviewComment');
  const { line, start_line: start = null } = comment;
  if (typeof line !== 'number' || (start !== null && typeof start !== 'number'))
    throw unprocessable('Line could not be resolved');
  if (start !== null && start >= line)
    throw unprocessable('Pull request review thread start line must precede the end line.');
  const shown = files === null ? null : (files.find((file) => file.path === path)?.shown ?? 'none');
  if (shown === 'none') throw unprocessable('Path could not be resolved');
  const hunk = shown?.find(({ first, last }) => first <= line && line <= last);
  if (shown !== null && hunk === undefined) throw unprocessable('Line could not be resolved');
  if (hunk !== undefined && start !== null && start < hunk.first)
    throw unprocessable('Pull request review thread start line must be part of the same hunk as the line.');
  return { path, body, line, startLine: start };
};

const reviewRow = (context: GitHubContext, review: StoredReview): Json => {
  const { id, pull, author, state, body, commit, submittedAt } = review;
  const html = `${pullPage(context, pull)}#pullrequestreview-${id}`;
  const pullUrl = `${repoUrl(context)}/pulls/${pull}`;
  return {
    id,
    node_id: Buffer.from(`PRR${id}`).toString('base64url'),
    user: author === null ? null : userRow(context, author),
    body,
    state,
    html_url: html,
    pull_request_url: pullUrl,
    author_association: author === null ? 'NONE' : association(author),
    _links: { html: { href: html }, pull_request: { href: pullUrl } },
    ...(submittedAt === null ? {} : { submitted_at: submittedAt }),
    commit_id: commit,
  };
};

/** `POST …/pulls/{number}/reviews`. */
export const createReview = async (call: GitHubCall): Promise<Reply> => {
  const { context, token } = call;
  const { store, options } = context;
  const pull = pullIn(call, 0);
  const sent = bodyOf(call);
  const state = states[textOf(sent, 'event')];
  if (state === undefined) throw unprocessable('event must be one of APPROVE, REQUEST_CHANGES or COMMENT');
  const commit = textOf(sent, 'commit_id') || pull.headSha;
  if (!(await commitExists(options.git, commit))) throw unprocessable('Commit could not be resolved');
  const files = options.git === undefined ? null : await diffOf(options.git, { ...pull, headSha: commit });
  const comments = objectsOf(sent, 'comments').map((comment) => place(comment, files));
  const body = textOf(sent, 'body');
  if (body === '' && comments.length === 0 && state !== 'APPROVED') throw unprocessable("Body can't be blank");
  const review = store.nextId();
  const submittedAt = `${context.now().toISOString().slice(0, 19)}Z`;
  const stored = { id: review, pull: pull.number, author: token.author, state, body, commit, submittedAt };
  store.gate.reviews.set(review, stored);
  for (const comment of comments)
    store.addReviewComment({ ...comment, review, pull: pull.number, author: token.author, commit });
  return json(reviewRow(context, stored));
};

/** `GET …/pulls/{number}/reviews`, oldest first. */
export const listReviews = (call: GitHubCall): Reply => {
  const { number } = pullIn(call, 0);
  const all = [...call.context.store.gate.reviews.values()].filter(({ pull }) => pull === number);
  return pageReply(call, all, (review) => reviewRow(call.context, review));
};

/** `GET …/pulls/{number}/comments`, oldest first. */
export const listReviewComments = (call: GitHubCall): Reply => {
  const { number } = pullIn(call, 0);
  const all = [...call.context.store.reviewComments.values()].filter(({ pull }) => pull === number);
  return pageReply(call, all, (comment) => reviewCommentRow(call.context, comment));
};

/** `DELETE …/pulls/comments/{id}`. */
export const deleteReviewComment = (call: GitHubCall): Reply => {
  if (!call.context.store.reviewComments.delete(idIn(call, 0))) throw notFoundOnGitHub();
  return { status: 204 };
};
