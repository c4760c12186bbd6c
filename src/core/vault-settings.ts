import type { ToldSetting } from './setting-details.ts';
import { objectOf, optionalBooleanOf, optionalStringOf, requiredListOf, type WireObject } from './wire.ts';

/** Is it a Recovery Services vault, and not a Backup vault? By its id. */
export const isRecoveryVault = (id: string): boolean => /\/microsoft\.recoveryservices\/vaults\//i.test(id);

/**
 * Where the two sorts of vault tell their settings, below `properties` (sources: Vaults - Get of Recovery Services
 * 2023-04-01, Backup Vaults - Get of Data Protection 2024-04-01).
 */
const places: readonly (readonly [setting: string, path: string])[] = [
  ['softDelete', 'securitySettings.softDeleteSettings.softDeleteState'],
  ['softDelete', 'securitySettings.softDeleteSettings.state'],
  ['immutability', 'securitySettings.immutabilitySettings.state'],
  ['multiUserAuthorization', 'securitySettings.multiUserAuthorization'],
  ['crossSubscriptionRestore', 'restoreSettings.crossSubscriptionRestoreSettings.crossSubscriptionRestoreState'],
  ['crossSubscriptionRestore', 'featureSettings.crossSubscriptionRestoreSettings.state'],
  ['crossRegionRestore', 'redundancySettings.crossRegionRestore'],
  ['crossRegionRestore', 'featureSettings.crossRegionRestoreSettings.state'],
  ['redundancy', 'redundancySettings.standardTierStorageRedundancy'],
  ['publicNetworkAccess', 'publicNetworkAccess'],
];

/** Recovery Services says `Enabled` and `Disabled` where a Backup vault says `On` and `Off`. */
const softDeleteWords: Readonly<Record<string, string>> = {
  enabled: 'On',
  disabled: 'Off',
  alwayson: 'AlwaysOn',
};

const textAt = (properties: WireObject, path: string): string | null => {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let at = properties;
  for (const step of steps) at = objectOf(at[step] ?? {}, `\`${step}\``);
  const text = optionalStringOf(at, last);
  // `Invalid` is Azure's word for what was never set.
  return text?.toLowerCase() === 'invalid' ? null : text;
};

/** A Backup vault says how often it keeps what, store by store; that of the vault itself is what counts. */
const storeOf = (properties: WireObject): string | null => {
  if (properties['storageSettings'] === undefined || properties['storageSettings'] === null) return null;
  const stores = requiredListOf(properties, 'storageSettings').map((one) => objectOf(one, 'a store'));
  const own = stores.find((store) => optionalStringOf(store, 'datastoreType') === 'VaultStore') ?? stores[0];
  return own === undefined ? null : optionalStringOf(own, 'type');
};

const guardedOf = (properties: WireObject): string | null => {
  const guarded = optionalBooleanOf(properties, 'isVaultProtectedByResourceGuard');
  if (guarded === null) return null;
  return guarded ? 'Enabled' : 'Disabled';
};

/** The properties of an ARM object; none where it has none. */
export const propertiesOf = (resource: WireObject): WireObject =>
  objectOf(resource['properties'] ?? {}, '`properties`');

/** Every protection setting that a vault mentions, once each: of what it leaves out nothing is said. */
export const parseVaultSettings = (vault: unknown): readonly ToldSetting[] => {
  const properties = propertiesOf(objectOf(vault, 'the vault'));
  const told = [
    ...places.map(([setting, path]) => [setting, textAt(properties, path)] as const),
    ['redundancy', storeOf(properties)] as const,
    ['multiUserAuthorization', guardedOf(properties)] as const,
  ];
  const found = new Map<string, ToldSetting>();
  for (const [setting, text] of told) {
    if (text === null || found.has(setting)) continue;
    const value = setting === 'softDelete' ? (softDeleteWords[text.toLowerCase()] ?? text) : text;
    found.set(setting, { setting, value, details: {} });
  }
  return [...found.values()];
};
