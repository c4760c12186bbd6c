import type { Need, OperationNeed } from './needs.ts';

/** One thing that a held grant is good for. */
export interface Use {
  readonly operation: OperationNeed;
  readonly need: Need;
}

/**
 * What a held grant does for the protected workloads:
 * `needed`: for what may be done at any time; `temporary`: for a restore or an onboarding alone; `wider`: more than is
 * needed of it; `short`: less than is needed; `unneeded`: nothing; `unknown`: its actions could not be read.
 * `least`: names of the grants that would do instead, none wider than another.
 */
export type Service =
  | { readonly state: 'needed'; readonly uses: readonly Use[] }
  | {
      readonly state: 'temporary';
      readonly uses: readonly Use[];
      /** For what may be done at any time; empty where that needs nothing of it. */
      readonly least: readonly string[];
      /** For the restore or the onboarding, where that takes less. */
      readonly enough: readonly string[];
    }
  | {
      readonly state: 'wider';
      readonly uses: readonly Use[];
      readonly least: readonly string[];
      /** An Azure action that it allows beyond the need. */
      readonly witness: string | null;
    }
  | { readonly state: 'short'; readonly uses: readonly Use[] }
  | { readonly state: 'unneeded' }
  | { readonly state: 'unknown' };

/** May the operation be done at any time, by itself or as part of another? */
export const isStanding = ({ asked }: OperationNeed): boolean => asked === 'standing' || asked === 'included';

/** Is it done for hours, whatever the policy says of it? */
export const isTemporary = ({ operation }: OperationNeed): boolean =>
  operation === 'restore' || operation === 'onboard';

/** Workloads of uses, once each, in the policy's order. */
export const workloadsOf = (uses: readonly Use[]): readonly string[] => [
  ...new Set(uses.map(({ operation }) => operation.workload)),
];

/** Do the uses rest on a source that can be trusted? One that can is enough. */
export const isSure = (uses: readonly Use[]): boolean => uses.some(({ operation }) => operation.trust === 'high');
