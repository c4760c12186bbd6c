import { spoofedDisplayName } from '../../src/rules/spoofed-display-name.ts';
import { backupApp, otherApp, servicePrincipal } from '../support/facts.ts';
import { testRule } from '../support/test-rule.ts';

const other = (displayName: string) => servicePrincipal({ identity: otherApp, displayName });

testRule(spoofedDisplayName, {
  pass: {
    'two names': [servicePrincipal(), other('backup 2')],
    'a name in another alphabet': [servicePrincipal({ displayName: 'Резервное копирование' })],
    'a word of each alphabet': [servicePrincipal({ displayName: 'Backup Резерв' })],
    'accents and full-width letters': [servicePrincipal({ displayName: 'Sauvegarde été ＢＡＣＫＵＰ' })],
    'vaults of one name': [
      servicePrincipal({ type: 'ManagedIdentity', displayName: 'bv-prod' }),
      servicePrincipal({ type: 'ManagedIdentity', displayName: 'bv-prod', identity: otherApp }),
    ],
    'what a policy pins, without a name': [servicePrincipal({ displayName: '' }), other('')],
    'one app, read for two entries': [servicePrincipal(), servicePrincipal({ identity: backupApp })],
  },
  fail: {
    'one name on two apps, by case and spaces': {
      facts: [servicePrincipal({ displayName: 'Backup App' }), other('backup  app ')],
      says: [
        'medium likely 0d3b0f5e-0000-4000-8000-000000000002: the display name of app `6f1c0f5e-0000-4000-8000-000000000001` reads like that of app `6f1c0f5e-0000-4000-8000-00000000000b`, which the policy names too: people who go by names will take one for the other',
        'medium likely 0d3b0f5e-0000-4000-8000-000000000002: the display name of app `6f1c0f5e-0000-4000-8000-00000000000b` reads like that of app `6f1c0f5e-0000-4000-8000-000000000001`, which the policy names too: people who go by names will take one for the other',
      ],
    },
    'a Cyrillic letter in a Latin word': {
      facts: [servicePrincipal({ displayName: 'B\u0430ckup App' })],
      says: [
        'medium likely 0d3b0f5e-0000-4000-8000-000000000002: the display name of app `6f1c0f5e-0000-4000-8000-000000000001` mixes letters of two alphabets that look alike in one word: people who go by names will take one for the other',
      ],
    },
    'a character that nobody sees': {
      facts: [servicePrincipal({ displayName: 'Back\u200bup' })],
      says: [
        'medium likely 0d3b0f5e-0000-4000-8000-000000000002: the display name of app `6f1c0f5e-0000-4000-8000-000000000001` has characters that nobody sees: people who go by names will take one for the other',
      ],
    },
    'text turned around': {
      facts: [servicePrincipal({ displayName: '\u202ekcab' })],
      says: [
        'medium likely 0d3b0f5e-0000-4000-8000-000000000002: the display name of app `6f1c0f5e-0000-4000-8000-000000000001` has characters that nobody sees: people who go by names will take one for the other',
      ],
    },
  },
});
