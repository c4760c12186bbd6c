import { multiTenantAudience } from '../../src/rules/multi-tenant-audience.ts';
import { servicePrincipal } from '../support/facts.ts';
import { testRule } from '../support/test-rule.ts';

testRule(multiTenantAudience, {
  pass: {
    'an application of one organisation': [servicePrincipal()],
    "a maker's application, registered elsewhere": [
      servicePrincipal({ hasApplication: false, audience: 'AzureADMultipleOrgs' }),
    ],
    'an audience that is not known': [servicePrincipal({ audience: null })],
    'a word that this version does not know': [servicePrincipal({ audience: 'AzureADSomething' })],
  },
  fail: {
    'any organisation': { facts: [servicePrincipal({ audience: 'AzureADMultipleOrgs' })], says: ['@@'] },
    'any organisation and personal accounts, spelled otherwise': {
      facts: [servicePrincipal({ audience: 'azureADandPersonalMicrosoftAccount' })],
      says: ['@@'],
    },
    'personal accounts only': { facts: [servicePrincipal({ audience: 'PersonalMicrosoftAccount' })], says: ['@@'] },
  },
});
