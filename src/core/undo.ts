import type { Step } from './plan.ts';

/**
 * Why a step can't be taken back by this program, as a sentence without full stop; `null`: it can. What comes back has another
 * id and another date all the same.
 */
export const notUndoable = ({ change, target }: Pick<Step, 'change' | 'target'>): string | null => {
  if (change.action !== 'delete') return null;
  if (target.kind === 'delegated-grant' && target.consent === 'Principal')
    return 'a consent for one user goes, and only that user can give it again';
  if (change.before.kind === 'azure-role-assignment' && change.before.orphaned)
    return 'the role was held by something that is gone, and can be given to nobody';
  return null;
};
