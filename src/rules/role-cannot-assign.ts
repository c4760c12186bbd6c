import { defineRule } from '../core/rule.ts';
import { intersects } from '../knowledge/role-algebra.ts';

/** `assigns roles to the vault`, `role assignments`, `grants missing roles`. */
const saysAssign = /\b(assign|grant)(s|ing)?\b[^.;]{0,40}\broles?\b|\brole assignments?\b/i;

/** See docs/rules/role-cannot-assign.md */
export const roleCannotAssign = defineRule({
  id: 'role-cannot-assign',
  summary: 'A role is held to assign roles, which it cannot do',
  severity: 'low',
  confidence: 'likely',
  kinds: ['azure-role-assignment'],
  since: '0.1.0',
  *check({ facts }) {
    for (const fact of facts) {
      if (fact.purpose === null || fact.permissions === null || !saysAssign.test(fact.purpose)) continue;
      if (intersects(fact.permissions, ['Microsoft.Authorization/roleAssignments/write']) !== null) continue;
      yield {
        at: fact,
        message: `\`${fact.subject}\` on \`${fact.scope}\` is there for this: ${'`'}${fact.purpose.replaceAll('`', "'").replace(/\s+/g, ' ')}${'`'}; it does not allow \`Microsoft.Authorization/roleAssignments/write\``,
        help: 'have a person assign the roles, with `Role Based Access Control Administrator` under a condition that names them, active for the hour; the backup needs neither',
        evidence: { purpose: fact.purpose },
      };
    }
  },
});
