import type { Place } from '../core/diagnostic.ts';
import type { Policy, PolicyIdentity, Protects } from '../core/policy.ts';
import { placeGrant } from './place-grant.ts';
import { findWorkload, type LeastGrant, type Operation, type OperationNeeds, type Trust } from './workloads.ts';

/** One grant that an operation needs, and where it has to lie: see `placeGrant`. */
export interface Need {
  readonly grant: LeastGrant;
  readonly scopes: readonly string[];
}

/** One way to do an operation, complete in itself; `title: null` is the least and the first to be taken. */
export interface Way {
  readonly title: string | null;
  readonly needs: readonly Need[];
}

/**
 * How a policy speaks of an operation: it may be done at any time (`standing`), it belongs to one that may (`included`:
 * finding and reading come before restoring), it is granted for a time (`elevation`), or not at all (`unasked`).
 */
export type Asked = 'standing' | 'included' | 'elevation' | 'unasked';

/** What one operation on a protected workload needs, with the line that protects it. */
export interface OperationNeed {
  readonly workload: string;
  readonly operation: Operation;
  readonly asked: Asked;
  readonly ways: readonly Way[];
  readonly trust: Trust;
  readonly source: string;
  readonly protects: Protects;
  readonly place: Place;
}

const operations: readonly Operation[] = ['discover', 'backup', 'restore', 'onboard'];

/** What comes before an operation: its own permissions only add to these. */
const before: Readonly<Record<Operation, readonly Operation[]>> = {
  discover: [],
  backup: ['discover'],
  restore: ['discover', 'backup'],
  onboard: ['discover'],
};

const askedOf = (operation: Operation, { operations: standing, elevations }: Protects): Asked => {
  if (standing.includes(operation)) return 'standing';
  const elevated = elevations.map((elevation) => elevation.operation);
  if ([...standing, ...elevated].some((one) => before[one].includes(operation))) return 'included';
  return elevated.includes(operation) ? 'elevation' : 'unasked';
};

const waysOf = (needs: OperationNeeds, protects: Protects): readonly Way[] =>
  [{ title: null, grants: needs.grants }, ...needs.alternatives].map(({ title, grants }) => ({
    title,
    needs: grants.map((grant) => ({ grant, scopes: placeGrant(grant, protects) })),
  }));

const compute = ({ protects, state }: Policy): readonly OperationNeed[] =>
  (state === 'retired' ? [] : protects).flatMap((protected_) =>
    operations.flatMap((operation): OperationNeed[] => {
      const needs = findWorkload(protected_.workload)?.operations[operation];
      if (needs === undefined) return [];
      return [
        {
          workload: protected_.workload,
          operation,
          asked: askedOf(operation, protected_),
          ways: waysOf(needs, protected_),
          trust: needs.confidence,
          source: needs.source,
          protects: protected_,
          place: protected_.place,
        },
      ];
    }),
  );

const known = new WeakMap<Policy, readonly OperationNeed[]>();

/** Everything that the protected workloads of a policy can need, operation by operation; nothing of a retired one. */
export const needsOf = (policy: Policy): readonly OperationNeed[] => {
  const needs = known.get(policy) ?? compute(policy);
  known.set(policy, needs);
  return needs;
};

/** Is the grant for an identity of this sort? What a person starts, a vault's own identity never needs. */
export const isFor = (grant: LeastGrant, identity: PolicyIdentity | undefined): boolean => {
  if (!('holder' in grant) || grant.holder === 'identity') return true;
  if (grant.holder === 'operator') return identity?.type === 'app' || identity?.type === 'user';
  return identity?.type === 'managed-identity';
};

/** Does the policy's own identity need it, whenever the operation is done? */
export const isAlwaysNeeded = ({ grant }: Need): boolean =>
  grant.when === null && (!('holder' in grant) || grant.holder === 'identity');
