import type { DelegatedGrantFact } from '../core/fact.ts';
import { defineRule, type Severity } from '../core/rule.ts';
import { azureServiceManagement, findApi } from '../knowledge/apis.ts';
import { selfEscalation } from '../knowledge/escalation.ts';
import { findPermission } from '../knowledge/permissions.ts';
import { isSignInScope } from '../knowledge/sign-in-scopes.ts';

const isForAll = (fact: DelegatedGrantFact): boolean => fact.consents.some(({ type }) => type === 'AllPrincipals');

const actsAsUserOnAzure = (fact: DelegatedGrantFact): boolean =>
  fact.api === azureServiceManagement && fact.subject.toLowerCase() === 'user_impersonation';

const severityOf = (fact: DelegatedGrantFact): Severity => {
  if (isSignInScope(fact)) return 'low';
  const reachesControl =
    selfEscalation(fact.api, 'delegated', fact.subject) !== null ||
    findPermission(fact.api, 'delegated', fact.subject)?.sensitivity === 'tier0';
  return reachesControl || (actsAsUserOnAzure(fact) && isForAll(fact)) ? 'high' : 'medium';
};

const harmOf = (fact: DelegatedGrantFact): string => {
  if (isSignInScope(fact)) return 'and is never used';
  const whom = isForAll(fact) ? 'any user who signs in to it' : 'a user who signs in to it';
  return actsAsUserOnAzure(fact)
    ? `and only lets it act on Azure with all roles of ${whom}`
    : `and only lets it act as ${whom}`;
};

/** See docs/rules/delegated-grant-on-daemon.md */
export const delegatedGrantOnDaemon = defineRule({
  id: 'delegated-grant-on-daemon',
  summary: 'An identity that signs in as itself holds a delegated permission',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['delegated-grant'],
  since: '0.1.0',
  *check({ facts, policy }) {
    const users = new Set(policy.policy.identities.filter(({ type }) => type === 'user').map(({ id }) => id));
    const purposes = new Map(
      policy.desired.map(({ fact }) => [fact.key, fact.kind === 'delegated-grant' ? fact.purpose : null]),
    );
    for (const fact of facts) {
      if (users.has(fact.identity)) continue;
      const api = findApi(fact.api)?.name ?? fact.api;
      const purpose = purposes.get(fact.key) ?? null;
      const declared = purpose === null ? '' : '; the policy states a purpose for it, so a person should look';
      yield {
        at: fact,
        severity: severityOf(fact),
        confidence: purpose === null ? 'certain' : 'likely',
        message: `delegated permission \`${fact.subject}\` on ${api} does nothing for an app that signs in as itself, ${harmOf(fact)}${declared}`,
        help: "remove the consent and the line in the app's manifest; if people do sign in to the product, consent for those people only and state the purpose",
        evidence: { forAllUsers: isForAll(fact), consents: fact.consents.length, purpose },
        // A stated purpose may be right: then a person decides.
        ...(purpose === null ? { remedy: { type: 'remove' } } : {}),
      };
    }
  },
});
