import { disabledIdentityStillGranted } from '../../src/rules/disabled-identity-still-granted.ts';
import { appRole, azureRole, delegated, directoryRole, group, otherApp, servicePrincipal } from '../support/facts.ts';
import { policy, protects } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const disabled = servicePrincipal({ enabled: false });
const mail = policy({ protects: [protects('exchange-mail')] });

testRule(disabledIdentityStillGranted, {
  pass: {
    'an identity that is enabled': [servicePrincipal(), appRole('Mail.Read')],
    'one that is disabled and holds nothing': { facts: [disabled], policy: mail },
    'one that is disabled beside another that holds something': [
      disabled,
      appRole('Mail.Read', { identity: otherApp }),
    ],
    'a leftover of the identity before it': [disabled, azureRole('Reader', group('rg-app'), { orphaned: true })],
  },
  fail: {
    'one grant, and a policy that protects': {
      facts: [disabled, appRole('Mail.Read')],
      policy: mail,
      says: [
        'medium certain 6f1c0f5e-0000-4000-8000-000000000001: the identity is disabled and keeps 1 grant, which works again once somebody enables it, and the policy is active: its backups cannot run',
      ],
    },
    'grants of every sort, and nothing protected': {
      facts: [
        disabled,
        appRole('Mail.Read'),
        delegated('User.Read'),
        azureRole('Reader', group('rg-app')),
        directoryRole('Directory Readers'),
      ],
      says: [
        'medium certain 6f1c0f5e-0000-4000-8000-000000000001: the identity is disabled and keeps 4 grants, which work again once somebody enables it',
      ],
    },
    'a policy that is retired': {
      facts: [disabled, appRole('Mail.Read')],
      policy: policy({ state: 'retired', protects: [protects('exchange-mail')] }),
      says: [
        'medium certain 6f1c0f5e-0000-4000-8000-000000000001: the identity is disabled and keeps 1 grant, which works again once somebody enables it',
      ],
    },
  },
});
