import { identityOf } from '../core/identity-of.ts';
import { defineRule } from '../core/rule.ts';
import { administratorRoles } from '../knowledge/administrator-roles.ts';
import { tellList } from '../knowledge/tell-list.ts';

/** See docs/rules/administrator-owns-public-folders.md */
export const administratorOwnsPublicFolders = defineRule({
  id: 'administrator-owns-public-folders',
  summary: 'An administrator of the tenant owns public folders, for which a plain account would do',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['exchange-account', 'directory-role-assignment'],
  since: '0.1.0',
  *check({ facts, all, policy: { policy } }) {
    for (const fact of facts) {
      if (fact.kind !== 'exchange-account' || fact.publicFolders.length === 0) continue;
      const isIdentity = identityOf(policy, fact.identity)?.type === 'user';
      const roles = administratorRoles({ ...fact, isIdentity }, all);
      if (roles.length === 0) continue;
      yield {
        at: fact,
        message: `account \`${fact.userPrincipalName}\`, which holds ${tellList(roles)}, owns public folders: ${tellList(fact.publicFolders)}`,
        help: 'make a plain account with a mailbox the owner (`Add-PublicFolderClientPermission`), have the backup use that one, and take the licence from the administrator',
        evidence: { roles, publicFolders: fact.publicFolders },
      };
    }
  },
});
