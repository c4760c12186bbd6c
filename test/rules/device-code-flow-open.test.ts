import { deviceCodeFlowOpen } from '../../src/rules/device-code-flow-open.ts';
import { conditionalAccess } from '../support/door-facts.ts';
import { line, policy } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const productOf = (value: string) => ({ value, place: line(5) });
const ninja = policy({ product: productOf('ninjaone') });
const onCodes: typeof conditionalAccess = (more) =>
  conditionalAccess({ displayName: 'Block codes', about: 'device-code', bears: 'covers', ...more });
const says = (how: string) => [
  `low certain id of Block codes: the Conditional Access policy \`Block codes\` on device code flow ${how}, and the page of NinjaOne SaaS Backup has an administrator sign in by that flow, by which administrators are phished`,
];

testRule(deviceCodeFlowOpen, {
  pass: {
    'a policy in force that blocks the flow': { facts: [onCodes()], policy: ninja },
    'one in force beside one that only reports': {
      facts: [onCodes(), onCodes({ displayName: 'Trial', state: 'reporting' })],
      policy: ninja,
    },
    'a tenant without such a policy': { facts: [conditionalAccess()], policy: ninja },
    'a product whose page asks for no code': {
      facts: [onCodes({ state: 'disabled' })],
      policy: policy({ product: productOf('hubstor') }),
    },
    'no product': [onCodes({ state: 'disabled' })],
    'a retired policy': {
      facts: [onCodes({ state: 'disabled' })],
      policy: policy({ product: productOf('ninjaone'), state: 'retired' }),
    },
  },
  fail: {
    'a policy that only reports': {
      facts: [onCodes({ state: 'reporting' })],
      policy: ninja,
      says: says('only reports'),
    },
    'a policy that is off': { facts: [onCodes({ state: 'disabled' })], policy: ninja, says: says('is off') },
    'a policy that asks for a second factor': {
      facts: [onCodes({ blocks: false })],
      policy: ninja,
      says: says('does not block it'),
    },
  },
});
