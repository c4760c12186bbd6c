import type { Finding } from '../core/finding.ts';
import type { CommentPage } from './comment-page.ts';

/** The rule that says what a declared operation lacks. */
export const backupRule = 'missing-for-workload';

/** How many stand in the box above everything; the rest stands with the other findings. */
const boxed = 6;

/** Backups and other operations that lack a grant after the merge, those that worked before first, then worst first. */
export const brokenBackups = (page: CommentPage): readonly Finding[] => {
  const broken = page.groups.toFix.filter(({ rule }) => rule === backupRule);
  return [...broken.filter((one) => !page.stoodBefore(one)), ...broken.filter(page.stoodBefore)];
};

/** Those of them that are told in the box. */
export const boxedBackups = (page: CommentPage): readonly Finding[] => brokenBackups(page).slice(0, boxed);

/** The first that worked with the base branch's policies and would fail after the merge. */
export const newlyBroken = (page: CommentPage): Finding | undefined =>
  brokenBackups(page).find((finding) => !page.stoodBefore(finding));
