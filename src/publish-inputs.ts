import { UsageError } from './options.ts';
import { commentMarker } from './report/comment-marker.ts';

/** Inputs of the action that say what is told on GitHub. */
export const publishInputs = [
  'github-token',
  'comment',
  'comment-tag',
  'comment-author',
  'check-run',
  'suggestions',
] as const;

/** What is told on GitHub, and as whom. */
export interface PublishSettings {
  /** Empty: nothing is told. */
  readonly token: string;
  readonly comment: boolean;
  readonly tag: string;
  /** Login that the token writes under. */
  readonly author: string;
  readonly checkRun: boolean;
  readonly suggestions: boolean;
}

const defaultTag = 'default';
/** Who a job's own token writes as (source: docs.github.com, automatic token authentication). */
const defaultAuthor = 'github-actions[bot]';
const login = /^[\w.-]{1,100}(\[bot\])?$/;

/** Reads the inputs that say what is told on GitHub. Throws `UsageError`. */
export const parsePublishInputs = (input: (name: string) => string): PublishSettings => {
  const isOn = (name: (typeof publishInputs)[number]): boolean => {
    const text = input(name).trim();
    if (text !== '' && text !== 'true' && text !== 'false')
      throw new UsageError(`${name} takes true or false, not \`${text}\``);
    return text !== 'false';
  };
  const tag = input('comment-tag').trim() || defaultTag;
  // Throws where it isn't plain: it stands in comments, by which they are found again.
  commentMarker(tag);
  const author = input('comment-author').trim() || defaultAuthor;
  if (!login.test(author)) throw new UsageError(`comment-author takes a login, not \`${author}\``);
  return {
    token: input('github-token').trim(),
    comment: isOn('comment'),
    tag,
    author,
    checkRun: isOn('check-run'),
    suggestions: isOn('suggestions'),
  };
};

/** Name of the check run; jobs with tags of their own have check runs of their own. */
export const checkRunName = ({ tag }: PublishSettings): string =>
  tag === defaultTag ? 'Backup access' : `Backup access (${tag})`;
