import { addDuration, countDays, type Duration, daysBetween, parseDuration } from '../core/duration.ts';
import type { AzureRoleAssignmentFact } from '../core/fact.ts';
import { isManagedIdentity } from '../core/identity-of.ts';
import type { Policy } from '../core/policy.ts';
import { type Complaint, defineRule, type RuleSettings } from '../core/rule.ts';
import { scopeContains } from '../core/scope.ts';
import { leastUses } from '../knowledge/least-roles.ts';

/** Does the role stand where the policy restores to, and not where it backs up from or keeps anything? */
const isAtTargetOnly = (scope: string, { protects }: Policy): boolean => {
  const purposes = new Set(
    protects.flatMap(({ scopes }) =>
      scopes
        .filter((one) => scopeContains(one.scope, scope) || scopeContains(scope, one.scope))
        .map((one) => one.purpose),
    ),
  );
  return purposes.size === 1 && purposes.has('target');
};

/** Is restoring all that the role does there? By the role alone, or by where it stands. */
const isForRestore = (fact: AzureRoleAssignmentFact, policy: Policy): boolean => {
  const uses = leastUses(fact.role).filter(({ holder }) => holder !== 'cluster' && holder !== 'extension');
  if (uses.length === 0) return false;
  if (uses.every(({ operation }) => operation === 'restore')) return true;
  return (
    uses.some(({ operation, at }) => operation === 'restore' && at === 'target') && isAtTargetOnly(fact.scope, policy)
  );
};

/** The longest elevation to restore that the policy knows: a role that young may be one. */
const isElevation = ({ protects }: Policy, created: Date, now: Date): boolean =>
  protects
    .flatMap(({ elevations }) => elevations)
    .some(({ operation, maxDuration }) => {
      const duration = parseDuration(maxDuration);
      return operation === 'restore' && duration !== null && addDuration(created, duration) >= now;
    });

const graceOf = ({ restoreGrace }: RuleSettings): Duration => {
  const grace = parseDuration(restoreGrace);
  if (grace === null) throw new Error(`not a duration: ${restoreGrace}`);
  return grace;
};

const judge = (fact: AzureRoleAssignmentFact, policy: Policy, now: Date, grace: Duration): Complaint | null => {
  const created = fact.created === null ? null : new Date(fact.created);
  if (created !== null && isElevation(policy, created, now)) return null;
  const name = `restore role \`${fact.subject}\` on \`${fact.scope}\``;
  const isOld = created !== null && addDuration(created, grace) < now;
  const days = created === null ? null : daysBetween(created, now);
  const limit = daysBetween(created ?? now, addDuration(created ?? now, grace));
  const since =
    days === null || created === null
      ? 'stands at all times; a restore needs it for its own length only'
      : `has stood for ${countDays(days)}, since ${created.toISOString().slice(0, 10)}; ${isOld ? 'a restore is long over' : 'it counts as left behind'} after ${countDays(limit)} (\`${grace.text}\`)`;
  return {
    at: fact,
    severity: isOld ? 'high' : 'medium',
    message: `${name} ${since}`,
    help: 'remove it, and grant it for the hours of a restore: declare `elevations: [{ operation: restore, maxDuration: PT8H }]`',
    evidence: { created: fact.created, days, graceDays: limit },
  };
};

/** See docs/rules/restore-role-left-behind.md */
export const restoreRoleLeftBehind = defineRule({
  id: 'restore-role-left-behind',
  summary: 'A managed identity keeps a role that only restores need',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['azure-role-assignment'],
  since: '0.1.0',
  *check({ facts, policy: { policy }, now, settings }) {
    const grace = graceOf(settings);
    for (const fact of facts) {
      if (fact.orphaned || !isManagedIdentity(policy, fact.identity) || !isForRestore(fact, policy)) continue;
      const complaint = judge(fact, policy, now, grace);
      if (complaint !== null) yield complaint;
    }
  },
});
