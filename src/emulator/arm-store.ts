import { canonicalScope, subscriptionOf } from '../core/scope.ts';
import type { ResourcesBehind } from './arm-lag.ts';
import type { Collection } from './collection.ts';
import { type Json, textOf } from './json.ts';

/** What Azure Resource Manager holds: mutable, as writes change it. Keys are canonical (lower-case) scopes. */
export interface ArmStore {
  readonly tenantId: string;
  readonly subscriptions: ReadonlyMap<string, Json>;
  readonly managementGroups: ReadonlyMap<string, ManagementGroup>;
  /** Role definitions by lower-case GUID, without scope. */
  readonly roleDefinitions: Map<string, Json>;
  /** Rows `{ id, name, principalId, scope, body }`; `body` is the ARM object. */
  readonly roleAssignments: Collection;
  readonly denyAssignments: Collection;
  readonly roleEligibilities: Collection;
  readonly resources: Map<string, Json>;
  readonly behind: ResourcesBehind;
}

export interface ManagementGroup {
  readonly name: string;
  readonly displayName: string;
  readonly parent: string | null;
}

const AUTHORIZATION = '/providers/Microsoft.Authorization';

/** The last part of an id. */
export const lastSegment = (id: string): string => id.split('/').filter(Boolean).at(-1) ?? '';

/** Id of a role definition as seen from a scope: below a subscription with it, above without. */
export const roleDefinitionIdAt = (scope: string, guid: string): string => {
  const subscription = subscriptionOf(scope);
  const prefix = subscription === null ? '' : `/subscriptions/${subscription}`;
  return `${prefix}${AUTHORIZATION}/roleDefinitions/${guid}`;
};

const scopePath = (scope: string): string => (scope === '/' ? '' : scope.replace(/\/$/, ''));

/** A row of an authorization collection around its ARM object. */
export const authorizationRow = (sort: string, scope: string, name: string, properties: Json): Json => {
  const id = `${scopePath(scope)}${AUTHORIZATION}/${sort}/${name}`;
  const body = { properties, id, type: `Microsoft.Authorization/${sort}`, name };
  return { id, name, principalId: textOf(properties, 'principalId'), scope: canonicalScope(scope), body };
};
