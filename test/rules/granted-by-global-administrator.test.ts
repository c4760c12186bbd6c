import { grantedByGlobalAdministrator } from '../../src/rules/granted-by-global-administrator.ts';
import { administrator, audit } from '../support/safety-facts.ts';
import { testRule } from '../support/test-rule.ts';

const consent = 'Consent to application';
const grant = 'Add app role assignment to service principal';
const day = '2026-11-20T08:00:00Z';
const why = ': a sign-in that can do everything served to give one app its access';

testRule(grantedByGlobalAdministrator, {
  pass: {
    'somebody with a smaller role': [
      audit(consent, day, { ...administrator, roles: ['Cloud Application Administrator'] }),
    ],
    'somebody whose roles are not known': [audit(consent, day, { type: 'user', id: 'u', name: 'a@contoso.example' })],
    'an app': [audit(grant, day, { type: 'app', id: 'a', name: 'pipeline' })],
    'a credential that an administrator renewed': [audit('Add service principal credentials', day)],
  },
  fail: {
    'a consent': {
      facts: [audit(consent, day)],
      says: [
        `low likely ${consent}: \`admin@contoso.example\`, a Global Administrator, did \`${consent}\` for it on 2026-11-20${why}`,
      ],
    },
    'grants, of two days': {
      facts: [audit(grant, day), audit(grant, '2026-11-10T08:00:00Z'), audit(grant, '2026-11-09T08:00:00Z')],
      says: [
        `low likely ${grant}: \`admin@contoso.example\`, a Global Administrator, did \`${grant}\` for it on 2026-11-20, the latest of 3 such deeds${why}`,
      ],
    },
  },
});
