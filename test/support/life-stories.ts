import type { Command, Edit } from './life-commands.ts';
import * as does from './life-commands.ts';
import { atoms, forbidden, type Who } from './life-model.ts';

const none = { is: 'none' } as const;
const all = (asks: readonly string[], who: Who = 'backup'): Edit => ({
  do: 'ask',
  who,
  asks,
  enforcement: 'authoritative',
});
const [mail, calendars, contacts, user, scope, disks, reader] = atoms;
const ship = (what: Edit) => does.ship(what, 'squash', null, none);
/** A change that is ready to be merged, but for its approval. */
const proposed = (what: Edit) => [does.edit(what, 'ada'), does.check(none)];
const approved = (what: Edit) => [...proposed(what), approve('grace')];
const approve = (by: string) => does.review(by, 'APPROVED', false);
const merged = does.merge('merge');
const apply = does.run(none, [null]);
const drifts = (...of: readonly string[]) => of.map((one) => does.drift('backup', one));
const swapped = all([calendars, user, disks]);

/** Lives that lead to where a promise could break: each has to end as the model says. */
export const stories: Readonly<Record<string, readonly Command[]>> = {
  'somebody grants more by hand after the approval': [
    ...approved(all([calendars])),
    merged,
    ...drifts(contacts),
    apply,
  ],
  'somebody approves whom nobody named': [...proposed(all([])), approve('mallory'), merged, apply],
  'the author approves': [
    ...[ship({ do: 'name', approvers: ['ada', 'grace'] }), ...proposed(all([])), approve('ada')],
    ...[does.merge('rebase'), apply],
  ],
  'a change names its own approver': [
    ...[does.edit({ do: 'name', approvers: ['mallory'] }, 'ada'), ...proposed(all([])), approve('mallory')],
    ...[merged, apply],
  ],
  'a push follows the approval': [...approved(all([mail])), ...proposed(all([])), merged, apply],
  'an approver asks for changes': [
    ...[...approved(all([])), does.review('heidi', 'CHANGES_REQUESTED', false), merged, apply],
  ],
  'an approval is taken back after the merge': [
    ...[...approved(all([])), merged, does.review('grace', 'DISMISSED', true), apply],
  ],
  'an approver goes': [...approved(all([])), merged, does.employ('grace', false), apply],
  'an approval grows old': [...approved(all([])), merged, does.later(8), apply],
  'it is merged elsewhere': [...approved(all([])), does.retarget(), does.merge('squash'), apply],
  'somebody pushes by hand': [does.pushByHand(all([])), apply],
  'not all can be read': [
    ...[...drifts(disks), ...approved(all([calendars])), merged, does.run({ is: 'unread' }, [null]), apply],
  ],
  'everything is replaced': [...drifts(scope, reader), ship(swapped), apply],
  'a policy is about those who are not to be touched': [ship(all([], 'glass')), ship(all([mail], 'self'))],
  'a policy asks for what is never granted': [ship(all([...forbidden, mail, contacts]))],
  'two jobs run at once': [...approved(all([calendars, user])), merged, does.run(none, [null, null])],
  'a job dies before it ends, and runs again': [
    ...[...approved(swapped), merged, does.run(none, [{ by: 'death', at: 30 }]), does.rerun(), does.rerun()],
  ],
  'a job is asked to end, and runs again': [
    ...[...approved(swapped), merged, does.run(none, [{ by: 'signal', at: 30 }]), does.rerun()],
  ],
  'an answer is lost': [
    ...[...approved(swapped), merged, does.run({ is: 'lost', method: 'PUT', after: 0 }, [null]), does.rerun()],
  ],
  'a request never arrives': [
    ...[...approved(swapped), merged, does.run({ is: 'cut', method: 'POST', after: 1 }, [null]), does.rerun()],
  ],
  'changes take away more than the brake lets pass, one after the other': [
    ...[...drifts(calendars, contacts), ship(all([])), ...drifts(user, reader), ship(all([disks]))],
    ...[does.later(8), ship(all([]))],
  ],
  'files move, are emptied and go': [
    ...[...drifts(scope, reader), ship({ do: 'empty' }), ship({ do: 'mend' })],
    ...[ship({ do: 'rename', who: 'backup' }), ...drifts(calendars), ship({ do: 'delete', who: 'backup' })],
  ],
};
