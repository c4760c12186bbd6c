import { CallError } from '../core/call-error.ts';

const plainTag = /^[a-z0-9-]{1,40}$/;

const checkTag = (tag: string): string => {
  if (!plainTag.test(tag))
    throw new CallError('comment-tag takes 1 to 40 lower-case letters, digits and hyphens, nothing else');
  return tag;
};

/** First line of a comment, by which the job that wrote it finds it again. Throws `CallError` where the tag isn't plain. */
export const commentMarker = (tag: string): string => `<!-- backup-access-guard:${checkTag(tag)} -->`;

/** The same for what became of a merge: it stands beside the comment on what the merge would do, which stays as approved. */
export const applyMarker = (tag: string): string => `<!-- backup-access-guard-apply:${checkTag(tag)} -->`;
