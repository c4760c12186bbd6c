import type { ChangedFile, CheckRun, GitHubFailure, GitHubPort, PostedComment, Suggestion } from '../core/github.ts';
import type { NotTold, Published } from '../core/published.ts';
import { publishSuggestions } from './publish-suggestions.ts';

/** What is to be told on GitHub; `null` for what isn't. */
export interface Publication {
  /** `null`: there is no pull request, as in a merge queue: only the check run can be written. */
  readonly pull: number | null;
  readonly headSha: string;
  /** Login that the job's token writes under; whatever others wrote is left alone, whatever it holds. */
  readonly author: string;
  /** A comment is ours by its author and by this marker at its start. */
  readonly comment: {
    readonly marker: string;
    readonly body: string;
    /** Nothing is said that deserves a comment of its own: one of before is brought up to date. */
    readonly onlyUpdate: boolean;
  } | null;
  readonly checkRun: CheckRun | null;
  readonly suggestions: {
    /** Start of the last line of our suggestions. */
    readonly marker: string;
    /** Was everything judged? Else a finding that is gone isn't cured. */
    readonly settled: boolean;
    readonly of: (changed: readonly ChangedFile[]) => readonly Suggestion[];
  } | null;
}

/** Tells GitHub all that is to be told. Each part stands for itself: nothing throws, nothing stops the others. */
export const publish = async (port: GitHubPort, publication: Publication): Promise<Published> => {
  const { pull, headSha, author, comment, checkRun, suggestions } = publication;
  const remarks: string[] = [];
  const notTold: NotTold[] = [];
  const log: PublishLog = {
    remark: (words) => remarks.push(words),
    fail: (what, { reason, needs, detail, request }) =>
      notTold.push({ what, reason, needs, detail: `${request}: ${detail}` }),
  };
  const attempt = async <T>(what: NotTold['what'], part: (() => Promise<T | null>) | null): Promise<T | null> => {
    if (part === null) return null;
    try {
      return await part();
    } catch (error) {
      notTold.push({ what, reason: 'broken', needs: '', detail: error instanceof Error ? error.message : 'unknown' });
      return null;
    }
  };
  // One after the other, as GitHub asks of programs that write.
  return {
    comment: await attempt(
      'comment',
      pull === null || comment === null ? null : () => publishComment(port, { pull, author, ...comment }, log),
    ),
    checkRun: await attempt('check run', checkRun === null ? null : () => publishCheckRun(port, checkRun, log)),
    suggestions: await attempt(
      'suggestions',
      pull === null || suggestions === null
        ? null
        : () => publishSuggestions(port, { pull, headSha, author, ...suggestions }, log),
    ),
    remarks,
    notTold,
  };
};

/** Where the parts say what went otherwise. */
export interface PublishLog {
  readonly remark: (words: string) => void;
  readonly fail: (what: NotTold['what'], failure: GitHubFailure) => void;
}

interface CommentToPublish {
  readonly pull: number;
  readonly author: string;
  readonly marker: string;
  readonly body: string;
  readonly onlyUpdate: boolean;
}

const publishComment = async (
  port: GitHubPort,
  { pull, author, marker, body, onlyUpdate }: CommentToPublish,
  log: PublishLog,
): Promise<Published['comment']> => {
  const listed = await port.listComments(pull);
  if (!listed.ok) return failed(log, 'comment', listed.error);
  const own = listed.value
    .filter((one) => one.author === author && one.body.startsWith(marker))
    .toSorted((a, b) => b.id - a.id);
  const [newest, ...older] = own;
  if (older.length > 0)
    log.remark(`${older.length} older ${older.length === 1 ? 'comment' : 'comments'} of this job left as before`);
  if (newest === undefined) return onlyUpdate ? null : create(port, { pull, author, body }, log);
  if (sameText(newest.body, body)) return { id: newest.id, how: 'unchanged' };
  const updated = await port.updateComment(newest.id, body);
  if (updated.ok) return { id: newest.id, how: 'updated' };
  // Somebody deleted it in the meantime.
  if (updated.error.reason === 'not-found' && !onlyUpdate) return create(port, { pull, author, body }, log);
  return failed(log, 'comment', updated.error);
};

const create = async (
  port: GitHubPort,
  { pull, author, body }: Pick<CommentToPublish, 'pull' | 'author' | 'body'>,
  log: PublishLog,
): Promise<Published['comment']> => {
  const created = await port.createComment(pull, body);
  if (!created.ok) return failed(log, 'comment', created.error);
  sayAuthor(created.value, author, log);
  return { id: created.value.id, how: 'created' };
};

const sayAuthor = (created: PostedComment, author: string, log: PublishLog): void => {
  if (created.author === author) return;
  log.remark(
    `the comment was written as \`${created.author}\`, not as \`${author}\`: the input \`comment-author\` must name it, else each run writes a new one`,
  );
};

const publishCheckRun = async (port: GitHubPort, run: CheckRun, log: PublishLog): Promise<Published['checkRun']> => {
  const created = await port.createCheckRun(run);
  if (!created.ok) return failed(log, 'check run', created.error);
  const { id, annotations, stopped } = created.value;
  if (stopped !== null) log.fail('check run', stopped);
  return { id, annotations };
};

const failed = (log: PublishLog, what: NotTold['what'], failure: GitHubFailure): null => {
  log.fail(what, failure);
  return null;
};

/** GitHub may keep a text with other line ends than it was given. */
const sameText = (a: string, b: string): boolean => a.replace(/\r\n/g, '\n').trim() === b.replace(/\r\n/g, '\n').trim();
