import { changedFact } from '../core/change.ts';
import type { Step } from '../core/plan.ts';
import type { CommentPage } from './comment-page.ts';
import { clip } from './inert.ts';
import { code, type Markdown, md } from './markdown-text.ts';
import { nameDifferences, nameId, placeOf } from './name-things.ts';
import { kindWords } from './words.ts';

/** The steps that undo a plan, in words: what was revoked comes back before what was granted goes. */
export const rollbackSteps = (page: CommentPage): readonly Markdown[] =>
  page.report.plan.steps.toReversed().map((step) => undo(page, step));

const undo = (page: CommentPage, { change }: Step): Markdown => {
  const fact = changedFact(change);
  const at = placeOf(fact);
  const what = md`${kindWords[fact.kind].one} ${code(clip(nameId(fact.subject), 120))}${at === '' ? '' : ` on ${at}`}`;
  const whose = clip(page.who(fact.identity), 120);
  if (change.action === 'create') return md`revoke ${what} from ${whose}`;
  if (change.action === 'delete') return md`grant ${what} to ${whose} again`;
  const back = nameDifferences({ ...change, before: change.after, after: change.before });
  const told = back.length === 0 ? 'as it was' : clip(back.join(', '), 300);
  return md`set ${what} of ${whose} back: ${told}`;
};
