import type { Policy } from '../core/policy.ts';
import { profileOf } from './products.ts';

/** Settings that a product's page may ask for, with what has to be looked at then. */
const askedByPages: Readonly<Record<string, string>> = {
  'sharepoint.legacyAuthProtocols': 'sharepoint.legacyAuthProtocols',
  'sharepoint.customAppAuthentication': 'sharepoint.customAppAuthentication',
  // An app principal of SharePoint is of use only while this door is open.
  'sharepoint.acsAppPrincipal': 'sharepoint.customAppAuthentication',
  'exchange.ews': 'exchange.ews',
};

/** Names of the tenant's settings that a policy states or its product's page asks to change; none of a retired policy. */
export const settingsOf = (policy: Policy): readonly string[] => {
  if (policy.state === 'retired') return [];
  const rows = (profileOf(policy)?.documented ?? []).filter(({ plane }) => plane === 'settings');
  const asked = rows.flatMap(({ value }) => askedByPages[value] ?? []);
  return [...new Set([...policy.tenantSettings.map(({ name }) => name), ...asked])];
};
