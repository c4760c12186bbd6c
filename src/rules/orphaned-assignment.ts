import { defineRule } from '../core/rule.ts';

/** See docs/rules/orphaned-assignment.md */
export const orphanedAssignment = defineRule({
  id: 'orphaned-assignment',
  summary: 'An Azure role is held by an identity that no longer exists',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['azure-role-assignment'],
  since: '0.1.0',
  *check({ facts }) {
    for (const fact of facts) {
      if (!fact.orphaned) continue;
      yield {
        at: fact,
        message: `\`${fact.subject}\` on \`${fact.scope}\` is held by principal \`${fact.principal ?? 'unknown'}\`, which no longer exists`,
        help: 'delete the assignment; if the identity was recreated, assign the role to the new one, since ids are never used again',
        evidence: { principal: fact.principal, assignment: fact.assignmentId },
      };
    }
  },
});
