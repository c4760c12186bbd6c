import { type DelegatedGrantFact, isOnlyThroughGroups } from '../core/fact.ts';
import { defineRule } from '../core/rule.ts';
import { findApi } from '../knowledge/apis.ts';
import { type Grant, grantSeverity, type KnownSeverities } from '../knowledge/grant-severity.ts';
import { grantedBy } from '../knowledge/granted-by.ts';
import { nameGrant as nameExchangeRole } from '../knowledge/name-grant.ts';

const consentOf = ({ consents }: DelegatedGrantFact): string => {
  if (consents.some(({ type }) => type === 'AllPrincipals')) return ', consented for all users,';
  return `, consented for ${consents.length} ${consents.length === 1 ? 'user' : 'users'},`;
};

const nameGrant = (fact: Grant): string => {
  switch (fact.kind) {
    case 'azure-role-assignment':
      return `\`${fact.subject}\` on \`${fact.scope}\``;
    case 'directory-role-assignment': {
      const where = fact.scope === '/' ? 'on the whole directory' : `on \`${fact.scope}\``;
      return `${fact.eligible ? 'eligible ' : ''}directory role \`${fact.subject}\` ${where}`;
    }
    case 'group-membership':
      return `membership in group ${fact.displayName === null ? '' : `\`${fact.displayName}\` `}\`${fact.group}\``;
    case 'exchange-role-assignment':
      return nameExchangeRole(fact);
    case 'site-grant':
      return `\`${fact.role}\` on site \`${fact.site}\``;
    default: {
      const api = findApi(fact.api)?.name ?? fact.api;
      return fact.kind === 'delegated-grant'
        ? `delegated permission \`${fact.subject}\` on ${api}${consentOf(fact)}`
        : `application permission \`${fact.subject}\` on ${api}`;
    }
  }
};

const byHand = ['directory-role-assignment', 'group-membership', 'exchange-role-assignment', 'site-grant'];

/** What this program can't take away, or what is a group's, a person takes away. */
const elseOf = (fact: Grant): string => {
  if (isOnlyThroughGroups(fact)) return '';
  const isPlanned = !byHand.includes(fact.kind);
  return `, else remove it${isPlanned ? ', by hand or with `enforcement: authoritative`' : ' by hand'}`;
};

/** See docs/rules/undeclared-access.md */
export const undeclaredAccess = defineRule({
  id: 'undeclared-access',
  summary: 'The identity holds access that its policy does not ask for',
  severity: 'medium',
  confidence: 'certain',
  kinds: [
    'app-role-assignment',
    'delegated-grant',
    'azure-role-assignment',
    'directory-role-assignment',
    'group-membership',
  ],
  since: '0.1.0',
  *check({ facts, all, desired, governs, policy }) {
    const known: KnownSeverities = new Map();
    // Grants on sites and roles in Exchange are read for the policies that manage them: for the others nothing is left open.
    const more = all.filter((fact) => fact.kind === 'site-grant' || fact.kind === 'exchange-role-assignment');
    for (const fact of [...facts, ...more]) {
      if (desired.has(fact.key) || !governs(fact)) continue;
      if (fact.kind === 'azure-role-assignment' && fact.orphaned) continue;
      const created = 'created' in fact ? (fact.created?.slice(0, 10) ?? null) : null;
      yield {
        at: fact,
        severity: grantSeverity(fact, known),
        message: `${nameGrant(fact)} is held${created === null ? '' : ` since ${created}`}, and policy \`${policy.policy.name}\` does not ask for it`,
        help: `find in the audit log who granted it and why; declare it if the backup needs it${elseOf(fact)}`,
        evidence: {
          created,
          grantedBy: fact.kind === 'app-role-assignment' ? grantedBy(fact.identity, fact.created, all) : null,
        },
      };
    }
  },
});
