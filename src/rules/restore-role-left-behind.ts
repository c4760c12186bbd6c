import { addDuration, countDays, type Duration, daysBetween, parseDuration } from '../core/duration.ts';
import type { AzureRoleAssignmentFact } from '../core/fact.ts';
import { isManagedIdentity } from '../core/identity-of.ts';
import type { Policy } from '../core/policy.ts';
import { type Complaint, defineRule, type RuleSettings } from '../core/rule.ts';
import { isElevation } from '../knowledge/elevation.ts';
import { isRestoreRole } from '../knowledge/restore-role.ts';

const graceOf = ({ restoreGrace }: RuleSettings): Duration => {
  const grace = parseDuration(restoreGrace);
  if (grace === null) throw new Error(`not a duration: ${restoreGrace}`);
  return grace;
};

const judge = (fact: AzureRoleAssignmentFact, policy: Policy, now: Date, grace: Duration): Complaint | null => {
  const created = fact.created === null ? null : new Date(fact.created);
  if (isElevation(policy, 'restore', fact.created, now)) return null;
  const name = `restore role \`${fact.subject}\` on \`${fact.scope}\``;
  const days = created === null ? null : daysBetween(created, now);
  const limit = daysBetween(created ?? now, addDuration(created ?? now, grace));
  const isOld = days !== null && days > limit;
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
      if (fact.orphaned || !isManagedIdentity(policy, fact.identity) || !isRestoreRole(fact, policy)) continue;
      const complaint = judge(fact, policy, now, grace);
      if (complaint !== null) yield complaint;
    }
  },
});
