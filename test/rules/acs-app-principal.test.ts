import { acsAppPrincipal } from '../../src/rules/acs-app-principal.ts';
import { acsPrincipal, appRole, tenantSetting } from '../support/facts.ts';
import { testRule } from '../support/test-rule.ts';

const head = 'high certain 6f1c0f5e-0000-4000-8000-000000000001: app principal `6f1c0f5e-0000-4000-8000-000000000001`';
const made = `${head}, made on \`appinv.aspx\` and unseen in Microsoft Entra, holds rights of its own on`;
const over = '; since 2026-04-02 app principals of Azure Access Control no longer sign in, so that it is left over';

testRule(acsAppPrincipal, {
  pass: {
    'one that acts for a user alone': [acsPrincipal({ appOnly: false })],
    'one without any right': [acsPrincipal({ tenantPermissions: [] })],
    'the permission in Entra': [appRole('Sites.FullControl.All')],
    'the setting that lets it in': [tenantSetting('sharepoint.customAppAuthentication', 'enabled')],
  },
  fail: {
    'full control of every site': {
      facts: [acsPrincipal()],
      says: [`${made} every site: \`FullControl on http://sharepoint/content/tenant\`${over}`],
    },
    'single sites': {
      facts: [acsPrincipal({ tenantPermissions: [], sitePermissions: ['Read on s1', 'Write on s2'] })],
      says: [`${made} single sites: \`Read on s1\`, \`Write on s2\`${over}`],
    },
    'every site, while it still signs in': {
      facts: [acsPrincipal()],
      now: '2026-04-01T23:59:59Z',
      says: [`${made} every site: \`FullControl on http://sharepoint/content/tenant\``],
    },
  },
});
