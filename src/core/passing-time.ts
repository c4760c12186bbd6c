import type { Finding } from './finding.ts';
import type { PolicyException } from './policy.ts';
import { sameText } from './same-text.ts';

/** Rules whose complaints come by the passing of time alone, though nobody changes anything. The list is closed. */
export const rulesOfTime: ReadonlySet<string> = new Set([
  'expired-credential',
  'expired-exception',
  'no-credential-overlap',
  'retired-api',
  'review-overdue',
  'secret-age',
  'unused-credential',
  'unused-identity',
]);

/** Did the exception accept the finding until its day came? */
export const wasAccepted = (finding: Finding, { rule, subject, identity }: PolicyException): boolean =>
  rule === finding.rule &&
  sameText(subject, finding.subject) &&
  (identity === null || sameText(identity, finding.identity));
