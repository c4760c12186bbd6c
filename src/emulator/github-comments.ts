import { json, type Reply } from './api-request.ts';
import { bodyOf, type GitHubCall, idIn, requiredText } from './github-call.ts';
import { pageReply } from './github-page.ts';
import { invalidField, notFoundOnGitHub } from './github-refusal.ts';
import { commentRow } from './github-rows.ts';
import type { GitHubPull } from './github-state.ts';

/** The most characters of a comment (source: recorded answers). */
const charactersAtMost = 65_536;

/** The pull request of a path, or 404. */
export const pullIn = (call: GitHubCall, index: number): GitHubPull => {
  const pull = call.context.store.pulls.get(idIn(call, index));
  if (pull === undefined) throw notFoundOnGitHub();
  return pull;
};

/** A comment's text that GitHub would take. */
export const commentText = (text: string, resource: string): string => {
  if (text.trim() === '') throw invalidField(resource, 'data', "Body can't be blank");
  if (text.length > charactersAtMost)
    throw invalidField(resource, 'data', `Body is too long (maximum is ${charactersAtMost} characters)`);
  return text;
};

/** `GET …/issues/{number}/comments`, oldest first. */
export const listComments = (call: GitHubCall): Reply => {
  const { number } = pullIn(call, 0);
  const all = [...call.context.store.comments.values()].filter(({ pull }) => pull === number);
  return pageReply(call, all, (comment) => commentRow(call.context, comment));
};

/** `POST …/issues/{number}/comments`. */
export const createComment = (call: GitHubCall): Reply => {
  const { number } = pullIn(call, 0);
  const body = commentText(requiredText(bodyOf(call), 'body'), 'IssueComment');
  return json(commentRow(call.context, call.context.store.addComment(number, call.token.author, body)), 201);
};

/** `PATCH …/issues/comments/{id}`. */
export const updateComment = (call: GitHubCall): Reply => {
  const { store, now } = call.context;
  const found = store.comments.get(idIn(call, 0));
  if (found === undefined) throw notFoundOnGitHub();
  const body = commentText(requiredText(bodyOf(call), 'body'), 'IssueComment');
  const changed = { ...found, body, updatedAt: `${now().toISOString().slice(0, 19)}Z` };
  store.comments.set(found.id, changed);
  return json(commentRow(call.context, changed));
};
