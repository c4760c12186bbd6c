import type { RolePermissions } from '../core/fact.ts';
import type { AppId } from '../core/ids.ts';
import { type Severity, severities } from '../core/rule.ts';
import { type PermissionType, permissionKey } from './apis.ts';
import data from './generated/escalation.json' with { type: 'json' };
import { powerfulActions } from './powerful-actions.ts';
import { intersects } from './role-algebra.ts';

export { leastPrivilegeRoles, leastUses } from './least-roles.ts';
export { powerfulActions } from './powerful-actions.ts';

/** An action that a role allows, and what is wrong with that. */
export interface Reason {
  readonly action: string;
  readonly why: string;
}

/** What a role can do that no backup needs at large. */
export interface Power extends Reason {
  readonly severity: Severity;
}

const reasons = new Map(
  data.permissions.map((one) => [permissionKey(one.api as AppId, one.type as PermissionType, one.value), one.why]),
);

/**
 * How the holder of this permission can grant itself more, with nothing else and nobody's help: `it can …`; `null` where
 * it can't. Tier 0 is wider than this: it counts what takes further steps too.
 */
export const selfEscalation = (api: AppId, type: PermissionType, value: string): string | null =>
  reasons.get(permissionKey(api, type, value)) ?? null;

/** How the holder of an Azure role can grant itself more: `it can …`. Conditions on the role or assignment may still forbid it. */
export const escalatingAction = (permissions: readonly RolePermissions[]): Reason | null => {
  for (const { pattern, why } of data.escalatingActions) {
    const action = intersects(permissions, [pattern]);
    if (action !== null) return { action, why };
  }
  return null;
};

/** All that a role can do from the list of powerful actions, gravest first; one entry for each way to do it. */
export const powerOf = (permissions: readonly RolePermissions[]): readonly Power[] =>
  powerfulActions
    .flatMap(({ pattern, plane, why, severity }) => {
      const action = intersects(permissions, [pattern], plane);
      return action === null ? [] : [{ action, why, severity }];
    })
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
