import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/adapters/hash.ts';
import type { GateEvidence } from '../../src/core/gate-evidence.ts';
import { err } from '../../src/core/result.ts';
import { shownPlan } from '../../src/guard/shown-plan.ts';
import { ofPull, two, whyClosed, withPlans } from '../support/gate-judge.ts';
import { at, checkName, planOf, question, review, shaOf, storedPlan } from '../support/gate-world.ts';

describe('the plan that was shown', () => {
  const unusable = `plan-unknown: what the check run \`${checkName}\` kept of its plan can't be used`;
  const missing = `plan-unknown: no check run \`${checkName}\` was there before \`bob\` approved`;
  it.each<readonly [string, GateEvidence, readonly string[]]>([
    ['none', withPlans(), [missing]],
    ['of another app', withPlans(storedPlan({ app: 'evil' })), [missing]],
    ['of no app', withPlans(storedPlan({ app: null })), [missing]],
    ['by another name', withPlans(storedPlan({ name: 'x' })), [missing]],
    ['of another commit', withPlans(storedPlan({ head: shaOf('c') })), [missing]],
    ['after the approval', withPlans(storedPlan({ completedAt: at('09:01') })), [missing]],
    ['in the second of the approval', withPlans(storedPlan({ completedAt: at('09:00') })), [missing]],
    ['not completed', withPlans(storedPlan({ completedAt: null })), [missing]],
    [
      'newest without a text',
      withPlans(storedPlan(), storedPlan({ id: 2, text: null })),
      [`${unusable}: it holds none`],
    ],
    ['cut', withPlans(storedPlan({ text: 'A merge may' })), [`${unusable}: it does not begin as such a text does`]],
    [
      'of two digests',
      withPlans(storedPlan({ externalId: planOf('2').digest })),
      [`${unusable}: it names two digests`],
    ],
    ['of no digest beside it', withPlans(storedPlan({ externalId: '' })), [`${unusable}: it names two digests`]],
  ])('%s', (_, known, found) => {
    expect(whyClosed(question(), known)).toEqual(found);
  });

  it('is none where two ended in the same second and differ', () => {
    expect(whyClosed(question(), withPlans(storedPlan({ id: 2 }), storedPlan({ id: 1 }, planOf('2'))))).toEqual([
      'plans-differ: it is not one plan that was shown to those who approved: the check ran again, and found another',
    ]);
  });

  it('is the newest before the approval, whatever was shown before', () => {
    const older = storedPlan({ id: 2, completedAt: at('08:20') }, planOf('2'));
    expect(whyClosed(question(), withPlans(older, storedPlan()))).toEqual([]);
    expect(whyClosed(question(), withPlans(storedPlan(), older))).toEqual([]);
  });

  it('is none where nobody approved', () => {
    expect(shownPlan([], [storedPlan()], { checkName, head: shaOf('a'), hash: sha256 })).toEqual(
      err({
        code: 'plan-unknown',
        why: 'nobody approved, so no plan was shown to anybody',
        wayForward:
          'run the check of the pull request again and approve its plan, or open a pull request that touches the policies',
      }),
    );
  });

  it('is one for all who approved', () => {
    const reviews = [review('bob'), review('cyd', { submittedAt: at('09:30') })];
    const plans = [storedPlan(), storedPlan({ id: 2, completedAt: at('09:15') }, planOf('2'))];
    expect(whyClosed(question(two), ofPull({}, { reviews, plans }))).toEqual([
      'plans-differ: it is not one plan that was shown to those who approved: the check ran again, and found another',
    ]);
  });
});
