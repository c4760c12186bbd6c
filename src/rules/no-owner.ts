import { placeOfIdentity } from '../core/identity-of.ts';
import { defineRule } from '../core/rule.ts';

/** See docs/rules/no-owner.md */
export const noOwner = defineRule({
  id: 'no-owner',
  summary: 'An application of this tenant has no owner',
  severity: 'low',
  confidence: 'likely',
  kinds: ['service-principal'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    for (const fact of facts) {
      // What a policy pins says nothing of owners: only the tenant's own word counts.
      const isPinOnly = fact.audience === null && fact.ownerTenant === null;
      if (isPinOnly || !fact.hasApplication || fact.type !== 'Application') continue;
      if (fact.owners.length > 0 || fact.ownersUnread === true) continue;
      yield {
        at: null,
        about: { identity: fact.identity, subject: 'owners', place: placeOfIdentity(policy, fact.identity) },
        message: `nobody owns the application: when its credential runs out or is misused, the tenant names no one to ask; the policy names \`${policy.owner}\``,
        help: 'make one or two people its owners who administer the backup, with accounts as well guarded as what the application holds',
        evidence: { owners: 0 },
      };
    }
  },
});
