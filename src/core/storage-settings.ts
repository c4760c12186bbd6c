import type { ToldSetting } from './setting-details.ts';
import { propertiesOf } from './vault-settings.ts';
import { objectOf, optionalBooleanOf, optionalStringOf, type WireObject } from './wire.ts';

const switched = (setting: string, on: boolean | null, byDefault = false): readonly ToldSetting[] =>
  on === null ? [] : [{ setting, value: on ? 'Enabled' : 'Disabled', details: byDefault ? { byDefault } : {} }];

/** Every whole answer of ARM has one of these; an object that was cut short says nothing by what it leaves out. */
const isWhole = (properties: WireObject): boolean =>
  ['creationTime', 'primaryEndpoints', 'provisioningState'].some((field) => properties[field] !== undefined);

/**
 * What a storage account tells of its doors. Shared keys that nobody switched off are on (source: Storage Accounts -
 * Get Properties: `allowSharedKeyAccess` is null by default, which is true).
 */
export const parseAccountSettings = (account: unknown): readonly ToldSetting[] => {
  const properties = propertiesOf(objectOf(account, 'the storage account'));
  const keys = optionalBooleanOf(properties, 'allowSharedKeyAccess');
  const action = optionalStringOf(objectOf(properties['networkAcls'] ?? {}, '`networkAcls`'), 'defaultAction');
  return [
    ...(keys === null && isWhole(properties)
      ? switched('sharedKeyAccess', true, true)
      : switched('sharedKeyAccess', keys)),
    ...(action === null ? [] : [{ setting: 'networkDefault', value: action, details: networkDetails(properties) }]),
    ...switched('crossTenantReplication', optionalBooleanOf(properties, 'allowCrossTenantReplication')),
  ];
};

/** Where the public network is off as a whole, the default of its rules lets nobody in. */
const networkDetails = (properties: WireObject) => ({
  publicNetworkAccess: optionalStringOf(properties, 'publicNetworkAccess'),
});

/** What the blob service of an account tells of deleted and overwritten blobs. */
export const parseBlobSettings = (service: unknown): readonly ToldSetting[] => {
  const properties = propertiesOf(objectOf(service, 'the blob service'));
  const retention = objectOf(properties['deleteRetentionPolicy'] ?? {}, '`deleteRetentionPolicy`');
  return [
    ...switched('blobSoftDelete', optionalBooleanOf(retention, 'enabled')),
    ...switched('versioning', optionalBooleanOf(properties, 'isVersioningEnabled')),
  ];
};

/** The id of the storage account that a scope is or lies in; `null` of any other. */
export const storageAccountIn = (scope: string): string | null =>
  /^(\/subscriptions\/.+?\/providers\/microsoft\.storage\/storageaccounts\/[^/]+)/i.exec(scope)?.[1] ?? null;
