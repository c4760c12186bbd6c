import { unlockedInstanceProperties } from '../../src/rules/unlocked-instance-properties.ts';
import { servicePrincipal } from '../support/facts.ts';
import { testRule } from '../support/test-rule.ts';

const says = (more: string) =>
  `low certain propertyLock: no instance property lock is on${more}: whoever administers a service principal of it can add a secret there that no page of the portal shows`;
const open = 'AzureADMultipleOrgs';

testRule(unlockedInstanceProperties, {
  pass: {
    'an app of one tenant that says nothing of a lock': [servicePrincipal({ propertyLock: null })],
    'an app with everything locked': [servicePrincipal({ propertyLock: 'all', audience: open })],
    'an app with its credentials locked': [servicePrincipal({ propertyLock: 'some', audience: open })],
    'an app of which it was not asked': [servicePrincipal({ audience: open })],
    'a vendor’s app': [servicePrincipal({ audience: open, hasApplication: false })],
  },
  fail: {
    'an app of many tenants that says nothing of a lock': {
      facts: [servicePrincipal({ propertyLock: null, audience: open })],
      says: [says(', and other tenants may use the application')],
    },
    'an app of one tenant whose lock is off': {
      facts: [servicePrincipal({ propertyLock: 'none' })],
      says: [says('')],
    },
    'an app for personal accounts too': {
      facts: [servicePrincipal({ propertyLock: 'none', audience: 'AzureADandPersonalMicrosoftAccount' })],
      says: [says(', and other tenants may use the application')],
    },
  },
});
