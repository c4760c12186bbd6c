import { identityOf } from '../core/identity-of.ts';
import { defineRule } from '../core/rule.ts';
import { administratorRoles } from '../knowledge/administrator-roles.ts';
import { tellList } from '../knowledge/tell-list.ts';

/** See docs/rules/administrator-with-remote-powershell.md */
export const administratorWithRemotePowershell = defineRule({
  id: 'administrator-with-remote-powershell',
  summary: 'An administrator who set the backup up may still use Exchange by PowerShell',
  severity: 'low',
  confidence: 'certain',
  kinds: ['exchange-account', 'directory-role-assignment'],
  since: '0.1.0',
  *check({ facts, all, policy: { policy } }) {
    for (const fact of facts) {
      if (fact.kind !== 'exchange-account' || fact.powerShell !== true) continue;
      const isIdentity = identityOf(policy, fact.identity)?.type === 'user';
      const roles = administratorRoles({ ...fact, isIdentity }, all);
      if (roles.length === 0) continue;
      yield {
        at: fact,
        message: `account \`${fact.userPrincipalName}\`, which holds ${tellList(roles)}, may use Exchange by PowerShell at any time`,
        help: `run \`Set-User -Identity ${fact.userPrincipalName} -EXOModuleEnabled $false\` once the backup is set up`,
        evidence: { roles },
      };
    }
  },
});
