import { type Change, changedFact } from '../core/change.ts';
import type { Fact } from '../core/fact.ts';
import { severities } from '../core/rule.ts';
import { grantSeverity } from '../knowledge/grant-severity.ts';

/** The same for the same change, whichever policy it comes from. */
export const changeId = (change: Change): string => `${change.action} ${changedFact(change).key}`;

const rankOf = (fact: Fact): number =>
  fact.kind === 'app-role-assignment' || fact.kind === 'azure-role-assignment' || fact.kind === 'delegated-grant'
    ? severities.indexOf(grantSeverity(fact, new Map()))
    : severities.length;

// Stryker disable next-line EqualityOperator: no two changes have one id
const byText = (a: string, b: string): number => (a < b ? -1 : 1);

/**
 * Changes that take something away, or may, once each: what does most harm comes first, so that where one of two has to
 * stay, it is the lesser; then by key.
 */
export const takingsIn = (changes: readonly Change[]): readonly Change[] => {
  const takings = changes.filter(({ action }) => action !== 'create');
  return [...new Map(takings.map((change) => [changeId(change), change])).values()]
    .map((change) => ({ change, rank: rankOf(change.before ?? changedFact(change)), id: changeId(change) }))
    .sort((a, b) => a.rank - b.rank || byText(a.id, b.id))
    .map(({ change }) => change);
};
