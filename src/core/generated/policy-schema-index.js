// Generated from schemas/ by scripts/build-schemas.ts: change the schema and run it again.
export const policySchemaIndex = {
 "definitions": {
  "#/properties/metadata": "metadata",
  "#/properties/metadata/properties/name": "name",
  "#/properties/metadata/properties/integration": "name",
  "#/properties/metadata/properties/tenant": "name",
  "#/properties/metadata/properties/reviewBy": "date",
  "#/properties/spec": "spec",
  "#/properties/spec/properties/product": "name",
  "#/properties/spec/properties/identities/items": "identity",
  "#/properties/spec/properties/identities/items/properties/appId": "guid",
  "#/properties/spec/properties/identities/items/properties/objectId": "guid",
  "#/properties/spec/properties/identities/items/properties/vault": "vaultId",
  "#/properties/spec/properties/identities/items/properties/managedIdentity": "managedIdentity",
  "#/properties/spec/properties/identities/items/properties/user": "guid",
  "#/properties/spec/properties/protects/items": "protects",
  "#/properties/spec/properties/protects/items/properties/workload": "workload",
  "#/properties/spec/properties/protects/items/properties/operations/items": "operation",
  "#/properties/spec/properties/protects/items/properties/elevations/items": "elevation",
  "#/properties/spec/properties/protects/items/properties/elevations/items/properties/operation": "operation",
  "#/properties/spec/properties/protects/items/properties/elevations/items/properties/maxDuration": "duration",
  "#/properties/spec/properties/protects/items/properties/scopes/items": "scope",
  "#/properties/spec/properties/protects/items/properties/scopes/properties/source": "scopeList",
  "#/properties/spec/properties/protects/items/properties/scopes/properties/source/items": "scope",
  "#/properties/spec/properties/protects/items/properties/scopes/properties/snapshots": "scopeList",
  "#/properties/spec/properties/protects/items/properties/scopes/properties/snapshots/items": "scope",
  "#/properties/spec/properties/protects/items/properties/scopes/properties/target": "scopeList",
  "#/properties/spec/properties/protects/items/properties/scopes/properties/target/items": "scope",
  "#/properties/spec/properties/protects/items/properties/scopes/properties/staging": "scopeList",
  "#/properties/spec/properties/protects/items/properties/scopes/properties/staging/items": "scope",
  "#/properties/spec/properties/protects/items/properties/scopes/properties/key": "scopeList",
  "#/properties/spec/properties/protects/items/properties/scopes/properties/key/items": "scope",
  "#/properties/spec/properties/access/else": "access",
  "#/properties/spec/properties/access/else/properties/applicationPermissions": "apiPermissions",
  "#/properties/spec/properties/access/else/properties/applicationPermissions/additionalProperties/items": "permission",
  "#/properties/spec/properties/access/else/properties/applicationPermissions/additionalProperties/items/properties/purpose": "purpose",
  "#/properties/spec/properties/access/else/properties/delegatedPermissions": "apiPermissions",
  "#/properties/spec/properties/access/else/properties/delegatedPermissions/additionalProperties/items": "permission",
  "#/properties/spec/properties/access/else/properties/delegatedPermissions/additionalProperties/items/properties/purpose": "purpose",
  "#/properties/spec/properties/access/else/properties/directoryRoles/items": "directoryRole",
  "#/properties/spec/properties/access/else/properties/directoryRoles/items/properties/role": "roleName",
  "#/properties/spec/properties/access/else/properties/directoryRoles/items/properties/scope": "guid",
  "#/properties/spec/properties/access/else/properties/azureRoles/items": "azureRole",
  "#/properties/spec/properties/access/else/properties/azureRoles/items/properties/role": "roleName",
  "#/properties/spec/properties/access/else/properties/azureRoles/items/properties/roleId": "guid",
  "#/properties/spec/properties/access/else/properties/azureRoles/items/properties/scope": "armScope",
  "#/properties/spec/properties/access/else/properties/azureRoles/items/properties/purpose": "purpose",
  "#/properties/spec/properties/access/else/properties/exchangeRoles/items": "exchangeRole",
  "#/properties/spec/properties/access/else/properties/exchangeRoles/items/properties/role": "roleName",
  "#/properties/spec/properties/access/else/properties/exchangeRoles/items/properties/scope/properties/group": "guid",
  "#/properties/spec/properties/access/else/properties/exchangeRoles/items/properties/scope/properties/administrativeUnit": "guid",
  "#/properties/spec/properties/access/else/properties/siteGrants/items": "siteGrant",
  "#/properties/spec/properties/access/else/properties/siteGrants/items/properties/site": "siteUrl",
  "#/properties/spec/properties/access/else/properties/keyVaultAccess/items": "keyVaultAccess",
  "#/properties/spec/properties/access/else/properties/keyVaultAccess/items/properties/vault": "keyVaultId",
  "#/properties/spec/properties/access/else/properties/keyVaultAccess/items/properties/permissions": "keyVaultPermissions",
  "#/properties/spec/properties/access/else/properties/groups/items": "guid",
  "#/properties/spec/properties/credentials": "credentials",
  "#/properties/spec/properties/credentials/properties/maxLifetime": "duration",
  "#/properties/spec/properties/credentials/properties/renewBefore": "duration",
  "#/properties/spec/properties/tenantSettings": "tenantSettings",
  "#/properties/spec/properties/mustExist/items": "presence",
  "#/properties/spec/properties/mustExist/items/properties/appId": "guid",
  "#/properties/spec/properties/mustExist/items/properties/purpose": "purpose",
  "#/properties/spec/properties/mustNotExist/items": "presence",
  "#/properties/spec/properties/mustNotExist/items/properties/appId": "guid",
  "#/properties/spec/properties/mustNotExist/items/properties/purpose": "purpose",
  "#/properties/spec/properties/exceptions/items": "exception",
  "#/properties/spec/properties/exceptions/items/properties/rule": "name",
  "#/properties/spec/properties/exceptions/items/properties/expires": "date"
 },
 "keys": {
  "#": {
   "apiVersion": "backup-access/v1",
   "kind": "BackupAccessPolicy",
   "metadata": null,
   "spec": null
  },
  "metadata": {
   "name": "hubstor-prod",
   "integration": "hubstor",
   "tenant": "contoso",
   "owner": "backup-team@contoso.example",
   "reviewBy": "2027-03-31",
   "description": "Disk snapshots of the ERP servers."
  },
  "spec": {
   "product": "hubstor",
   "state": "active",
   "enforcement": "authoritative",
   "identities": null,
   "protects": null,
   "access": "minimal",
   "credentials": null,
   "tenantSettings": null,
   "mustExist": null,
   "mustNotExist": null,
   "exceptions": null
  },
  "identity": {
   "appId": "6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10",
   "objectId": "0d3b7f3a-5c1e-4f0e-8d7e-2b9a6c4f1e22",
   "vault": "/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-backup/providers/Microsoft.DataProtection/backupVaults/bv-prod",
   "managedIdentity": "system",
   "user": "3a9d2c71-6e54-4b0f-a1f8-7c5e9b2d4f60"
  },
  "protects": {
   "workload": "azure-vm-disk",
   "operations": "[backup]",
   "elevations": null,
   "scopes": "[/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app]"
  },
  "elevation": {
   "operation": "backup",
   "maxDuration": "PT8H"
  },
  "#/properties/spec/properties/protects/items/properties/scopes": {
   "source": "[/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app]",
   "snapshots": "[/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app]",
   "target": "[/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app]",
   "staging": "[/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app]",
   "key": "[/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app]"
  },
  "access": {
   "applicationPermissions": null,
   "delegatedPermissions": null,
   "directoryRoles": null,
   "azureRoles": null,
   "exchangeRoles": null,
   "siteGrants": null,
   "keyVaultAccess": null,
   "groups": null
  },
  "permission": {
   "permission": "Mail.Read",
   "purpose": "reads disks for snapshots"
  },
  "directoryRole": {
   "role": "Global Reader",
   "scope": "b7f0c2de-1a34-4c59-9e6d-0f8b7a6c5d43",
   "eligible": "true"
  },
  "azureRole": {
   "role": "Disk Backup Reader",
   "roleId": "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24",
   "scope": "/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app",
   "condition": "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'backup'",
   "eligible": "true",
   "purpose": "reads disks for snapshots"
  },
  "exchangeRole": {
   "role": "Application Mail.Read",
   "scope": "organization"
  },
  "#/properties/spec/properties/access/else/properties/exchangeRoles/items/properties/scope": {
   "group": "9c1f7e0a-5b2d-4d83-8f46-2e7a1c0b9d35",
   "administrativeUnit": "b7f0c2de-1a34-4c59-9e6d-0f8b7a6c5d43"
  },
  "siteGrant": {
   "site": "https://contoso.sharepoint.com/sites/finance",
   "role": "read"
  },
  "keyVaultAccess": {
   "vault": "/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/kv-backup",
   "permissions": null
  },
  "keyVaultPermissions": {
   "keys": "[get, list, wrapKey, unwrapKey]",
   "secrets": "[get, list, backup]",
   "certificates": "[get]",
   "storage": "[]"
  },
  "credentials": {
   "allow": "[federated, certificate]",
   "maxLifetime": "P180D",
   "renewBefore": "P14D"
  },
  "tenantSettings": {
   "sharepoint.legacyAuthProtocols": "disabled",
   "sharepoint.customAppAuthentication": "disabled",
   "exchange.ews": "allow-list",
   "entra.userConsent": "disabled",
   "entra.adminConsentRequests": "enabled",
   "entra.usersCanRegisterApps": "disabled",
   "entra.usersCanCreateGroups": "disabled",
   "entra.usersCanCreateTenants": "disabled",
   "entra.groupOwnerConsent": "disabled",
   "entra.securityDefaults": "enabled",
   "entra.appManagementPolicy": "enabled"
  },
  "presence": {
   "appId": "4d5e6f70-1a2b-4c3d-8e9f-a0b1c2d3e4f5",
   "userPrincipalName": "backup-admin@contoso.example",
   "purpose": "reads disks for snapshots"
  },
  "exception": {
   "rule": "standing-restore-access",
   "subject": "Disk Restore Operator",
   "identity": "6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10",
   "reason": "the yearly restore test runs in December",
   "approvedBy": "ciso@contoso.example",
   "expires": "2026-12-31"
  }
 }
};
