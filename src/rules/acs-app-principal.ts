import { defineRule } from '../core/rule.ts';
import { findRetirement, phaseAt } from '../knowledge/calendar.ts';

/** ` (since …)`, once app principals of Azure Access Control no longer sign in. */
const retiredSince = (now: Date): string => {
  const acs = findRetirement('sharepoint-acs');
  const phase = acs === null ? null : phaseAt(acs, now);
  return phase === null ? '' : `; since ${phase.date} ${phase.effect}, so that it is left over`;
};

/** See docs/rules/acs-app-principal.md */
export const acsAppPrincipal = defineRule({
  id: 'acs-app-principal',
  summary: 'SharePoint trusts the application as an app principal that Microsoft Entra does not show',
  severity: 'high',
  confidence: 'certain',
  kinds: ['acs-app-principal'],
  since: '0.1.0',
  *check({ facts, now }) {
    for (const fact of facts) {
      const rights = [...fact.tenantPermissions, ...fact.sitePermissions];
      if (!fact.appOnly || rights.length === 0) continue;
      const reach =
        fact.tenantPermissions.length > 0
          ? `every site: \`${fact.tenantPermissions.join('`, `')}\``
          : `single sites: \`${fact.sitePermissions.join('`, `')}\``;
      yield {
        at: fact,
        message: `app principal \`${fact.subject}\`, made on \`appinv.aspx\` and unseen in Microsoft Entra, holds rights of its own on ${reach}${retiredSince(now)}`,
        help: 'take the trust away in the SharePoint admin centre (`AppPrincipals.aspx`), and sign in as an Entra application with a certificate and `Sites.Read.All` or `Sites.Selected`',
        evidence: { title: fact.title, tenantWide: fact.tenantPermissions.length > 0, rights },
      };
    }
  },
});
