import { placeOfIdentity } from '../core/identity-of.ts';
import { defineRule } from '../core/rule.ts';

const wide: Readonly<Record<string, string>> = {
  azureadmultipleorgs: 'accounts of any organisation',
  azureadandpersonalmicrosoftaccount: 'accounts of any organisation and personal ones',
  personalmicrosoftaccount: 'personal accounts',
};

/** See docs/rules/multi-tenant-audience.md */
export const multiTenantAudience = defineRule({
  id: 'multi-tenant-audience',
  summary: 'An application registered for one organisation accepts sign-ins from others',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['service-principal'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    for (const fact of facts) {
      const whom = wide[fact.audience?.toLowerCase() ?? ''];
      if (!fact.hasApplication || whom === undefined || fact.audience === null) continue;
      yield {
        at: null,
        about: { identity: fact.identity, subject: 'signInAudience', place: placeOfIdentity(policy, fact.identity) },
        message: `the application is registered in this tenant and its \`signInAudience\` is \`${fact.audience}\`: ${whom} can sign in to it, and any tenant can consent to it`,
        help: 'set `signInAudience` to `AzureADMyOrg`; a backup of one organisation needs no other',
        evidence: { signInAudience: fact.audience },
      };
    }
  },
});
