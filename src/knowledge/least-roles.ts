import type { RoleId } from '../core/ids.ts';
import type { ScopeLevel } from '../core/scope.ts';
import { grantsOf, type Holder, type Operation, type ScopePurpose, type Trust, workloads } from './workloads.ts';

/** A use for which an Azure role is the documented least. */
export interface LeastUse {
  readonly role: RoleId;
  readonly roleName: string;
  readonly workload: string;
  readonly operation: Operation;
  readonly at: ScopePurpose;
  /** The widest level at which it is still the least. */
  readonly widest: ScopeLevel;
  /** `identity`: whom a policy names. Another holder's role on a policy's identity is not spared. */
  readonly holder: Holder;
  readonly purpose: string;
  readonly confidence: Trust;
}

const operations: readonly Operation[] = ['discover', 'backup', 'restore', 'onboard'];

const uses: readonly LeastUse[] = workloads.flatMap((workload) =>
  operations.flatMap((operation) => {
    const needs = workload.operations[operation];
    if (needs === undefined) return [];
    return grantsOf(needs).flatMap((grant): LeastUse[] => {
      if (grant.plane !== 'azure') return [];
      const { role, roleName, at, widest, holder, purpose } = grant;
      return [
        { role, roleName, workload: workload.id, operation, at, widest, holder, purpose, confidence: needs.confidence },
      ];
    });
  }),
);

const byRole = Map.groupBy(uses, (use) => use.role);

/** Built-in Azure roles that are the documented least for some workload and the identity of its policy. */
export const leastPrivilegeRoles: ReadonlySet<RoleId> = new Set(
  uses.filter((use) => use.holder === 'identity').map((use) => use.role),
);

/** What a role is the documented least for, and how wide; empty where for nothing. */
export const leastUses = (role: RoleId): readonly LeastUse[] => byRole.get(role) ?? [];

const widthOf: Readonly<Record<ScopeLevel, number>> = {
  resource: 0,
  resourceGroup: 1,
  subscription: 2,
  managementGroup: 3,
  root: 4,
};

/** Is this scope level no wider than that one? */
export const isWithin = (level: ScopeLevel, widest: ScopeLevel): boolean => widthOf[level] <= widthOf[widest];
