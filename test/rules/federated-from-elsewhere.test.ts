import { federatedFromElsewhere } from '../../src/rules/federated-from-elsewhere.ts';
import { servicePrincipal } from '../support/facts.ts';
import { federated } from '../support/safety-facts.ts';
import { testRule } from '../support/test-rule.ts';

const home = '22222222-2222-4222-8222-222222222222';
const other = '99999999-9999-4999-8999-999999999999';
const entra = (tenant: string) => `https://login.microsoftonline.com/${tenant}/v2.0`;
const head = (severity: string) => `${severity} likely fic-1: federated credential \`github\``;

testRule(federatedFromElsewhere, {
  pass: {
    'GitHub, for Entra': [federated(), servicePrincipal()],
    'an identity of the same tenant': [federated({ issuer: entra(home) }), servicePrincipal()],
    'another tenant, where nobody knows whose the app is': [federated({ issuer: entra(other) })],
    'the audience of another cloud': [federated({ audiences: ['api://AzureADTokenExchangeUSGov'] })],
    'the audience in other letters': [federated({ audiences: ['api://azureadtokenexchange'] })],
  },
  fail: {
    'an issuer without encryption': {
      facts: [federated({ issuer: 'http://ci.contoso.example' }), servicePrincipal()],
      says: [
        `${head('high')} fetches the keys of issuer \`http://ci.contoso.example\` without encryption: whoever sits on the way signs in as the identity`,
      ],
    },
    'an identity of another tenant': {
      facts: [federated({ issuer: entra(other) }), servicePrincipal()],
      says: [
        `${head('medium')} trusts an identity of another Microsoft Entra tenant, \`${other}\`, which this one can neither see nor switch off`,
      ],
    },
    'tokens for somebody else': {
      facts: [federated({ audiences: ['https://github.com/contoso'] })],
      says: [
        `${head('low')} takes tokens that were made for \`https://github.com/contoso\`: whoever receives such a token can use it here`,
      ],
    },
  },
});
