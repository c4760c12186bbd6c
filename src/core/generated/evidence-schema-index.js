// Generated from schemas/ by scripts/build-schemas.ts: change the schema and run it again.
export const evidenceSchemaIndex = {
 "definitions": {
  "#/properties/tenantId": "guid"
 },
 "keys": {
  "#": {
   "$schema": "https://raw.githubusercontent.com/backup-access-guard/backup-access-guard/main/schemas/evidence.v1.schema.json",
   "command": "Get-SPOTenant",
   "tenantId": "72f988bf-86f1-41af-91ab-2d7cd011db47",
   "collectedAt": "2026-11-20T08:00:00Z",
   "result": null
  }
 }
};
