import { type BrokenCase, change, samplePolicy, withAccess, withSpec } from './sample-policy.ts';

/** Kinds, versions, keys and shapes. */
export const brokenKeys: Readonly<Record<string, BrokenCase>> = {
  'a list instead of a map': {
    text: '- a\n',
    says: ['1:1 not-a-map: the file is no map of keys and values [it begins with `apiVersion: backup-access/v1`]'],
  },
  'text instead of a map': {
    text: 'hello\n',
    says: ['1:1 not-a-map: the file is no map of keys and values [it begins with `apiVersion: backup-access/v1`]'],
  },
  'neither kind nor version': {
    text: 'a: 1\n',
    says: [
      '1:1 unknown-kind: the file says neither `apiVersion` nor `kind` [a policy begins with `apiVersion: backup-access/v1` and `kind: BackupAccessPolicy`]',
    ],
  },
  'a kind of something else': {
    text: change('BackupAccessPolicy', 'Deployment'),
    says: [
      '2:7 unknown-kind: a file of kind `Deployment` is not expected here [write `BackupAccessPolicy`, or move the file]',
    ],
  },
  'a misspelt kind': {
    text: change('BackupAccessPolicy', 'BackupAcessPolicy'),
    says: [
      '2:7 unknown-kind: a file of kind `BackupAcessPolicy` is not expected here [did you mean `BackupAccessPolicy`?]',
    ],
  },
  'a configuration among policies': {
    text: change('BackupAccessPolicy', 'BackupAccessConfig'),
    says: [
      "2:7 unknown-kind: a file of kind `BackupAccessConfig` is not expected here [the configuration is the file `backup-access.yaml` beside the policies' folder]",
    ],
  },
  'a product profile among policies': {
    text: change('BackupAccessPolicy', 'BackupProductProfile'),
    says: [
      "2:7 unknown-kind: a file of kind `BackupProductProfile` is not expected here [product profiles lie in the policies' folder under `products/`]",
    ],
  },
  'a newer version': {
    text: change('backup-access/v1', 'backup-access/v2'),
    says: [
      '1:13 unknown-version: version `backup-access/v2` of the format is not known to this program [update the program, or write `backup-access/v1` if the file needs nothing newer]',
    ],
  },
  'a version of something else': {
    text: change('backup-access/v1', 'v1'),
    says: ['1:13 unknown-version: `v1` is no version of the format [write `backup-access/v1`]'],
  },
  'no kind': {
    text: change('kind: BackupAccessPolicy\n', ''),
    says: ['1:1 missing-key: `kind` is missing at the top level [add it, for example `kind: BackupAccessPolicy`]'],
  },
  'no spec': {
    text: 'apiVersion: backup-access/v1\nkind: BackupAccessPolicy\nmetadata: { name: a, owner: b }\n',
    says: ['1:1 missing-key: `spec` is missing at the top level [add `spec:`]'],
  },
  'a spec without a value': {
    text: 'apiVersion: backup-access/v1\nkind: BackupAccessPolicy\nmetadata: { name: a, owner: b }\nspec:\n',
    says: ['4:1 empty-value: `spec` has no value [write what belongs here]'],
  },
  'no owner': {
    text: change('  owner: backup-team@contoso.example\n', ''),
    says: [
      '3:1 missing-key: `owner` is missing in `metadata` [add it, for example `owner: backup-team@contoso.example`]',
    ],
  },
  'a misspelt key': {
    text: withSpec('  enforcment: report'),
    says: ['15:3 unknown-key: unknown key `enforcment` in `spec` [did you mean `enforcement`?]'],
  },
  'a misspelt key that is required': {
    text: change('  owner:', '  onwer:'),
    says: ['5:3 unknown-key: unknown key `onwer` in `metadata` [did you mean `owner`?]'],
  },
  'a key in other case': {
    text: change('appId', 'appid'),
    says: ['8:7 unknown-key: unknown key `appid` in `identities` [did you mean `appId`?]'],
  },
  'a key that nothing resembles': {
    text: change('  owner:', '  colour: red\n  owner:'),
    says: [
      '5:3 unknown-key: unknown key `colour` in `metadata` [the keys here are `name`, `integration`, `tenant`, `owner`, `reviewBy` and `description`]',
    ],
  },
  'a key one level too high': {
    text: `${samplePolicy}enforcement: report\n`,
    says: ['15:1 unknown-key: unknown key `enforcement` at the top level [it belongs in `spec`]'],
  },
  'a plane one level too high': {
    text: withSpec('  exchangeRoles: []'),
    says: ['15:3 unknown-key: unknown key `exchangeRoles` in `spec` [it belongs in `access`]'],
  },
  'a product beside the name': {
    text: change('  owner:', '  product: hubstor\n  owner:'),
    says: ['5:3 unknown-key: unknown key `product` in `metadata` [it belongs in `spec`]'],
  },
  'a key of another map in an exception': {
    text: withSpec(
      '  exceptions: [{ rule: standing-restore-access, subject: a, reason: b, approvedBy: c, expires: 2026-12-31, name: d }]',
    ),
    says: [
      '15:108 unknown-key: unknown key `name` in `exceptions` [the keys here are `rule`, `subject`, `identity`, `reason`, `approvedBy` and `expires`]',
    ],
  },
  'a misspelt plane': {
    text: withAccess('    azureRole: []'),
    says: ['14:5 unknown-key: unknown key `azureRole` in `access` [did you mean `azureRoles`?]'],
  },
  'a plane without a value': {
    text: withAccess('    azureRoles:'),
    says: ['14:5 empty-value: `azureRoles` has no value [write `[]` for none at all, or leave the key out]'],
  },
  'an API without a value': {
    text: withAccess('    applicationPermissions:\n      Microsoft Graph:'),
    says: ['15:7 empty-value: `Microsoft Graph` has no value [write `[]` for none at all, or leave the key out]'],
  },
  'a plane of another shape': {
    text: withAccess('    applicationPermissions: [Mail.Read]'),
    says: ['14:5 wrong-type: `applicationPermissions` takes a map, not a list'],
  },
  'a map where a list goes': {
    text: withAccess('    azureRoles: { role: Reader }'),
    says: ['14:5 wrong-type: `azureRoles` takes a list, not a map'],
  },
  'a list where access goes': {
    text: change('  access:\n    azureRoles: []', '  access: []'),
    says: ['13:3 wrong-type: `access` takes `minimal` or a map, not a list'],
  },
  'a misspelt minimal': {
    text: change('  access:\n    azureRoles: []', '  access: minmal'),
    says: ['13:11 unknown-value: `minmal` is no value of `access` [did you mean `minimal`?]'],
  },
  'no identities': {
    text: change('  identities:\n    - appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10\n', ''),
    says: ['6:1 missing-key: `identities` is missing in `spec` [add `identities:`]'],
  },
  'an empty list of identities': {
    text: change('  identities:\n    - appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10', '  identities: []'),
    says: ['7:3 empty-list: `identities` is empty; it needs at least 1 [list at least one, or leave the key out]'],
  },
  'an identity without a value': {
    text: change('    - appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10', '    -'),
    says: ['8:5 empty-value: an entry of `identities` has no value [write what belongs here]'],
  },
  'an identity by name': {
    text: change('    - appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10', '    - HubStor'),
    says: ['8:7 wrong-type: an entry of `identities` takes a map, not `HubStor`'],
  },
  'an identity of two shapes': {
    text: change(
      '    - appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10',
      '    - appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10\n      user: 3a9d2c71-6e54-4b0f-a1f8-7c5e9b2d4f60',
    ),
    says: [
      "8:7 wrong-shape: `appId` and `user` don't make one identity [it is one of: `appId` \u00b7 `vault` with `managedIdentity` \u00b7 `managedIdentity` alone \u00b7 `user`]",
    ],
  },
  'an empty identity': {
    text: change('    - appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10', '    - {}'),
    says: [
      '8:7 wrong-shape: an identity is empty [it is one of: `appId` \u00b7 `vault` with `managedIdentity` \u00b7 `managedIdentity` alone \u00b7 `user`]',
    ],
  },
  'a vault without its identity': {
    text: change(
      '    - appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10',
      '    - vault: /subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv',
    ),
    says: [
      '8:7 wrong-shape: an identity names a `vault` without its `managedIdentity` [add `managedIdentity: system`, or the resource id of a user-assigned identity]',
    ],
  },
  'an object id alone': {
    text: change(
      '    - appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10',
      '    - objectId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10',
    ),
    says: [
      '8:7 wrong-shape: an identity has an `objectId` without its `appId` [add the `appId`; a user is named by `user`]',
    ],
  },
  'a misspelt setting': {
    text: withSpec('  tenantSettings:\n    sharepoint.legacyAuthProtocol: disabled'),
    says: [
      '16:5 unknown-key: unknown key `sharepoint.legacyAuthProtocol` in `tenantSettings` [did you mean `sharepoint.legacyAuthProtocols`?]',
    ],
  },
  'a setting with a switch': {
    text: withSpec('  tenantSettings:\n    exchange.ews: false'),
    says: [
      '16:19 unknown-value: `false` is no value of `exchange.ews` [it takes `enabled`, `disabled` or `allow-list`]',
    ],
  },
  'many mistakes in one file': {
    text: 'apiVersion: backup-access/v1\nkind: BackupAccessPolicy\nmetadata: { nam: a, owner: 7 }\nspec:\n  enforcement: always\n  identities: [{ appId: HubStor }]\n  protects: [{ workload: azure-vm-dsk, operations: [] }]\n  exceptions: [{ rule: standing-restore-acess }]\n',
    says: [
      '3:13 unknown-key: unknown key `nam` in `metadata` [did you mean `name`?]',
      '3:28 needs-quotes: `7` is read as the number 7, but `owner` takes text [put it in quotes: `"7"`]',
      '5:16 unknown-value: `always` is no value of `enforcement` [it takes `report`, `additive` or `authoritative`]',
      '6:25 not-a-guid: `HubStor` is not a GUID, which `appId` takes [copy the id from the Microsoft Entra admin center: a name never stands for an identity]',
      '7:26 unknown-workload: unknown workload `azure-vm-dsk` [did you mean `azure-vm-disk`?]',
      '7:40 empty-list: `operations` is empty; it needs at least 1 [list at least one, or leave the key out]',
      '8:16 missing-key: `subject` is missing in `exceptions` [add it, for example `subject: Disk Restore Operator`]',
      '8:16 missing-key: `reason` is missing in `exceptions` [add it, for example `reason: the yearly restore test runs in December`]',
      '8:16 missing-key: `approvedBy` is missing in `exceptions` [add it, for example `approvedBy: ciso@contoso.example`]',
      '8:16 missing-key: `expires` is missing in `exceptions` [add it, for example `expires: 2026-12-31`]',
      '8:24 unknown-rule: unknown rule `standing-restore-acess` [did you mean `standing-restore-access`?]',
    ],
  },
};
