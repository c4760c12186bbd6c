import type { Fact } from '../core/fact.ts';
import type { Policy } from '../core/policy.ts';
import { isElevation } from './elevation.ts';
import type { Use } from './service.ts';
import { serviceOf } from './service-of.ts';

/** What a standing grant does for one operation that is done for hours only. */
export interface TemporaryUse {
  readonly uses: readonly Use[];
  /** What would do for all that may be done at any time; empty: nothing is needed for that. */
  readonly least: readonly string[];
  /** What would do for the operation itself, where that takes less. */
  readonly enough: readonly string[];
  /** Does the policy speak of the operation for one of the workloads? */
  readonly isAsked: boolean;
}

/** `null` where the grant serves what may be done at any time, another operation or nothing, or may be an elevation. */
export const temporaryUse = (
  fact: Extract<Fact, { kind: 'app-role-assignment' | 'azure-role-assignment' | 'exchange-role-assignment' }>,
  policy: Policy,
  operation: 'restore' | 'onboard',
  now: Date,
): TemporaryUse | null => {
  const service = serviceOf(fact, policy);
  if (service?.state !== 'temporary' || isElevation(policy, operation, 'created' in fact ? fact.created : null, now))
    return null;
  // What serves both is told as what is done more often.
  const asked = service.uses.filter((use) => use.operation.asked !== 'unasked');
  const told = asked.length > 0 ? asked : service.uses;
  const first = told.some((use) => use.operation.operation === 'restore') ? 'restore' : 'onboard';
  const uses = told.filter((use) => use.operation.operation === operation);
  if (first !== operation || uses.length === 0) return null;
  const { least, enough } = service;
  return { uses, least, enough, isAsked: asked.length > 0 };
};
