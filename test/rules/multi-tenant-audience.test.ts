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
    'any organisation': {
      facts: [servicePrincipal({ audience: 'AzureADMultipleOrgs' })],
      says: [
        'medium certain signInAudience: the application is registered in this tenant and its `signInAudience` is `AzureADMultipleOrgs`: accounts of any organisation can sign in to it, and any tenant can consent to it',
      ],
    },
    'any organisation and personal accounts, spelled otherwise': {
      facts: [servicePrincipal({ audience: 'azureADandPersonalMicrosoftAccount' })],
      says: [
        'medium certain signInAudience: the application is registered in this tenant and its `signInAudience` is `azureADandPersonalMicrosoftAccount`: accounts of any organisation and personal ones can sign in to it, and any tenant can consent to it',
      ],
    },
    'personal accounts only': {
      facts: [servicePrincipal({ audience: 'PersonalMicrosoftAccount' })],
      says: [
        'medium certain signInAudience: the application is registered in this tenant and its `signInAudience` is `PersonalMicrosoftAccount`: personal accounts can sign in to it, and any tenant can consent to it',
      ],
    },
  },
});
