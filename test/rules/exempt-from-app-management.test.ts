import { exemptFromAppManagement } from '../../src/rules/exempt-from-app-management.ts';
import { restriction } from '../support/door-facts.ts';
import { appRole } from '../support/facts.ts';
import { testRule } from '../support/test-rule.ts';

const policy = 'Backup may';
const lifetime = restriction('passwordLifetime', { maxLifetime: 'P180D' });

testRule(exemptFromAppManagement, {
  pass: {
    'a tenant that restricts nothing': [appRole('Mail.Read')],
    'the default alone': [restriction('passwordAddition'), lifetime],
    'a policy of its own where the default says nothing': [
      restriction('passwordAddition', { policy, state: 'disabled' }),
    ],
    'a policy of its own that is as strict': [
      lifetime,
      restriction('passwordLifetime', { policy, maxLifetime: 'P180D' }),
    ],
    'a policy of its own that is stricter': [
      lifetime,
      restriction('passwordLifetime', { policy, maxLifetime: 'P30D' }),
    ],
    'another restriction lifted': [
      restriction('passwordAddition'),
      restriction('customPasswordAddition', { policy, state: 'disabled' }),
    ],
    'the restriction of the other object lifted': [
      restriction('passwordAddition'),
      restriction('passwordAddition', { policy, state: 'disabled', on: 'service-principal' }),
    ],
    'a duration that makes no sense': [lifetime, restriction('passwordLifetime', { policy, maxLifetime: 'a year' })],
  },
  fail: {
    'secrets allowed where nobody may add one': {
      facts: [restriction('passwordAddition'), restriction('passwordAddition', { policy, state: 'disabled' })],
      says: [
        'medium certain passwordAddition: app management policy `Backup may` lifts `passwordAddition`, which holds for all other applications',
      ],
    },
    'no longest life': {
      facts: [lifetime, restriction('passwordLifetime', { policy, state: 'disabled' })],
      says: [
        'medium certain passwordLifetime: app management policy `Backup may` lifts `passwordLifetime` of `P180D`, which holds for all other applications',
      ],
    },
    'a longer life on the service principal': {
      facts: [
        restriction('asymmetricKeyLifetime', { on: 'service-principal', maxLifetime: 'P1Y' }),
        restriction('asymmetricKeyLifetime', { on: 'service-principal', maxLifetime: 'P2Y', policy }),
      ],
      says: [
        'medium certain asymmetricKeyLifetime: app management policy `Backup may` allows `asymmetricKeyLifetime` of `P2Y`, where all other service principals have `P1Y`',
      ],
    },
  },
});
