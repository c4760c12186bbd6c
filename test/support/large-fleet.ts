import type { TenantState } from '../../src/emulator/tenant-state.ts';
import { fleet, fleetPolicies } from './fleet.ts';

const subscriptionOf = (number: number): string => `f1000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const groupsEach = 10;

/** Which things of the tenant exist how often. */
export interface LargeFleet {
  readonly policies: number;
  readonly servicePrincipals: number;
  readonly subscriptions: number;
  readonly roleAssignments: number;
}

const own = 'f0000000-0000-4000-8000-000000000001';
/** Spreads what the small fleet has in one subscription over all. */
const spread = (text: string, number: number, { subscriptions }: LargeFleet): string =>
  text.replaceAll(own, subscriptionOf(number % subscriptions));

/** A tenant of a large company: a few backup apps among everything else, whose roles are other people's. */
export const largeFleet = (size: LargeFleet): TenantState => {
  const others = size.servicePrincipals - size.policies;
  const small = fleet(size.policies, others);
  const mine = (small.arm?.roleAssignments ?? []).map((row, number) => ({
    ...row,
    scope: spread(String(row['scope']), number, size),
  }));
  const theirs = Array.from({ length: size.roleAssignments - mine.length }, (_, number) => ({
    scope: `/subscriptions/${subscriptionOf(number % size.subscriptions)}/resourceGroups/rg-${number % groupsEach}`,
    roleName: 'Reader',
    name: `aaaaaaaa-0000-4000-8000-${String(number).padStart(12, '0')}`,
    principalId: `bbbbbbbb-0000-4000-8000-${String(number % 50_000).padStart(12, '0')}`,
    principalType: 'ServicePrincipal',
  }));
  return {
    ...small,
    arm: {
      ...small.arm,
      subscriptions: Array.from({ length: size.subscriptions }, (_, number) => ({
        subscriptionId: subscriptionOf(number),
        displayName: `Subscription ${number}`,
        managementGroup: 'mg',
      })),
      roleAssignments: [...mine, ...theirs],
      resources: [],
    },
  };
};

/** The policies that ask for exactly what the backup apps of `largeFleet` hold. */
export const largeFleetPolicies = (size: LargeFleet): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fleetPolicies(size.policies)).map(([name, text], number) => [name, spread(text, number, size)]),
  );
