// Generated from schemas/ by scripts/build-schemas.ts: change the schema and run it again.
export const planSchemaIndex = {
 "definitions": {
  "#/properties/tenant": "guid",
  "#/properties/policies/items": "policy",
  "#/properties/policies/items/properties/name": "text",
  "#/properties/policies/items/properties/state": "text",
  "#/properties/policies/items/properties/identities/items": "text",
  "#/properties/policies/items/properties/asks/items": "ask",
  "#/properties/policies/items/properties/asks/items/properties/kind": "text",
  "#/properties/policies/items/properties/asks/items/properties/key": "text",
  "#/properties/policies/items/properties/asks/items/properties/condition": "condition",
  "#/properties/policies/items/properties/asks/items/properties/permissions": "permissions",
  "#/properties/steps/items": "step",
  "#/properties/steps/items/properties/id": "text",
  "#/properties/steps/items/properties/policy": "text",
  "#/properties/steps/items/properties/change": "change",
  "#/properties/steps/items/properties/change/properties/before": "factOrNull",
  "#/properties/steps/items/properties/change/properties/after": "factOrNull",
  "#/properties/steps/items/properties/target": "target",
  "#/properties/steps/items/properties/after/items": "text"
 },
 "keys": {
  "#": {
   "version": "1",
   "purpose": "apply",
   "toolVersion": "0.1.0",
   "madeAt": "2026-11-22T00:00:00.000Z",
   "tenant": "0d3b0f5e-0000-4000-8000-000000000002",
   "knowledge": "2026-11-20",
   "digest": "sha256:9f2c41d79f2c41d79f2c41d79f2c41d79f2c41d79f2c41d79f2c41d79f2c41d7",
   "policies": null,
   "steps": null
  },
  "policy": {
   "name": "hubstor-prod",
   "enforcement": "authoritative",
   "state": "hubstor-prod",
   "identities": null,
   "asks": null
  },
  "ask": {
   "kind": "hubstor-prod",
   "key": "hubstor-prod",
   "condition": "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'backup'",
   "permissions": null
  },
  "step": {
   "id": "hubstor-prod",
   "policy": "hubstor-prod",
   "change": null,
   "target": null,
   "after": null
  },
  "change": {
   "action": "create",
   "cause": "missing",
   "before": null,
   "after": null
  }
 }
};
