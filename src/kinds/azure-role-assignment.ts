import { readersAt } from '../core/azure-readers.ts';
import { confirmRoles } from '../core/confirm-roles.ts';
import { differingIn } from '../core/differing-roles.ts';
import type { AzureRoleAssignmentFact } from '../core/fact.ts';
import { declaredSubscriptions, findRoles, writtenRoles } from '../core/find-roles.ts';
import { governedAccess } from '../core/governed-access.ts';
import { groupNeeds } from '../core/group-needs.ts';
import { armId, type IdentityId } from '../core/ids.ts';
import {
  type Desired,
  defineKind,
  type FoundIdentity,
  gapOf,
  type Need,
  type ReadInput,
  type Reading,
} from '../core/kind.ts';
import { type HeldRole, mergeHeldRoles } from '../core/merge-held-roles.ts';
import type { Names } from '../core/names.ts';
import type { Policy } from '../core/policy.ts';
import type { ReadFailure } from '../core/ports.ts';
import { readRoleDefinition } from '../core/read-role-definition.ts';
import { type NamedRole, resolveWrittenRoles } from '../core/resolve-written-roles.ts';
import { ok } from '../core/result.ts';
import { groupHolders, joinHolders, ownHolders } from '../core/role-holders.ts';
import { canonicalScope, sameArmId } from '../core/scope.ts';
import type { Gap } from '../core/snapshot.ts';
import { spellCondition } from '../core/spell-condition.ts';

const needs = 'Reader at the subscription (Microsoft.Authorization/roleAssignments/read)';

const factOf = (identity: IdentityId, scope: string, role: NamedRole): AzureRoleAssignmentFact => ({
  kind: 'azure-role-assignment',
  key: `azure-role-assignment/${identity.toLowerCase()}/${role.id}${canonicalScope(scope)}`,
  identity,
  subject: role.name,
  role: role.id,
  scope: armId(scope),
  condition: null,
  permissions: role.permissions,
  roleType: role.type,
  assignmentId: null,
  principal: null,
  orphaned: false,
  created: null,
  purpose: null,
});

const governs = (policy: Policy): boolean => policy.state === 'retired' || governedAccess(policy)?.azureRoles != null;

const desired = (policy: Policy, names: Names): Desired =>
  resolveWrittenRoles(policy, names, false, (id, written, role) => ({
    ...factOf(id, written.scope, role),
    condition: written.condition,
    purpose: written.purpose,
  }));

const read = async (input: ReadInput): Promise<Reading> => {
  const groups = await groupHolders(input, 'azure-role-assignment');
  const holders = joinHolders(ownHolders(input.identities), groups.holders);
  const asking = input.identities.filter(({ state }) => state !== 'unread');
  if (holders.size === 0) return { facts: [], gaps: groups.gaps };
  const found = await findRoles(input, [...holders.keys()].sort());
  if (!found.ok)
    return { facts: [], gaps: asking.map((identity) => gapOf('azure-role-assignment', identity, needs, found.error)) };
  const roleNames = new Map(found.value.definitions.map(({ id, name }) => [id as string, name]));
  const subscriptions = declaredSubscriptions(input);
  const differing = differingIn(input.policies, holders, roleNames, found.value.subscriptions);
  const { assignments, unread } = await confirmRoles(
    found.value,
    new Set(holders.keys()),
    subscriptions,
    differing,
    input.ports.arm,
  );
  const definitions = new Map(found.value.definitions.map((definition) => [definition.id as string, definition]));
  const blind = subscriptions.length === 0 && !found.value.seesAny ? governedIdentities(input) : [];
  const gaps: Gap[] = [
    ...groups.gaps,
    ...blind.map((identity) => gapOf('azure-role-assignment', identity, needs, nothingSeen)),
    ...[...unread.values()].flatMap((failure) =>
      asking.map((identity) => gapOf('azure-role-assignment', identity, needs, failure)),
    ),
  ];
  const held: HeldRole[] = [];
  for (const row of assignments) {
    const mine = holders.get(row.principal) ?? [];
    const known = definitions.get(row.role);
    const definition = known === undefined ? await readRoleDefinition(row.role, row.scope, input.ports.arm) : ok(known);
    if (definition.ok) {
      definitions.set(row.role, definition.value);
      held.push(...mine.map(({ identity, as }) => ({ row, definition: definition.value, identity: identity.id, as })));
    } else gaps.push(...mine.map(({ identity }) => gapOf('azure-role-assignment', identity, needs, definition.error)));
  }
  const plain = ({ identity, row, definition }: HeldRole) => factOf(identity, row.scope, definition);
  return { facts: mergeHeldRoles(held, plain), gaps, names: { azureRoles: [...definitions.values()] } };
};

/** A policy that names no place in Azure and doesn't manage its roles is judged by whatever is seen there. */
const readerAt = (scope: string, policy: Policy): Need =>
  scope === '/' && !governs(policy) ? { api: 'azure', scope, soft: true } : { api: 'azure', scope };

/** Where roles may have to be given or taken: at the scopes written, and all over a subscription whose roles are governed. */
const writtenScopes = (policy: Policy): string[] =>
  policy.enforcement === 'authoritative'
    ? readersAt(policy).filter((scope) => scope !== '/')
    : [...new Set(writtenRoles(policy).map(({ scope }) => scope as string))];

/** Resource Graph answers a program that may read nothing as it answers one to which there is nothing to show. */
const nothingSeen: ReadFailure = {
  reason: 'not-visible',
  status: 200,
  request: 'POST /providers/Microsoft.ResourceGraph/resources',
  detail: 'no subscription is named by a policy or the configuration, and none is visible',
};

const governedIdentities = ({ identities, policies }: ReadInput): FoundIdentity[] => {
  const governed = policies.filter(governs).flatMap((policy) => policy.identities);
  return identities.filter((identity) => governed.some(({ id }) => sameArmId(id, identity.id)));
};

/** Azure roles at their scopes, inherited ones and those of groups included. See docs/kinds/azure-role-assignment.md */
export const azureRoleAssignment = defineKind<'azure-role-assignment'>({
  id: 'azure-role-assignment',
  title: 'Azure role assignment',
  needs,
  writes: (policy) =>
    governs(policy)
      ? writtenScopes(policy).map((scope) => ({ api: 'azure', role: 'Role Based Access Control Administrator', scope }))
      : [],
  asks: (policy) => [...groupNeeds(policy), ...readersAt(policy).map((scope) => readerAt(scope, policy))],
  planned: true,
  governs,
  desired,
  read,
  same: (wanted, held) => spellCondition(wanted.condition) === spellCondition(held.condition),
});
