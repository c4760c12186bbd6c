import type { AzureRoleEligibilityFact } from '../core/access-fact.ts';
import type { DirectoryRoleAssignmentFact } from '../core/fact.ts';
import { identityOf } from '../core/identity-of.ts';
import { defineRule } from '../core/rule.ts';

const isEligible = (fact: AzureRoleEligibilityFact | DirectoryRoleAssignmentFact): boolean =>
  fact.kind === 'azure-role-eligibility' || fact.eligible;

const nameOf = (fact: AzureRoleEligibilityFact | DirectoryRoleAssignmentFact): string =>
  fact.kind === 'azure-role-eligibility'
    ? `\`${fact.subject}\` on \`${fact.scope}\``
    : `directory role \`${fact.subject}\` ${fact.scope === '/' ? 'on the whole directory' : `on \`${fact.scope}\``}`;

/** See docs/rules/eligible-role-on-application.md */
export const eligibleRoleOnApplication = defineRule({
  id: 'eligible-role-on-application',
  summary: 'A role that has to be activated is meant for an application, which can activate nothing',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['azure-role-eligibility', 'directory-role-assignment'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    for (const fact of facts) {
      const identity = identityOf(policy, fact.identity);
      // What comes by a group is there for the people in it.
      if (!isEligible(fact) || fact.through !== undefined || identity === null || identity.type === 'user') continue;
      yield {
        at: fact,
        message: `${nameOf(fact)} has to be activated, which an application or managed identity cannot do: it never holds the role`,
        help: 'write the role without `eligible: true`; what is needed at times only, as a restore, goes under `elevations` of what is protected',
        evidence: { identityType: identity.type },
      };
    }
  },
});
