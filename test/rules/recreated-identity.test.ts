import { recreatedIdentity } from '../../src/rules/recreated-identity.ts';
import { backupApp, backupObject, otherApp, servicePrincipal } from '../support/facts.ts';
import { appIdentity, policy } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const newObject = '99999999-0000-4000-8000-000000000009';
const pinning = policy({ identities: [appIdentity(backupApp, backupObject)] });

testRule(recreatedIdentity, {
  pass: {
    'the pinned object': { facts: [servicePrincipal()], policy: pinning },
    'an object id in capitals in the policy': {
      facts: [servicePrincipal()],
      policy: policy({ identities: [appIdentity(backupApp, backupObject.toUpperCase())] }),
    },
    'any object where none is pinned': [servicePrincipal({ objectId: newObject })],
    'another identity of the policy': {
      facts: [servicePrincipal({ identity: otherApp, objectId: newObject })],
      policy: pinning,
    },
    'an app without a service principal': { facts: [], policy: pinning },
  },
  fail: {
    'another object under the same app id': {
      facts: [servicePrincipal({ objectId: newObject })],
      policy: pinning,
      says: [
        `high certain ${newObject}: app \`${backupApp}\` is object \`${newObject}\` in this tenant, and the policy pins \`${backupObject}\`: it was removed and made anew, and nothing granted to the pinned object applies to it`,
      ],
    },
  },
});
