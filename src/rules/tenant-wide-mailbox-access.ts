import type { Policy } from '../core/policy.ts';
import { defineRule } from '../core/rule.ts';
import { exchangeOnline } from '../knowledge/apis.ts';
import { nameGrant } from '../knowledge/name-grant.ts';
import { isAlwaysNeeded, needsOf } from '../knowledge/needs.ts';
import { vendorAsks } from '../knowledge/vendor-asks.ts';

const permission = 'full_access_as_app';

/** The Exchange roles that the protected mailboxes take, with their scopes. */
const rolesFor = (policy: Policy): readonly string[] => [
  ...new Set(
    needsOf(policy)
      .filter(({ asked }) => asked === 'standing')
      .flatMap(({ ways: [way] }) => way?.needs.filter(isAlwaysNeeded) ?? [])
      .flatMap(({ grant, scopes }) =>
        'exchangeRole' in grant && grant.exchangeRole !== null
          ? scopes.map((scope) => `\`${grant.exchangeRole}\` on \`${scope}\``)
          : [],
      ),
  ),
];

/** See docs/rules/tenant-wide-mailbox-access.md */
export const tenantWideMailboxAccess = defineRule({
  id: 'tenant-wide-mailbox-access',
  summary: 'One permission opens every mailbox of the tenant, to read and to write',
  severity: 'high',
  confidence: 'certain',
  kinds: ['app-role-assignment'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    for (const fact of facts) {
      if (fact.api !== exchangeOnline || fact.subject !== permission) continue;
      const roles = rolesFor(policy);
      const instead =
        roles.length > 0
          ? `assign ${roles.length === 1 ? 'the Exchange role' : 'the Exchange roles'} ${roles.join(', ')}`
          : 'name the protected mailboxes under `protects` and assign the Exchange application roles that they take';
      yield {
        at: fact,
        message: `${nameGrant(fact)} reads, changes and deletes everything in every mailbox, and knows no scope`,
        help: `${instead}, then remove the tenant-wide consent, which would void their scope${vendorAsks(fact, policy)}`,
        evidence: { roles },
      };
    }
  },
});
