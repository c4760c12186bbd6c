import type { DirectoryRoleAssignmentFact } from '../core/fact.ts';
import { type Complaint, defineRule } from '../core/rule.ts';
import { findDirectoryRole } from '../knowledge/directory-roles.ts';
import { escalatingDirectoryRole } from '../knowledge/escalating-directory-role.ts';

const judge = (fact: DirectoryRoleAssignmentFact): Complaint | null => {
  const role = findDirectoryRole(fact.role);
  // What needs no further step is told by `self-escalation`.
  if (role?.sensitivity !== 'tier0' || escalatingDirectoryRole(fact) !== null) return null;
  const isWhole = fact.scope === '/';
  const where = isWhole ? 'on the whole directory' : `on \`${fact.scope}\``;
  return {
    at: fact,
    severity: isWhole ? 'critical' : 'medium',
    confidence: isWhole ? 'certain' : 'likely',
    message: `directory role \`${fact.subject}\` ${where} is tier 0: ${role.reach === null ? 'it reaches control of the tenant' : `it ${role.reach}`}`,
    help: 'remove it: Microsoft 365 is backed up with application permissions and Exchange roles, and set-up is done by a person with a role that is activated for it',
    evidence: { scope: fact.scope, reach: role.reach },
  };
};

/** See docs/rules/tier0-directory-role.md */
export const tier0DirectoryRole = defineRule({
  id: 'tier0-directory-role',
  summary: 'A backup identity holds a directory role that reaches control of the tenant',
  severity: 'critical',
  confidence: 'certain',
  kinds: ['directory-role-assignment'],
  since: '0.1.0',
  *check({ facts }) {
    for (const fact of facts) {
      // What has to be activated first is told by `eligible-privileged-role`.
      const complaint = fact.eligible ? null : judge(fact);
      if (complaint !== null) yield complaint;
    }
  },
});
