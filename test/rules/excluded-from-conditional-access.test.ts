import { excludedFromConditionalAccess } from '../../src/rules/excluded-from-conditional-access.ts';
import { conditionalAccess } from '../support/door-facts.ts';
import { appRole } from '../support/facts.ts';
import { testRule } from '../support/test-rule.ts';

testRule(excludedFromConditionalAccess, {
  pass: {
    'a tenant without such policies': [appRole('Mail.Read')],
    'a policy that covers the app': [conditionalAccess({ bears: 'covers' })],
    'one that is off': [conditionalAccess({ state: 'disabled' })],
    'one that only reports': [conditionalAccess({ state: 'reporting' })],
    'one on device codes': [conditionalAccess({ about: 'device-code', bears: 'covers' })],
  },
  fail: {
    'an app that is left out of a block': {
      facts: [conditionalAccess()],
      says: [
        "medium certain id of Only from our own addresses: the Conditional Access policy `Only from our own addresses` blocks the tenant's apps, and leaves this one out",
      ],
    },
    'an administrator who is left out of a second factor': {
      facts: [
        conditionalAccess({
          displayName: 'Second factor',
          about: 'administrators',
          blocks: false,
          person: 'backupadmin@contoso.example',
        }),
      ],
      says: [
        'medium certain id of Second factor: the Conditional Access policy `Second factor` asks more of everybody but for a few, of whom `backupadmin@contoso.example` is one',
      ],
    },
    both: {
      facts: [
        conditionalAccess({ displayName: 'A', blocks: false }),
        conditionalAccess({ displayName: 'B', about: 'administrators', person: 'x@contoso.example' }),
      ],
      says: [
        "medium certain id of A: the Conditional Access policy `A` asks more of the tenant's apps, and leaves this one out",
        'medium certain id of B: the Conditional Access policy `B` blocks everybody but for a few, of whom `x@contoso.example` is one',
      ],
    },
  },
});
