import { json, type Reply } from './api-request.ts';
import { bodyOf, type GitHubCall, idIn, requiredText } from './github-call.ts';
import { commitExists } from './github-git.ts';
import { GitHubRefusal, notFoundOnGitHub } from './github-refusal.ts';
import { checkRunRow } from './github-rows.ts';
import type { StoredCheckRun } from './github-state.ts';
import { isJson, type Json, listOf, objectsOf, textOf } from './json.ts';

/** Limits of a check run (source: GitHub REST API, check runs; GitHub counts the bytes of a summary and of a text). */
const annotationsAtMost = 50;
const textAtMost = 65_535;
const messageAtMost = 64 * 1024;
const titleAtMost = 255;

const conclusions = ['action_required', 'cancelled', 'failure', 'neutral', 'success', 'skipped', 'stale', 'timed_out'];
const levels = ['notice', 'warning', 'failure'];

const invalid = (what: string): GitHubRefusal => new GitHubRefusal(422, `Invalid request.\n\n${what}`);

const checkAnnotation = (annotation: Json): Json => {
  const { path, start_line: start, end_line: end, annotation_level: level, message, title } = annotation;
  if (typeof path !== 'string' || path === '' || path.startsWith('/')) throw invalid('"path" is no path.');
  if (typeof start !== 'number' || typeof end !== 'number' || start < 1 || end < start)
    throw invalid('"start_line" and "end_line" are no lines.');
  if (!levels.includes(String(level))) throw invalid(`${String(level)} is not a member of ${levels.join(', ')}.`);
  if (typeof message !== 'string' || message === '') throw invalid('"message" wasn\'t supplied.');
  if (Buffer.byteLength(message) > messageAtMost) throw invalid('"message" exceeds 64 KB.');
  if (typeof title === 'string' && title.length > titleAtMost) throw invalid('"title" exceeds 255 characters.');
  if (('start_column' in annotation || 'end_column' in annotation) && start !== end)
    throw invalid('Columns are for annotations of one line.');
  return annotation;
};

type Output = Pick<StoredCheckRun, 'title' | 'summary' | 'text' | 'annotations'>;

/** `now` as GitHub writes it: in whole seconds. */
const moment = (call: GitHubCall): string => `${call.context.now().toISOString().slice(0, 19)}Z`;

const checkSize = (text: string): string => {
  const size = Buffer.byteLength(text);
  if (size > textAtMost) throw invalid(`Only ${textAtMost} characters are allowed; ${size} were supplied.`);
  return text;
};

const outputOf = (body: Json, title: 'required' | 'optional'): Output => {
  const output = body['output'];
  if (output === undefined) return { title: null, summary: null, text: null, annotations: [] };
  if (!isJson(output)) throw invalid('"output" is not an object.');
  if (title === 'required') requiredText(output, 'title');
  const summary = checkSize(requiredText(output, 'summary'));
  const text = checkSize(textOf(output, 'text'));
  const count = listOf(output, 'annotations').length;
  if (count > annotationsAtMost)
    throw invalid(`No more than ${annotationsAtMost} items are allowed; ${count} were supplied.`);
  const annotations = objectsOf(output, 'annotations').map(checkAnnotation);
  return { title: textOf(output, 'title') || null, summary, text: text || null, annotations };
};

const conclusionOf = (body: Json): string | null => {
  const { conclusion } = body;
  if (conclusion === undefined) return null;
  if (!conclusions.includes(String(conclusion)))
    throw invalid(`${String(conclusion)} is not a member of ${conclusions.join(', ')}.`);
  return String(conclusion);
};

/** `POST …/check-runs`. */
export const createCheckRun = async (call: GitHubCall): Promise<Reply> => {
  const { store, options } = call.context;
  const body = bodyOf(call);
  const headSha = requiredText(body, 'head_sha');
  if (!(await commitExists(options.git, headSha))) throw new GitHubRefusal(422, `No commit found for SHA: ${headSha}`);
  const conclusion = conclusionOf(body);
  const status = conclusion === null ? textOf(body, 'status') || 'queued' : 'completed';
  if (status === 'completed' && conclusion === null) throw invalid('"conclusion" wasn\'t supplied.');
  const name = requiredText(body, 'name');
  const at = moment(call);
  const run = {
    ...{ id: store.nextId(), name, headSha, status, conclusion, ...outputOf(body, 'required') },
    externalId: textOf(body, 'external_id'),
    app: /^(.+)\[bot\]$/.exec(call.token.author)?.[1] ?? null,
    startedAt: at,
    completedAt: status === 'completed' ? at : null,
  };
  store.checkRuns.set(run.id, run);
  return json(checkRunRow(call.context, run), 201);
};

/** `PATCH …/check-runs/{id}`: annotations are added to those that are there. */
export const updateCheckRun = (call: GitHubCall): Reply => {
  const { store } = call.context;
  const found = store.checkRuns.get(idIn(call, 0));
  if (found === undefined) throw notFoundOnGitHub();
  const body = bodyOf(call);
  const output = outputOf(body, 'optional');
  const conclusion = conclusionOf(body) ?? found.conclusion;
  const changed = {
    ...found,
    conclusion,
    status: conclusion === null ? found.status : 'completed',
    completedAt: found.completedAt ?? (conclusion === null ? null : moment(call)),
    externalId: textOf(body, 'external_id') || found.externalId,
    text: output.text ?? found.text,
    title: output.title ?? found.title,
    summary: output.summary ?? found.summary,
    annotations: [...found.annotations, ...output.annotations],
  };
  store.checkRuns.set(found.id, changed);
  return json(checkRunRow(call.context, changed));
};
