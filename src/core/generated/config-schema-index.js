// Generated from schemas/ by scripts/build-schemas.ts: change the schema and run it again.
export const configSchemaIndex = {
 "definitions": {
  "#/properties/tenants/propertyNames": "name",
  "#/properties/tenants/additionalProperties": "tenant",
  "#/properties/tenants/additionalProperties/properties/tenantId": "guid",
  "#/properties/tenants/additionalProperties/properties/subscriptions/items": "guid",
  "#/properties/tenants/additionalProperties/properties/read": "reader",
  "#/properties/tenants/additionalProperties/properties/read/properties/clientId": "guid",
  "#/properties/tenants/additionalProperties/properties/apply": "applier",
  "#/properties/tenants/additionalProperties/properties/apply/properties/clientId": "guid",
  "#/properties/approval": "approval",
  "#/properties/approval/properties/approvers/items": "approver",
  "#/properties/approval/properties/maxAge": "duration",
  "#/properties/brake": "brake",
  "#/properties/brake/properties/window": "duration",
  "#/properties/untouchable": "untouchable",
  "#/properties/evidence": "evidence",
  "#/properties/evidence/properties/maxAge": "duration",
  "#/properties/restoreGrace": "duration"
 },
 "keys": {
  "#": {
   "apiVersion": "backup-access/v1",
   "kind": "BackupAccessConfig",
   "tenants": null,
   "approval": null,
   "brake": null,
   "neverGrant": "[Sites.FullControl.All]",
   "untouchable": null,
   "evidence": null,
   "restoreGrace": "P7D",
   "failOn": "medium"
  },
  "tenant": {
   "tenantId": "72f988bf-86f1-41af-91ab-2d7cd011db47",
   "cloud": "public",
   "subscriptions": "[6ed70176-8b1f-42f8-adc4-928fa2db414c]",
   "read": null,
   "apply": null
  },
  "reader": {
   "clientId": "0b1c2d3e-4f50-4a6b-8c7d-9e0f1a2b3c4d"
  },
  "applier": {
   "clientId": "1c2d3e4f-5061-4b7c-9d8e-0f1a2b3c4d5e",
   "environment": "production"
  },
  "approval": {
   "required": "1",
   "approvers": "[octocat, @contoso/backup-owners]",
   "maxAge": "P7D"
  },
  "brake": {
   "revokes": "10",
   "percent": "25",
   "perIdentity": "5",
   "window": "P7D"
  },
  "untouchable": {
   "identities": "[6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10]",
   "users": "[break-glass@contoso.example]"
  },
  "evidence": {
   "maxAge": "P30D"
  }
 }
};
