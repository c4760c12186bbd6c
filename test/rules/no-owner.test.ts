import { objectId } from '../../src/core/ids.ts';
import { noOwner } from '../../src/rules/no-owner.ts';
import { otherApp, servicePrincipal } from '../support/facts.ts';
import { testRule } from '../support/test-rule.ts';

const owner = (on: 'application' | 'service-principal') => ({ id: objectId('a1'), type: 'user', on });

testRule(noOwner, {
  pass: {
    'an application with an owner': [servicePrincipal({ owners: [owner('application')] })],
    'an owner of the service principal only': [servicePrincipal({ owners: [owner('service-principal')] })],
    'owners that could not be read': [servicePrincipal({ ownersUnread: true })],
    'an application that is registered elsewhere': [servicePrincipal({ hasApplication: false })],
    'a managed identity': [servicePrincipal({ type: 'ManagedIdentity', hasApplication: false })],
    'what a policy pins, which says nothing of owners': [servicePrincipal({ audience: null, ownerTenant: null })],
  },
  fail: {
    nobody: {
      facts: [servicePrincipal()],
      says: [
        'low likely owners: nobody owns the application: when its credential runs out or is misused, the tenant names no one to ask; the policy names `backup-team@contoso.example`',
      ],
    },
    'nobody for one of two': {
      facts: [servicePrincipal({ owners: [owner('application')] }), servicePrincipal({ identity: otherApp })],
      says: [
        'low likely owners: nobody owns the application: when its credential runs out or is misused, the tenant names no one to ask; the policy names `backup-team@contoso.example`',
      ],
    },
  },
});
