import { activityCases } from './activity.ts';
import { azureRoleCases } from './azure-roles.ts';
import { azureScopeCases } from './azure-scopes.ts';
import { azureSources } from './azure-sources.ts';
import type { Cases } from './corpus-case.ts';
import { credentialCases } from './credentials.ts';
import { delegatedCases } from './delegated.ts';
import { doorCases, siteCases } from './doors.ts';
import { exchangeCases } from './exchange.ts';
import { federatedCases } from './federated.ts';
import { groupCases } from './groups.ts';
import { hubstor } from './hubstor.ts';
import { identityCases } from './identities.ts';
import { m365Workloads } from './m365-workloads.ts';
import { powerCases } from './powers.ts';
import { presenceCases } from './presence.ts';
import { productCases } from './products.ts';
import { promiseCases } from './promises.ts';
import { protectionCases } from './protection.ts';
import { retiredCases } from './retired.ts';
import { scopedCases } from './scoped.ts';
import { settingCases } from './settings.ts';
import { vaultWorkCases } from './vault-work.ts';
import { vaultCases } from './vaults.ts';

/** Every labelled case, by theme. */
export const corpus: Readonly<Record<string, Cases>> = {
  activity: activityCases,
  'azure sources': azureSources,
  'azure roles': azureRoleCases,
  'azure scopes': azureScopeCases,
  credentials: credentialCases,
  delegated: delegatedCases,
  exchange: exchangeCases,
  federated: federatedCases,
  groups: groupCases,
  doors: doorCases,
  'site grants': siteCases,
  hubstor,
  identities: identityCases,
  'm365 workloads': m365Workloads,
  powers: powerCases,
  presence: presenceCases,
  products: productCases,
  promises: promiseCases,
  protection: protectionCases,
  retired: retiredCases,
  scoped: scopedCases,
  settings: settingCases,
  vaults: vaultCases,
  'vault work': vaultWorkCases,
};
