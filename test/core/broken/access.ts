import { type BrokenCase, change, withAccess, withSpec } from './sample-policy.ts';

/** Entries of `access`, credentials, presence and exceptions. */
export const brokenAccess: Readonly<Record<string, BrokenCase>> = {
  'a role by name and by id': {
    text: withAccess(
      '    azureRoles:\n      - { role: Reader, roleId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10, scope: /subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app }',
    ),
    says: ['15:9 wrong-shape: an Azure role is named by `role` or by `roleId`, by one of them [keep one of the two]'],
  },
  'a role by neither': {
    text: withAccess(
      '    azureRoles:\n      - scope: /subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
    ),
    says: [
      '15:9 wrong-shape: an Azure role is named by `role` or by `roleId`, by one of them [add `role` or `roleId`]',
    ],
  },
  'a role without a scope': {
    text: withAccess('    azureRoles:\n      - role: Reader'),
    says: [
      '15:9 missing-key: `scope` is missing in `azureRoles` [add it, for example `scope: /subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app`]',
    ],
  },
  'the same role twice in other spellings': {
    text: withAccess(
      '    azureRoles:\n      - { role: Reader, scope: /subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app }\n      - { role: reader, scope: /subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourcegroups/rg-app }',
    ),
    says: ['16:9 duplicate-entry: entry 2 of `azureRoles` asks for the same as entry 1 [keep one of the two]'],
  },
  'the same permission twice': {
    text: withAccess(
      '    applicationPermissions:\n      Microsoft Graph: [Mail.Read, { permission: mail.read, purpose: again }]',
    ),
    says: ['15:36 duplicate-entry: entry 2 of `Microsoft Graph` asks for the same as entry 1 [keep one of the two]'],
  },
  'a permission read as a number': {
    text: withAccess('    applicationPermissions:\n      Microsoft Graph: [404]'),
    says: [
      '15:25 needs-quotes: `404` is read as the number 404, but an entry of `Microsoft Graph` takes text [put it in quotes: `"404"`]',
    ],
  },
  'a directory role by a misspelt key': {
    text: withAccess('    directoryRoles: [{ rol: Global Reader }]'),
    says: ['14:24 unknown-key: unknown key `rol` in `directoryRoles` [did you mean `role`?]'],
  },
  'an Exchange role without a scope': {
    text: withAccess('    exchangeRoles: [{ role: Application Mail.Read }]'),
    says: ['14:21 missing-key: `scope` is missing in `exchangeRoles` [add it, for example `scope: organization`]'],
  },
  'an Exchange scope of two shapes': {
    text: withAccess(
      '    exchangeRoles: [{ role: Application Mail.Read, scope: { group: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10, administrativeUnit: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10 } }]',
    ),
    says: ['14:52 too-many: `scope` has 2 keys; the limit is 1'],
  },
  'an Exchange scope of none': {
    text: withAccess('    exchangeRoles: [{ role: Application Mail.Read, scope: {} }]'),
    says: ['14:52 empty-value: `scope` is empty; it needs at least 1 key'],
  },
  'a site role in other case': {
    text: withAccess('    siteGrants: [{ site: https://contoso.sharepoint.com/sites/a, role: Read }]'),
    says: ['14:72 unknown-value: `Read` is no value of `role` [did you mean `read`?]'],
  },
  'a site without https': {
    text: withAccess('    siteGrants: [{ site: contoso.sharepoint.com, role: read }]'),
    says: [
      '14:26 bad-format: `contoso.sharepoint.com` is not the address of a site, which `site` takes [write it as `https://contoso.sharepoint.com/sites/finance`]',
    ],
  },
  'a group by name': {
    text: withAccess('    groups: [Backup Operators]'),
    says: [
      '14:14 not-a-guid: `Backup Operators` is not a GUID, which `groups` takes [copy the id from the Microsoft Entra admin center: a name never stands for an identity]',
    ],
  },
  'a key vault permission that is none': {
    text: withAccess(
      '    keyVaultAccess: [{ vault: /subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app/providers/Microsoft.KeyVault/vaults/kv, permissions: { keys: [wrap-key] } }]',
    ),
    says: ['14:167 unknown-value: `wrap-key` is no value of `keys` [did you mean `wrapKey`?]'],
  },
  'a vault where a key vault goes': {
    text: withAccess(
      '    keyVaultAccess: [{ vault: /subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app/providers/Microsoft.DataProtection/backupVaults/bv, permissions: {} }]',
    ),
    says: [
      '14:31 wrong-resource: `/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app/providers/Microsoft.DataProtection/backupVaults/bv` is not a key vault [its id ends with `Microsoft.KeyVault/vaults/` and a name]',
    ],
  },
  'a sort of credential that is none': {
    text: withSpec('  credentials: { allow: [password] }'),
    says: ['15:26 unknown-value: `password` is no value of `allow` [it takes `federated`, `certificate` or `secret`]'],
  },
  'a duration in words': {
    text: withSpec('  credentials: { maxLifetime: 180 days }'),
    says: [
      '15:31 bad-duration: `180 days` is not a duration, which `maxLifetime` takes [write `P180D` for 180 days, `PT8H` for 8 hours]',
    ],
  },
  'a duration of nothing': {
    text: withSpec('  credentials: { maxLifetime: P }'),
    says: [
      '15:31 bad-duration: `P` is not a duration, which `maxLifetime` takes [write `P180D` for 180 days, `PT8H` for 8 hours]',
    ],
  },
  'a duration read as a number': {
    text: withSpec('  credentials: { maxLifetime: 180 }'),
    says: [
      '15:31 bad-duration: `180` is not a duration, which `maxLifetime` takes [write `P180D` for 180 days, `PT8H` for 8 hours]',
    ],
  },
  'terms for credentials that say nothing': {
    text: withSpec('  credentials: {}'),
    says: ['15:3 empty-value: `credentials` is empty; it needs at least 1 key'],
  },
  'a user and an app in one': {
    text: withSpec(
      '  mustExist: [{ appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10, userPrincipalName: a@contoso.example }]',
    ),
    says: [
      '15:15 wrong-shape: an app or user is named by `appId` or by `userPrincipalName`, by one of them [keep one of the two]',
    ],
  },
  'a user by name': {
    text: withSpec('  mustNotExist: [{ userPrincipalName: Backup Admin }]'),
    says: [
      '15:39 bad-format: `Backup Admin` is not a sign-in name, which `userPrincipalName` takes [write it as `name@contoso.example`]',
    ],
  },
  'an app that must and must not exist': {
    text: withSpec(
      '  mustExist: [{ appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10 }]\n  mustNotExist: [{ appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10 }]',
    ),
    says: [
      '16:18 contradiction: `6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10` is in `mustExist` and in `mustNotExist` [keep one of the two]',
    ],
  },
  'an exception without an end': {
    text: withSpec(
      '  exceptions: [{ rule: standing-restore-access, subject: Disk Restore Operator, reason: test, approvedBy: ciso@contoso.example }]',
    ),
    says: ['15:16 missing-key: `expires` is missing in `exceptions` [add it, for example `expires: 2026-12-31`]'],
  },
  'an exception of more than a year': {
    text: withSpec(
      '  exceptions: [{ rule: standing-restore-access, subject: Disk Restore Operator, reason: test, approvedBy: ciso@contoso.example, expires: 2027-11-24 }]',
    ),
    says: [
      '15:138 expires-too-late: the exception expires on `2027-11-24`; the limit is `2027-11-22`, a year from `2026-11-22` [write an earlier day, and renew the exception then if it still holds]',
    ],
  },
  'an exception until no day': {
    text: withSpec(
      '  exceptions: [{ rule: standing-restore-access, subject: Disk Restore Operator, reason: test, approvedBy: ciso@contoso.example, expires: 2026-11-31 }]',
    ),
    says: ['15:138 bad-date: there is no day `2026-11-31` [look at the length of the month]'],
  },
  'an exception from an unknown rule': {
    text: withSpec(
      '  exceptions: [{ rule: standing-restore-acess, subject: Disk Restore Operator, reason: test, approvedBy: ciso@contoso.example, expires: 2026-12-31 }]',
    ),
    says: ['15:24 unknown-rule: unknown rule `standing-restore-acess` [did you mean `standing-restore-access`?]'],
  },
  'an exception twice': {
    text: withSpec(
      '  exceptions:\n    - { rule: standing-restore-access, subject: Disk Restore Operator, reason: test, approvedBy: ciso@contoso.example, expires: 2026-12-31 }\n    - { rule: standing-restore-access, subject: Disk Restore Operator, reason: test, approvedBy: ciso@contoso.example, expires: 2027-01-31 }',
    ),
    says: ['17:7 duplicate-entry: entry 2 of `exceptions` asks for the same as entry 1 [keep one of the two]'],
  },
  'an elevation without a limit': {
    text: change('[backup]', '[backup]\n      elevations: [{ operation: restore }]'),
    says: ['12:20 missing-key: `maxDuration` is missing in `elevations` [add it, for example `maxDuration: PT8H`]'],
  },
  'minimal access to nothing': {
    text: 'apiVersion: backup-access/v1\nkind: BackupAccessPolicy\nmetadata: { name: a, owner: b }\nspec:\n  identities: [{ appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10 }]\n  access: minimal\n',
    says: [
      '6:11 minimal-of-nothing: `access: minimal` is computed from `protects`, which lists nothing [list what is protected; `state: retired` asks for everything to be revoked]',
    ],
  },
};
