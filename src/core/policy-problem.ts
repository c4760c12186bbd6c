import type { Diagnostic, Place } from './diagnostic.ts';
import type { Policy } from './policy.ts';

/** A mistake in a policy that shows only after parsing, at the line that makes it. */
export const policyProblem = (
  policy: Policy,
  place: Place,
  said: Pick<Diagnostic, 'code' | 'message' | 'help' | 'subject'>,
): Diagnostic => ({ ...said, policy: policy.name, place, source: policy.lines[place.line - 1] ?? '' });
