import { defineRule } from '../core/rule.ts';
import { givingPower } from '../knowledge/exchange-power.ts';
import { nameGrant } from '../knowledge/name-grant.ts';

/** See docs/rules/exchange-role-escalates.md */
export const exchangeRoleEscalates = defineRule({
  id: 'exchange-role-escalates',
  summary: 'A role in Exchange lets its holder give itself any other role there',
  severity: 'critical',
  confidence: 'certain',
  kinds: ['exchange-role-assignment'],
  since: '0.1.0',
  *check({ facts }) {
    for (const fact of facts) {
      const power = givingPower(fact);
      if (power === null) continue;
      const by = power.by.toLowerCase() === fact.role.toLowerCase() ? '' : ` by \`${power.by}\``;
      yield {
        at: fact,
        message: `${nameGrant(fact)} lets its holder give itself more${by}: ${power.why}, which opens every mailbox`,
        help: 'remove it: an Exchange administrator makes roles and assigns them once, and the backup needs none that assigns others',
        evidence: { by: power.by, roleGroup: fact.roleGroup },
      };
    }
  },
});
