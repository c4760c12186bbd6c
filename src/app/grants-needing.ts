import type { AppId, RoleId } from '../core/ids.ts';
import { type LeastGrant, type OperationNeeds, workloads } from '../knowledge/workloads.ts';

const needing = (matches: (grant: LeastGrant) => boolean): string[] =>
  workloads.flatMap(({ id, operations }) =>
    Object.entries(operations as Readonly<Record<string, OperationNeeds>>).flatMap(([operation, { grants }]) => {
      const grant = grants.find(matches);
      if (grant === undefined) return [];
      const other = 'holder' in grant && grant.holder !== 'identity' ? ` (for the ${grant.holder})` : '';
      return [`${id} ${operation}${other}`];
    }),
  );

/** Workloads and operations whose least grants hold this application permission: `exchange-mail backup`. */
export const grantsNeeding = (api: AppId, permission: string): readonly string[] =>
  needing((grant) => grant.plane === 'application' && grant.api === api && grant.permission === permission);

/** Workloads and operations whose least grants hold this Azure role. */
export const rolesNeeding = (role: RoleId): readonly string[] =>
  needing((grant) => grant.plane === 'azure' && grant.role === role);
