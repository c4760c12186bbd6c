import type { Json } from './json.ts';
import type { GraphState } from './tenant-state.ts';

/** The tenant's policies on consent, credentials and sign-in; of single ones only what the state says. */
export interface Policies {
  readonly authorization: Json;
  readonly adminConsent: Json;
  readonly securityDefaults: Json;
  /** Custom ones, with `appliesTo` as object ids. */
  readonly appManagement: readonly Json[];
  readonly groupSettings: readonly Json[];
  readonly conditionalAccess: readonly Json[];
}

/** Policies of a state file. */
export const addPolicies = (graph: GraphState): Policies => ({
  authorization: graph.authorizationPolicy ?? {},
  adminConsent: graph.adminConsentRequestPolicy ?? {},
  securityDefaults: graph.securityDefaultsPolicy ?? {},
  appManagement: graph.appManagementPolicies ?? [],
  groupSettings: graph.groupSettings ?? [],
  conditionalAccess: graph.conditionalAccessPolicies ?? [],
});
