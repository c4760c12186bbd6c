import { isExpiredException } from '../core/exception-expiry.ts';
import type { PolicyException } from '../core/policy.ts';
import type { ResolvedPolicy } from '../core/resolved-policy.ts';
import { type Complaint, defineRule } from '../core/rule.ts';

/**
 * Its `check` says nothing: whether an exception matched is known only when every other rule has spoken, so the judge
 * calls `unusedExceptions` last and reports the answer under this rule. See docs/rules/unused-exception.md
 */
export const unusedException = defineRule({
  id: 'unused-exception',
  summary: 'An exception in the policy excuses nothing',
  severity: 'low',
  confidence: 'certain',
  kinds: [],
  since: '0.1.0',
  check: () => [],
});

/**
 * A complaint for each exception that no finding used. Expired ones are left to `expired-exception`; the judge also
 * counts as used those whose rule could not be judged.
 */
export const unusedExceptions = (
  { policy }: ResolvedPolicy,
  used: ReadonlySet<PolicyException>,
  now: Date,
): readonly Complaint[] => {
  const [first] = policy.identities;
  if (first === undefined) return [];
  return policy.exceptions
    .filter((exception) => !used.has(exception) && !isExpiredException(exception, now))
    .map((exception) => ({
      at: null,
      about: { identity: first.id, subject: exception.rule, key: exception.subject, place: exception.place },
      message: `the exception to \`${exception.rule}\` for \`${exception.subject}\` matches no finding`,
      help: 'delete it, or correct its rule or subject to those of the finding it was written for',
      evidence: { excepted: exception.subject, expires: exception.expires },
      remedy: { type: 'remove' },
    }));
};
