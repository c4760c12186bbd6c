import type { TenantSettingFact } from '../core/fact.ts';
import { defineRule, type Severity } from '../core/rule.ts';
import { findRetirement, phaseAt } from '../knowledge/calendar.ts';

interface Door {
  readonly severity: Severity;
  readonly opens: string;
  readonly help: string;
}

const legacyAuth: Door = {
  severity: 'high',
  opens:
    'every user can sign in to SharePoint by legacy protocols, past multifactor authentication and Conditional Access',
  help: 'run `Set-SPOTenant -LegacyAuthProtocolsEnabled $false`: a backup that signs in as an Entra application needs no legacy protocol',
};

/** The door is closed by Microsoft from the last day on, and what stood in it remains. */
const customApps = (now: Date): Door => {
  const acs = findRetirement('sharepoint-acs');
  const isOver = acs !== null && phaseAt(acs, now)?.final === true;
  return {
    severity: isOver ? 'medium' : 'high',
    opens: isOver
      ? `app principals of Azure Access Control, which Microsoft Entra does not show, are let in; since ${acs.phases.at(-1)?.date} they no longer sign in, so that nothing needs it`
      : 'app principals of Azure Access Control, which Microsoft Entra does not show, sign in to SharePoint by a secret',
    help: 'run `Set-SPOTenant -DisableCustomAppAuthentication $true`, and have the product sign in as an Entra application with a certificate',
  };
};

/** What nobody set is left to Microsoft, who switches it off; what was set stays until somebody takes it back. */
const webServices = (now: Date, byDefault: boolean): Door | null => {
  const ews = findRetirement('exchange-web-services');
  const phase = ews === null ? null : phaseAt(ews, now);
  if (byDefault || phase === null) return null;
  return {
    severity: 'medium',
    opens: `any app with the permission reaches mailboxes by Exchange Web Services; since ${phase.date} ${phase.effect}`,
    help: 'name the apps that still need it in `EWSAllowedAppIDs` and write `allow-list`, or run `Set-OrganizationConfig -EwsEnabled $false`',
  };
};

/** What every user may do by the settings of Microsoft Entra; by default or not, the door is as open. */
const entraDoors: ReadonlyMap<string, Door> = new Map([
  [
    'entra.userConsent',
    {
      severity: 'medium',
      opens:
        'any user can let any app read and write what the user can, as one that is called after the backup product',
      help: 'let Microsoft manage consent, or allow it for verified publishers and chosen permissions, which is `low-risk`; better switch it off and have requests go to administrators',
    },
  ],
  [
    'entra.groupOwnerConsent',
    {
      severity: 'medium',
      opens: "owners of groups can let any app read what is the group's, messages of teams among it",
      help: 'switch consent of group owners off in the Entra admin centre, under Consent and permissions',
    },
  ],
  [
    'entra.usersCanRegisterApps',
    {
      severity: 'low',
      opens: 'every user can make applications, which nobody in charge knows of',
      help: 'switch it off in the Entra admin centre, under User settings, and give the role Application Developer to those who need it',
    },
  ],
  [
    'entra.usersCanCreateTenants',
    {
      severity: 'low',
      opens: 'every user can make a tenant, which nobody in charge watches',
      help: 'switch it off in the Entra admin centre, under User settings, and give the role Tenant Creator to those who need it',
    },
  ],
]);

const doorOf = ({ subject, byDefault }: TenantSettingFact, now: Date): Door | null => {
  if (subject === 'sharepoint.legacyAuthProtocols') return legacyAuth;
  if (subject === 'sharepoint.customAppAuthentication') return customApps(now);
  return subject === 'exchange.ews' ? webServices(now, byDefault) : (entraDoors.get(subject) ?? null);
};

/** See docs/rules/risky-tenant-setting.md */
export const riskyTenantSetting = defineRule({
  id: 'risky-tenant-setting',
  summary: 'A setting of the tenant holds a door open that no backup needs',
  severity: 'high',
  confidence: 'certain',
  kinds: ['tenant-setting'],
  since: '0.1.0',
  *check({ facts, now }) {
    for (const fact of facts) {
      const door = fact.value === 'enabled' ? doorOf(fact, now) : null;
      if (door === null) continue;
      yield {
        at: fact,
        severity: door.severity,
        message: `tenant setting \`${fact.subject}\` is \`${fact.value}\`: ${door.opens}`,
        help: door.help,
        evidence: { value: fact.value },
      };
    }
  },
});
