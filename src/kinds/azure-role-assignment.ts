import { confirmRoles } from '../core/confirm-roles.ts';
import type { AzureRoleAssignmentFact, Fact } from '../core/fact.ts';
import { declaredSubscriptions, findRoles, writtenRoles } from '../core/find-roles.ts';
import { governedAccess } from '../core/governed-access.ts';
import { armId, type IdentityId, objectId, roleId } from '../core/ids.ts';
import { type Desired, defineKind, type FoundIdentity, gapOf, type ReadInput, type Reading } from '../core/kind.ts';
import { didYouMean, type Lookup, type Names } from '../core/names.ts';
import type { Policy, WrittenAzureRole } from '../core/policy.ts';
import { policyProblem } from '../core/policy-problem.ts';
import type { ReadFailure } from '../core/ports.ts';
import { readAs } from '../core/read-rows.ts';
import { parseRoleDefinition, type RoleAssignmentRow } from '../core/role-rows.ts';
import { canonicalScope, sameArmId, scopeContains, subscriptionOf } from '../core/scope.ts';
import type { AzureRoleName, Gap } from '../core/snapshot.ts';
import { objectOf } from '../core/wire.ts';

const needs = 'Reader at the subscription (Microsoft.Authorization/roleAssignments/read)';

/** A role of which `permissions` may be unknown. */
type Role = Omit<AzureRoleName, 'permissions'> & Pick<AzureRoleAssignmentFact, 'permissions'>;

