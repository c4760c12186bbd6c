import { defineRule } from '../core/rule.ts';
import { tellList } from '../knowledge/tell-list.ts';

/** See docs/rules/permanent-administrator-for-backup.md */
export const permanentAdministratorForBackup = defineRule({
  id: 'permanent-administrator-for-backup',
  summary: 'An account that is there for the backup rules the tenant at all times',
  severity: 'medium',
  confidence: 'likely',
  kinds: ['administrator'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    for (const fact of facts) {
      // Of an identity's own roles, and of an account that has to be gone, other rules tell; an owner is there for more than backup.
      const name = fact.userPrincipalName?.toLowerCase();
      const hasToGo = policy.mustNotExist.some((one) => one.userPrincipalName?.toLowerCase() === name);
      if (fact.by === 'identity' || fact.by === 'owner' || hasToGo) continue;
      yield {
        at: fact,
        message: `account \`${fact.subject}\` is there for the backup, and is ${tellList(fact.roles)} of the whole tenant`,
        help: 'take the role away: whoever sets a backup product up activates it for an hour, and nothing of the backup needs it afterwards',
        evidence: { roles: fact.roles, by: fact.by },
      };
    }
  },
});
