import type { Fact } from '../core/fact.ts';
import { placeOfIdentity } from '../core/identity-of.ts';
import { defineRule } from '../core/rule.ts';

const isGrant = (fact: Fact): boolean =>
  fact.kind === 'app-role-assignment' ||
  fact.kind === 'delegated-grant' ||
  (fact.kind === 'directory-role-assignment' && !fact.eligible) ||
  (fact.kind === 'azure-role-assignment' && !fact.orphaned);

/** See docs/rules/disabled-identity-still-granted.md */
export const disabledIdentityStillGranted = defineRule({
  id: 'disabled-identity-still-granted',
  summary: 'An identity is disabled and keeps its access',
  severity: 'medium',
  confidence: 'certain',
  kinds: [
    'service-principal',
    'app-role-assignment',
    'delegated-grant',
    'azure-role-assignment',
    'directory-role-assignment',
  ],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    for (const principal of facts) {
      if (principal.kind !== 'service-principal' || principal.enabled) continue;
      const count = facts.filter((fact) => fact.identity === principal.identity && isGrant(fact)).length;
      if (count === 0) continue;
      const runs = policy.state === 'active' && policy.protects.length > 0;
      const instead = runs ? ', and the policy is active: its backups cannot run' : '';
      yield {
        at: null,
        about: {
          identity: principal.identity,
          subject: principal.identity,
          place: placeOfIdentity(policy, principal.identity),
        },
        message: `the identity is disabled and keeps ${count === 1 ? '1 grant, which works' : `${count} grants, which work`} again once somebody enables it${instead}`,
        help: runs
          ? 'find out why it was disabled; enable it if the backup is meant to run, else set `state: retired` so that its access is revoked'
          : 'revoke the access, then delete the identity',
        evidence: { grants: count, state: policy.state },
      };
    }
  },
});