const factOf = (identity: IdentityId, scope: string, role: Role): AzureRoleAssignmentFact => ({
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

/** The role that a policy means: a built-in one by name, or any by id. Where no list tells, it stands for itself. */
const resolveRole = (written: WrittenAzureRole, names: Names): Lookup<Role> => {
  const found = written.roleId === null ? names.azureRole(written.role ?? '') : names.azureRoleById(written.roleId);
  if (found.state !== 'unsure') return found;
  const name = written.role ?? written.roleId ?? '';
  return {
    state: 'found',
    value: { id: roleId(written.roleId ?? name), name, type: 'BuiltInRole', permissions: null },
  };
};

const governs = (policy: Policy): boolean => policy.state === 'retired' || governedAccess(policy)?.azureRoles != null;

const desired = (policy: Policy, names: Names): Desired => {
  const resolved = writtenRoles(policy)
    .filter(({ eligible }) => !eligible)
    .map((written) => ({ written, role: resolveRole(written, names) }));
  return {
    facts: resolved.flatMap(({ written, role }) =>
      role.state !== 'found'
        ? []
        : policy.identities.map(({ id }) => ({
            fact: { ...factOf(id, written.scope, role.value), condition: written.condition, purpose: written.purpose },
            place: written.place,
          })),
    ),
    problems: resolved.flatMap(({ written, role }) => {
      if (role.state === 'found') return [];
      const subject = written.role ?? written.roleId ?? '';
      const message =
        written.roleId === null
          ? `no built-in Azure role is called \`${subject}\``
          : `no Azure role has the id \`${subject}\``;
      const help = didYouMean(role) ?? 'a custom role is named by its `roleId`';
      return [policyProblem(policy, written.place, { code: 'unknown-role', subject, message, help })];
    }),
  };
};

/** Does a row hold what a policy writes for this identity? By id or, where the policy names the role, by its name. */
const holds = (row: RoleAssignmentRow, written: WrittenAzureRole, roleName: string | undefined): boolean =>
  sameArmId(row.scope, written.scope) &&
  (written.roleId === null ? written.role?.toLowerCase() === roleName?.toLowerCase() : written.roleId === row.role);

/** Identities by the object id that holds their roles: policies may name one by its app id and by its vault. */
type ByPrincipal = ReadonlyMap<string, readonly FoundIdentity[]>;

const holdersByPrincipal = (identities: readonly FoundIdentity[]): ByPrincipal => {
  const holders = new Map<string, readonly FoundIdentity[]>();
  for (const identity of identities)
    for (const id of [identity.goneObjectId, identity.objectId])
      if (id !== null) holders.set(id, [...(holders.get(id) ?? []), identity]);
  return holders;
};

/** Principals whose assignments in a subscription differ from what the policies write. */
const differingIn = (
  input: ReadInput,
  byPrincipal: ByPrincipal,
  roleNames: ReadonlyMap<string, string>,
  ancestors: ReadonlyMap<string, readonly string[]>,
) => {
  const asked = [...byPrincipal].flatMap(([principal, holders]) =>
    input.policies
      .filter((policy) => policy.identities.some(({ id }) => holders.some((holder) => sameArmId(id, holder.id))))
      .flatMap(writtenRoles)
      .filter(({ eligible }) => !eligible)
      .map((written) => ({ principal, written })),
  );
  return (subscription: string, rows: readonly RoleAssignmentRow[]): string[] => {
    const whole = `/subscriptions/${subscription}`;
    // What hangs above the subscription applies to it, and ARM lists it there.
    const here = (scope: string) => subscriptionOf(scope) === subscription || scopeContains(scope, whole, ancestors);
    const met = (row: RoleAssignmentRow, ask: (typeof asked)[number]) =>
      row.principal === ask.principal && holds(row, ask.written, roleNames.get(row.role));
    const unasked = rows.filter((row) => here(row.scope) && !asked.some((ask) => met(row, ask)));
    const unmet = asked.filter((ask) => here(ask.written.scope) && !rows.some((row) => met(row, ask)));
    return [...new Set([...unasked, ...unmet].map(({ principal }) => principal))];
  };
};

const read = async (input: ReadInput): Promise<Reading> => {
  const byPrincipal = holdersByPrincipal(input.identities);
  const asking = input.identities.filter(({ state }) => state !== 'unread');
  if (byPrincipal.size === 0) return { facts: [], gaps: [] };
  const found = await findRoles(input, [...byPrincipal.keys()].sort());
  if (!found.ok)
    return { facts: [], gaps: asking.map((identity) => gapOf('azure-role-assignment', identity, needs, found.error)) };
  const roleNames = new Map(found.value.definitions.map(({ id, name }) => [id as string, name]));
  const principals = new Set(byPrincipal.keys());
  const subscriptions = declaredSubscriptions(input);
  const differing = differingIn(input, byPrincipal, roleNames, found.value.subscriptions);
  const { assignments, unread } = await confirmRoles(
    found.value,
    principals,
    subscriptions,
    differing,
    input.ports.arm,
  );
  const definitions = new Map(found.value.definitions.map((definition) => [definition.id as string, definition]));
  const facts: Fact[] = [];
  const blind = subscriptions.length === 0 && !found.value.seesAny ? governedIdentities(input) : [];
  const gaps: Gap[] = [
    ...blind.map((identity) => gapOf('azure-role-assignment', identity, needs, nothingSeen)),
    ...[...unread.values()].flatMap((failure) =>
      asking.map((identity) => gapOf('azure-role-assignment', identity, needs, failure)),
    ),
  ];
  for (const row of assignments) {
    const holders = byPrincipal.get(row.principal) ?? [];
    const definition = definitions.get(row.role) ?? (await readDefinition(row, input));
    if ('reason' in definition)
      gaps.push(...holders.map((identity) => gapOf('azure-role-assignment', identity, needs, definition)));
    else {
      definitions.set(row.role, definition);
      facts.push(...holders.map((identity) => heldFact(identity, row, definition)));
    }
  }
  return { facts, gaps, names: { azureRoles: [...definitions.values()] } };
};

/** Where the program has to be a reader: in the subscriptions that the policy speaks of, else anywhere at all. */
const readersAt = (policy: Policy): string[] => {
  const subscriptions = declaredSubscriptions({ policies: [policy], subscriptions: [] });
  return subscriptions.length === 0 ? ['/'] : subscriptions.map((id) => `/subscriptions/${id}`);
};

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

const heldFact = (
  identity: FoundIdentity,
  row: RoleAssignmentRow,
  definition: AzureRoleName,
): AzureRoleAssignmentFact => {
  const fact = factOf(identity.id, row.scope, definition);
  const orphaned = row.principal !== identity.objectId;
  return {
    ...fact,
    key: orphaned ? `${fact.key}@${row.principal}` : fact.key,
    condition: row.condition,
    assignmentId: armId(row.id),
    principal: objectId(row.principal),
    orphaned,
    created: row.created,
  };
};

/** A definition that Resource Graph didn't join: asked of ARM itself. */
const readDefinition = async ({ role, scope }: RoleAssignmentRow, { ports }: ReadInput) => {
  const subscription = subscriptionOf(scope);
  // A custom role is known only within the subscriptions that it is meant for.
  const within = subscription === null ? '' : `/subscriptions/${subscription}`;
  const path = `${within}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
  const definition = readAs(await ports.arm.get(path, '2022-04-01'), `GET ${path}`, (found) =>
    parseRoleDefinition(roleId(role), objectOf(found, 'a role definition')['properties']),
  );
  return definition.ok ? definition.value : definition.error;
};

/** A condition is folded in YAML as its writer likes; white space says nothing in it. */
const spellCondition = (condition: string | null): string | null => condition?.replace(/\s+/g, ' ').trim() ?? null;

/** Azure roles at their scopes, inherited ones included, and those that a gone identity left behind. */
export const azureRoleAssignment = defineKind<'azure-role-assignment'>({
  id: 'azure-role-assignment',
  title: 'Azure role assignment',
  needs,
  asks: (policy) => readersAt(policy).map((scope) => ({ api: 'azure', scope })),
  planned: true,
  governs,
  desired,
  read,
  same: (wanted, held) => spellCondition(wanted.condition) === spellCondition(held.condition),
});
