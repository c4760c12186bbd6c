import { defineRule } from '../core/rule.ts';
import { asksForDeviceCode } from '../knowledge/device-code.ts';

/** See docs/rules/device-code-flow-open.md */
export const deviceCodeFlowOpen = defineRule({
  id: 'device-code-flow-open',
  summary: 'The page of the product has an administrator sign in by device code, which nothing in the tenant blocks',
  severity: 'low',
  confidence: 'likely',
  kinds: ['conditional-access'],
  since: '0.1.0',
  *check({ facts, policy: { policy }, world, unread }) {
    const profile = asksForDeviceCode(policy);
    // Only of a tenant whose policies were read is it known that none blocks.
    if (profile === null || world !== 'held' || unread?.has('conditional-access') !== false) return;
    const isBlocked = facts.some(
      ({ about, state, blocks }) => about === 'device-code' && state === 'enabled' && blocks,
    );
    const [first] = policy.identities;
    if (isBlocked || first === undefined) return;
    yield {
      at: null,
      about: { identity: first.id, subject: 'device code flow', place: policy.product?.place ?? first.place },
      message: `the page of ${profile.name} has an administrator sign in by device code, and no Conditional Access policy blocks that flow, by which administrators are phished`,
      help: 'block device code flow for everybody by a Conditional Access policy, and have the product authorised by a sign-in on the same device',
      evidence: { product: profile.id },
    };
  },
});
