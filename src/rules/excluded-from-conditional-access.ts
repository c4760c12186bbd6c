import type { ConditionalAccessFact } from '../core/fact.ts';
import { defineRule } from '../core/rule.ts';

const what = ({ blocks }: ConditionalAccessFact): string => (blocks ? 'blocks' : 'asks more of');

/** See docs/rules/excluded-from-conditional-access.md */
export const excludedFromConditionalAccess = defineRule({
  id: 'excluded-from-conditional-access',
  summary: 'A Conditional Access policy in force leaves out the backup app, or an administrator of the backup',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['conditional-access'],
  since: '0.1.0',
  *check({ facts }) {
    for (const fact of facts) {
      if (fact.bears !== 'excludes' || fact.state !== 'enabled') continue;
      if (fact.about === 'administrators')
        yield {
          at: fact,
          message: `the Conditional Access policy \`${fact.displayName}\` ${what(fact)} everybody but for a few, of whom \`${fact.person}\` is one`,
          help: 'take the account out of the exclusions: those are for the accounts of emergencies, which nobody uses from day to day',
          evidence: { policy: fact.displayName, person: fact.person ?? null, blocks: fact.blocks },
        };
      if (fact.about === 'workload-identity')
        yield {
          at: fact,
          message: `the Conditional Access policy \`${fact.displayName}\` ${what(fact)} the tenant's apps, and leaves this one out`,
          help: "take the app out of the exclusions, and name the addresses that the backup comes from as a trusted location; only a registration of this tenant's own can be covered",
          evidence: { policy: fact.displayName, blocks: fact.blocks },
        };
    }
  },
});
