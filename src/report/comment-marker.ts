import { CallError } from '../core/call-error.ts';

const plainTag = /^[a-z0-9-]{1,40}$/;

/** First line of a comment, by which the job that wrote it finds it again. Throws `CallError` where the tag isn't plain. */
export const commentMarker = (tag: string): string => {
  if (!plainTag.test(tag))
    throw new CallError('comment-tag takes 1 to 40 lower-case letters, digits and hyphens, nothing else');
  return `<!-- backup-access-guard:${tag} -->`;
};
