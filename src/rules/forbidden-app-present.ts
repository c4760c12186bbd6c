import type { AppPresenceFact } from '../core/fact.ts';
import { mustBeGone } from '../core/presence.ts';
import { defineRule, type Severity } from '../core/rule.ts';
import { findDirectoryRole } from '../knowledge/directory-roles.ts';
import { tellList } from '../knowledge/tell-list.ts';

const isTier0 = (role: string): boolean => findDirectoryRole(role)?.sensitivity === 'tier0';

/** A person's account is used by hand, past what watches apps; one that is switched off waits for somebody to enable it. */
const gravity = ({ what, roles, enabled }: AppPresenceFact): Severity => {
  const isOff = enabled === false;
  if (roles.some(isTier0)) return isOff ? 'high' : 'critical';
  if (what === 'user' || roles.length > 0) return isOff ? 'medium' : 'high';
  return isOff ? 'low' : 'medium';
};

const holdings = ({ what, roles, licences, hasMailbox, enabled }: AppPresenceFact): readonly string[] => [
  ...(enabled === false ? [what === 'app' ? 'can not sign in as it is' : 'is switched off'] : []),
  ...(roles.length > 0 ? [`holds ${tellList(roles)}`] : []),
  ...(hasMailbox ? ['has a mailbox'] : []),
  ...(licences > 0 ? [`has ${licences} ${licences === 1 ? 'licence' : 'licences'}`] : []),
];

/** `a`, `b` and `c`. */
const enumerate = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** See docs/rules/forbidden-app-present.md */
export const forbiddenAppPresent = defineRule({
  id: 'forbidden-app-present',
  summary: 'An app or user that the policy wants gone is still in the tenant',
  severity: 'high',
  confidence: 'certain',
  kinds: ['app-presence'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    for (const fact of facts) {
      if (fact.state !== 'present' || !mustBeGone(policy, fact)) continue;
      const name = fact.what === 'app' ? `app \`${fact.appId}\`` : `user \`${fact.userPrincipalName}\``;
      const held = enumerate(holdings(fact));
      yield {
        at: fact,
        severity: gravity(fact),
        message: `${name} is still in the tenant${held === '' ? '' : `: it ${held}`}, and \`mustNotExist\` says that it has to be gone`,
        help: 'make sure that no backup signs in with it, take its roles and consents away, then delete it',
        evidence: {
          displayName: fact.displayName,
          enabled: fact.enabled,
          roles: fact.roles,
          licences: fact.licences,
          hasMailbox: fact.hasMailbox,
        },
      };
    }
  },
});
