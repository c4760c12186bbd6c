import { deviceCodeFlowOpen } from '../../src/rules/device-code-flow-open.ts';
import { conditionalAccess } from '../support/door-facts.ts';
import { line, policy } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const ninja = policy({ product: { value: 'ninjaone', place: line(5) } });
const block = conditionalAccess({ about: 'device-code', bears: 'covers' });
const says = [
  'low likely device code flow: the page of NinjaOne SaaS Backup has an administrator sign in by device code, and no Conditional Access policy blocks that flow, by which administrators are phished',
];

testRule(deviceCodeFlowOpen, {
  pass: {
    'a policy in force that blocks the flow': { facts: [block], policy: ninja, unread: [] },
    'policies that nobody read': { facts: [], policy: ninja, unread: ['conditional-access'] },
    'a policy file alone': { facts: [], policy: ninja },
    'a product whose page asks for no code': {
      facts: [],
      policy: policy({ product: { value: 'hubstor', place: line(5) } }),
      unread: [],
    },
    'no product': { facts: [], unread: [] },
    'a retired policy': {
      facts: [],
      policy: policy({ product: { value: 'ninjaone', place: line(5) }, state: 'retired' }),
      unread: [],
    },
  },
  fail: {
    'no policy at all': { facts: [], policy: ninja, unread: [], says },
    'a policy that only reports': {
      facts: [conditionalAccess({ about: 'device-code', bears: 'covers', state: 'reporting' })],
      policy: ninja,
      unread: ['credential'],
      says,
    },
    'a policy that asks for a second factor': {
      facts: [conditionalAccess({ about: 'device-code', bears: 'covers', blocks: false })],
      policy: ninja,
      unread: [],
      says,
    },
  },
});
