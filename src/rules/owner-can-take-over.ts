import type { Fact, Owner, ServicePrincipalFact } from '../core/fact.ts';
import { placeOfIdentity } from '../core/identity-of.ts';
import type { Policy } from '../core/policy.ts';
import { defineRule } from '../core/rule.ts';
import { findApi } from '../knowledge/apis.ts';
import { findDirectoryRole } from '../knowledge/directory-roles.ts';
import { escalatingDirectoryRole } from '../knowledge/escalating-directory-role.ts';
import { selfEscalation } from '../knowledge/escalation.ts';
import { excessPowers } from '../knowledge/excess-powers.ts';
import { findPermission } from '../knowledge/permissions.ts';

interface Prize {
  readonly name: string;
  /** Does it widen itself without further steps? Such are named first. */
  readonly isCritical: boolean;
}

/** What of an access makes taking the application over worth it; `null`: nothing grave. */
const prizeOf = (fact: Fact, policy: Policy): Prize | null => {
  if (fact.kind === 'app-role-assignment') {
    const isTier0 = findPermission(fact.api, 'application', fact.subject)?.sensitivity === 'tier0';
    const isCritical = selfEscalation(fact.api, 'application', fact.subject) !== null;
    const name = `\`${fact.subject}\` on ${findApi(fact.api)?.name ?? fact.api}`;
    return isTier0 || isCritical ? { name, isCritical } : null;
  }
  if (fact.kind === 'directory-role-assignment' && !fact.eligible) {
    const isTier0 = fact.scope === '/' && findDirectoryRole(fact.role)?.sensitivity === 'tier0';
    const isCritical = escalatingDirectoryRole(fact) !== null;
    return isTier0 || isCritical ? { name: `directory role \`${fact.subject}\``, isCritical } : null;
  }
  if (fact.kind !== 'azure-role-assignment') return null;
  const [gravest] = excessPowers(fact, policy);
  const isCritical = gravest?.severity === 'critical';
  const name = `\`${fact.subject}\` on \`${fact.scope}\``;
  return isCritical || gravest?.severity === 'high' ? { name, isCritical } : null;
};

/** Application before service principal: an owner of both is told once. */
const ownersOf = ({ owners }: ServicePrincipalFact): readonly Owner[] =>
  [...Map.groupBy(owners, ({ id }) => id).values()].flatMap(
    (same) => same.find(({ on }) => on === 'application') ?? same.slice(0, 1),
  );

const kindOf = ({ type }: Owner): string => (type === 'servicePrincipal' ? 'application' : 'user');

/** See docs/rules/owner-can-take-over.md */
export const ownerCanTakeOver = defineRule({
  id: 'owner-can-take-over',
  summary: 'An owner of the application could sign in as it and use its powerful access',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['service-principal', 'app-role-assignment', 'directory-role-assignment', 'azure-role-assignment'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    for (const principal of facts) {
      if (principal.kind !== 'service-principal' || principal.owners.length === 0) continue;
      const prizes = facts
        .filter((fact) => fact.identity === principal.identity)
        .flatMap((fact) => prizeOf(fact, policy) ?? [])
        .toSorted((a, b) => Number(b.isCritical) - Number(a.isCritical) || (a.name < b.name ? -1 : 1))
        .map(({ name }) => name);
      const [first] = prizes;
      if (first === undefined) continue;
      const more = prizes.length === 1 ? '' : ` and ${prizes.length - 1} more`;
      for (const owner of ownersOf(principal)) {
        const of = owner.on === 'application' ? 'the application' : 'the service principal';
        yield {
          at: null,
          about: {
            identity: principal.identity,
            subject: owner.id,
            place: placeOfIdentity(policy, principal.identity),
          },
          message: `${kindOf(owner)} \`${owner.id}\` owns ${of}, can add a credential to it, and so use ${first}${more}`,
          help: 'take the powerful access away; until then let only administrators own it whose accounts are guarded as well as that access',
          evidence: { on: owner.on, type: owner.type, access: prizes },
        };
      }
    }
  },
});
