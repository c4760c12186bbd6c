import type { Policy } from '../core/policy.ts';
import { type AzureActionsGrant, type AzureRoleGrant, findWorkload, grantsOf, type Operation } from './workloads.ts';

/** What a protected workload needs of the policy's identity on Azure, and for what. */
export interface AzureNeed {
  readonly workload: string;
  readonly operation: Operation;
  readonly grant: AzureRoleGrant | AzureActionsGrant;
}

/** All that the protected workloads can need of the policy's own identity on Azure, whatever operation is declared. */
export const azureNeedsOf = ({ protects }: Policy): readonly AzureNeed[] =>
  [...new Set(protects.map(({ workload }) => workload))].flatMap((id) =>
    Object.entries(findWorkload(id)?.operations ?? {}).flatMap(([operation, needs]) =>
      grantsOf(needs).flatMap((grant): AzureNeed[] =>
        (grant.plane === 'azure' || grant.plane === 'azure-actions') && grant.holder === 'identity'
          ? [{ workload: id, operation: operation as Operation, grant }]
          : [],
      ),
    ),
  );
