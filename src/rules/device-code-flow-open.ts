import type { ConditionalAccessFact } from '../core/fact.ts';
import { defineRule } from '../core/rule.ts';
import { asksForDeviceCode } from '../knowledge/device-code.ts';

const why = ({ state, blocks }: ConditionalAccessFact): string => {
  if (state === 'enabled' && !blocks) return 'does not block it';
  return state === 'reporting' ? 'only reports' : 'is off';
};

/** See docs/rules/device-code-flow-open.md */
export const deviceCodeFlowOpen = defineRule({
  id: 'device-code-flow-open',
  summary:
    'The page of the product has an administrator sign in by device code, and the policy on that flow is not in force',
  severity: 'low',
  confidence: 'certain',
  kinds: ['conditional-access'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    const profile = asksForDeviceCode(policy);
    const onCodes = facts.filter(({ about }) => about === 'device-code');
    // A tenant without such a policy is not told to have one.
    if (profile === null || onCodes.some(({ state, blocks }) => state === 'enabled' && blocks)) return;
    for (const fact of onCodes)
      yield {
        at: fact,
        message: `the Conditional Access policy \`${fact.displayName}\` on device code flow ${why(fact)}, and the page of ${profile.name} has an administrator sign in by that flow, by which administrators are phished`,
        help: 'switch the policy on, so that it blocks the flow for everybody, and have the product authorised by a sign-in on the same device',
        evidence: { policy: fact.displayName, state: fact.state, product: profile.id },
      };
  },
});
