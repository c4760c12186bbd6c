import type { Fact } from '../core/fact.ts';
import type { Policy } from '../core/policy.ts';
import { exchangeService } from './exchange-service.ts';
import { needsOf } from './needs.ts';
import { permissionService } from './permission-service.ts';
import { roleService } from './role-service.ts';
import type { Service } from './service.ts';

type Grant = Extract<Fact, { kind: 'app-role-assignment' | 'azure-role-assignment' | 'exchange-role-assignment' }>;

const compute = (fact: Grant, policy: Policy): Service | null => {
  if (policy.protects.length === 0 || policy.state === 'retired') return null;
  const operations = needsOf(policy);
  if (fact.kind === 'app-role-assignment') return permissionService(fact, operations);
  if (fact.kind === 'exchange-role-assignment') return exchangeService(fact.role, operations);
  const identity = policy.identities.find(({ id }) => id.toLowerCase() === fact.identity.toLowerCase());
  return fact.orphaned ? null : roleService(fact, operations, identity);
};

/** Several rules ask of the same grant, and comparing roles takes time. */
const known = new WeakMap<Policy, WeakMap<Grant, Service | null>>();

/**
 * What a held grant does for a policy's workloads; `null` where the policy names none, so that nothing can be said, and of
 * roles of Exchange that aren't application roles.
 */
export const serviceOf = (fact: Grant, policy: Policy): Service | null => {
  const services = known.get(policy) ?? new WeakMap<Grant, Service | null>();
  known.set(policy, services);
  const earlier = services.get(fact);
  const service = earlier === undefined ? compute(fact, policy) : earlier;
  services.set(fact, service);
  return service;
};
