import type { EscalationPath } from '../core/effective.ts';
import type { Fact, FactOf } from '../core/fact.ts';
import { findApi } from './apis.ts';
import { findDirectoryRole } from './directory-roles.ts';
import { escalatingDirectoryRole } from './escalating-directory-role.ts';
import { escalatingAction, selfEscalation } from './escalation.ts';
import { exchangeRoleReaches } from './exchange-reach.ts';
import type { FoundReach } from './found-reach.ts';
import { azureReaches } from './reaches.ts';
import { bundleRoles } from './role-bundles.ts';
import { tellScopes } from './scope-tally.ts';
import { tier0Permission } from './tier0.ts';

/** A step out, before those that say the same are put together. */
interface Step {
  readonly path: string;
  readonly what: string;
  /** The grant's name. */
  readonly by: string;
}

const further = (does: string, by: string): readonly Step[] => [
  { path: 'further-steps', what: `in further steps, since it ${does}`, by },
];

const stepOfPermission = (fact: FactOf<'app-role-assignment'> | FactOf<'delegated-grant'>): readonly Step[] => {
  if ((findApi(fact.api)?.retired ?? null) !== null) return [];
  const isApplication = fact.kind === 'app-role-assignment';
  const why = selfEscalation(fact.api, isApplication ? 'application' : 'delegated', fact.subject);
  const path = isApplication ? 'permission' : 'delegated-permission';
  if (why !== null)
    return [{ path, what: isApplication ? why : `${why}, as an administrator who signs in`, by: fact.subject }];
  const tier0 = tier0Permission(fact);
  return tier0 === null ? [] : further(tier0.allows, fact.subject);
};

const stepOfDirectoryRole = (fact: FactOf<'directory-role-assignment'>): readonly Step[] => {
  const why = escalatingDirectoryRole(fact);
  if (why !== null) return [{ path: 'directory-role', what: why, by: fact.subject }];
  const role = findDirectoryRole(fact.role);
  return fact.scope === '/' && role?.sensitivity === 'tier0'
    ? further(role.reach ?? 'is privileged', fact.subject)
    : [];
};

const assigning = {
  permissions: [],
  admitted: [],
  managementRoles: ['Role Management'],
  commands: ['New-ManagementRoleAssignment', 'Add-RoleGroupMember'],
};
const assignsExchangeRoles = 'it can assign itself any Exchange role, and so reach every mailbox';

const stepOfExchangeRole = (fact: FactOf<'exchange-role-assignment'>): readonly Step[] =>
  exchangeRoleReaches(fact, assigning) === 'yes'
    ? [{ path: 'exchange-role', what: assignsExchangeRoles, by: fact.subject }]
    : [];

const stepsOf = (fact: Fact): readonly Step[] => {
  if (fact.kind === 'app-role-assignment' || fact.kind === 'delegated-grant') return stepOfPermission(fact);
  if (fact.kind === 'directory-role-assignment') return stepOfDirectoryRole(fact);
  return fact.kind === 'exchange-role-assignment' ? stepOfExchangeRole(fact) : [];
};

const pathBy = (path: string, what: string, names: readonly string[]): EscalationPath => {
  const by = [...new Set(names)];
  return { path, answer: 'yes', what, by, count: by.length };
};

/** Assigning roles, by what it does and over all scopes. */
const azurePaths = (facts: readonly Fact[]): readonly EscalationPath[] => {
  const bundles = bundleRoles(facts).flatMap(({ permissions, subject, grants }) => {
    const reason = permissions === null ? null : escalatingAction(permissions);
    return reason === null ? [] : [{ why: reason.why, subject, scopes: grants.flatMap(({ scope }) => scope ?? []) }];
  });
  return [...Map.groupBy(bundles, ({ why }) => why)].map(([why, same]) =>
    pathBy(
      'azure-role',
      `${why} ${tellScopes(same.flatMap(({ scopes }) => scopes))}`,
      same.map(({ subject }) => subject),
    ),
  );
};

/** Acting as what runs on a machine, or as whom a secret belongs to; together where they are in the same places. */
const pathsToOthers = (found: readonly FoundReach[]): readonly EscalationPath[] => {
  const others = azureReaches.flatMap(({ id, becomes }) => {
    const reach = found.find((one) => one.id === id);
    return becomes === null || reach === undefined || reach.by.length === 0 ? [] : [{ becomes, reach }];
  });
  return [...Map.groupBy(others, ({ reach }) => reach.where)].map(([where, same]) =>
    pathBy(
      'other-identity',
      `it can act as ${same.map(({ becomes }) => becomes).join(', ')} ${where}`,
      same.flatMap(({ reach }) => reach.by.map(({ subject }) => subject)),
    ),
  );
};

/** Ways by which the identity becomes more than it is: what it can grant itself, and whom it can act as. */
export const pathsOut = (facts: readonly Fact[], azure: readonly FoundReach[]): readonly EscalationPath[] => {
  const together = Map.groupBy(facts.flatMap(stepsOf), ({ path, what }) => JSON.stringify([path, what]));
  const steps = [...together.values()].flatMap((same) =>
    same.slice(0, 1).map(({ path, what }) =>
      pathBy(
        path,
        what,
        same.map(({ by }) => by),
      ),
    ),
  );
  const isFar = ({ path }: EscalationPath): boolean => path === 'further-steps';
  return [
    ...steps.filter((step) => !isFar(step)),
    ...azurePaths(facts),
    ...steps.filter(isFar),
    ...pathsToOthers(azure),
  ];
};
