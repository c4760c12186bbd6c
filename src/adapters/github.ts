import { chunk } from '../core/chunk.ts';
import type { CheckAnnotation, GitHubFailure, GitHubPort } from '../core/github.ts';
import { ok } from '../core/result.ts';
import { objectOf } from '../core/wire.ts';
import { createGitHubRequests, type GitHubAccess } from './github-requests.ts';
import { changedFileOf, commentOf, numberOf, suggestionOf } from './github-rows.ts';
import { placeSuggestions } from './place-suggestions.ts';

/** What a workflow has to grant (source: docs.github.com, permissions required for GitHub Apps). */
const needs = { readPull: 'pull-requests: read', writePull: 'pull-requests: write', checks: 'checks: write' } as const;

/** Annotations in one request (source: GitHub REST API, check runs). */
const annotationsAtOnce = 50;

const wireAnnotation = (annotation: CheckAnnotation): Readonly<Record<string, unknown>> => {
  const { path, startLine, endLine, startColumn, endColumn, level, title, message } = annotation;
  const columns =
    startColumn === null || endColumn === null || startLine !== endLine
      ? {}
      : { start_column: startColumn, end_column: endColumn };
  return { path, start_line: startLine, end_line: endLine, ...columns, annotation_level: level, title, message };
};

/** The repository's pull requests and check runs. */
export const createGitHub = (access: GitHubAccess): GitHubPort => {
  const { ask, askAll } = createGitHubRequests(access);
  const idOf = (body: unknown): number => numberOf(objectOf(body, 'the answer'), 'id');
  return {
    listComments: (pull) =>
      askAll('GET /repos/{owner}/{repo}/issues/{pull}/comments', { pull }, needs.readPull, commentOf),
    createComment: (pull, body) =>
      ask('POST /repos/{owner}/{repo}/issues/{pull}/comments', { pull, body }, needs.writePull, commentOf),
    updateComment: (id, body) =>
      ask('PATCH /repos/{owner}/{repo}/issues/comments/{id}', { id, body }, needs.writePull, commentOf),
    createCheckRun: async (run) => {
      const [first = [], ...rest] = chunk(run.annotations.map(wireAnnotation), annotationsAtOnce);
      const { name, headSha: head_sha, conclusion, title, summary, text, externalId } = run;
      const output = { title, summary, ...(text === null ? {} : { text }) };
      const head = { name, head_sha, ...(externalId === null ? {} : { external_id: externalId }) };
      const whole = { ...head, status: 'completed', conclusion, output: { ...output, annotations: first } };
      const created = await ask('POST /repos/{owner}/{repo}/check-runs', whole, needs.checks, idOf);
      if (!created.ok) return created;
      const id = created.value;
      let annotations = first.length;
      let stopped: GitHubFailure | null = null;
      for (const batch of rest) {
        const more = { id, output: { ...output, annotations: batch } };
        const added = await ask('PATCH /repos/{owner}/{repo}/check-runs/{id}', more, needs.checks, idOf);
        if (!added.ok) {
          stopped = added.error;
          break;
        }
        annotations += batch.length;
      }
      return ok({ id, annotations, stopped });
    },
    listChangedFiles: (pull) =>
      askAll('GET /repos/{owner}/{repo}/pulls/{pull}/files', { pull }, needs.readPull, changedFileOf),
    listSuggestions: async (pull) => {
      const rows = await askAll(
        'GET /repos/{owner}/{repo}/pulls/{pull}/comments',
        { pull },
        needs.readPull,
        suggestionOf,
      );
      return rows.ok ? ok(rows.value.filter((row) => row !== null)) : rows;
    },
    createReview: async (pull, headSha, suggestions) => {
      const send = (comments: readonly Readonly<Record<string, unknown>>[]) =>
        ask(
          'POST /repos/{owner}/{repo}/pulls/{pull}/reviews',
          { pull, commit_id: headSha, event: 'COMMENT', body: '', comments },
          needs.writePull,
          () => null,
        );
      return placeSuggestions(suggestions, send);
    },
    deleteSuggestion: (id) =>
      ask('DELETE /repos/{owner}/{repo}/pulls/comments/{id}', { id }, needs.writePull, () => null),
  };
};
