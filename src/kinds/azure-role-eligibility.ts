import type { AzureRoleEligibilityFact } from '../core/access-fact.ts';
import { readersAt } from '../core/azure-readers.ts';
import { declaresEligibleAzureRole, namesUser } from '../core/eligible-roles.ts';
import { declaredSubscriptions, writtenRoles } from '../core/find-roles.ts';
import { governedAccess } from '../core/governed-access.ts';
import { armId, type IdentityId, objectId, roleId } from '../core/ids.ts';
import { defineKind, type FoundIdentity, gapOf, mergeReadings, type ReadInput, type Reading } from '../core/kind.ts';
import type { Policy } from '../core/policy.ts';
import type { Answer, ArmPort, ReadFailure } from '../core/ports.ts';
import { type EligibleRow, readEligibleAzureRoles } from '../core/read-eligible-azure-roles.ts';
import { readRoleDefinition } from '../core/read-role-definition.ts';
import { readRows } from '../core/read-rows.ts';
import { type NamedRole, resolveWrittenRoles } from '../core/resolve-written-roles.ts';
import { ok } from '../core/result.ts';
import { canonicalScope, sameArmId, subscriptionOf } from '../core/scope.ts';
import type { AzureRoleName } from '../core/snapshot.ts';
import { spellCondition } from '../core/spell-condition.ts';
import { objectOf, stringOf } from '../core/wire.ts';
import { findAzureRole } from '../knowledge/azure-roles.ts';

const needs = 'Reader at the subscription (Microsoft.Authorization/roleAssignments/read)';

const factOf = (identity: IdentityId, scope: string, role: NamedRole): AzureRoleEligibilityFact => ({
  kind: 'azure-role-eligibility',
  key: `azure-role-eligibility/${identity.toLowerCase()}/${role.id}${canonicalScope(scope)}`,
  identity,
  subject: role.name,
  role: role.id,
  scope: armId(scope),
  condition: null,
  permissions: role.permissions,
  roleType: role.type,
  scheduleId: null,
  end: null,
});

const governs = (policy: Policy): boolean => policy.state === 'retired' || governedAccess(policy)?.azureRoles != null;

const isAsked = (policy: Policy): boolean =>
  declaresEligibleAzureRole(policy) || (namesUser(policy) && governs(policy));

const subscriptionPath = (row: unknown): string =>
  `/subscriptions/${stringOf(objectOf(row, 'a subscription'), 'subscriptionId')}`;

const nothingSeen: ReadFailure = {
  reason: 'not-visible',
  status: 200,
  request: 'GET /subscriptions',
  detail: 'no subscription is named by a policy or the configuration, and none is visible',
};

/** Where to ask for an identity: what its policies speak of and the configuration expects, else all that is visible. */
const scopesFor = async (
  identity: FoundIdentity,
  input: ReadInput,
  visible: () => Promise<Answer<readonly string[]>>,
) => {
  const policies = input.policies.filter((policy) => policy.identities.some(({ id }) => sameArmId(id, identity.id)));
  const above = policies
    .flatMap(writtenRoles)
    .filter(({ eligible, scope }) => eligible && subscriptionOf(scope) === null)
    .map(({ scope }) => canonicalScope(scope));
  const subscriptions = declaredSubscriptions({ ...input, policies }).map((id) => `/subscriptions/${id}`);
  const named = [...new Set([...subscriptions, ...above])];
  return named.length > 0 ? ok(named) : visible();
};

/** What a role allows: built-in ones are known, any other is asked of ARM. */
const definitionOf = (row: EligibleRow, arm: ArmPort): Promise<Answer<AzureRoleName>> => {
  const known = findAzureRole(row.role);
  return known === null
    ? readRoleDefinition(row.role, row.scope, arm)
    : Promise.resolve(ok({ id: known.id, name: known.name, type: 'BuiltInRole', permissions: known.permissions }));
};

/** One fact for a role and scope: what the identity may activate itself speaks, and a group under another condition apart. */
const merge = (identity: FoundIdentity, rows: readonly EligibleRow[], role: AzureRoleName) => {
  const isOwn = ({ principal, byGroup }: EligibleRow): boolean => principal === identity.objectId && !byGroup;
  const chief = rows.find(isOwn) ?? rows.find(({ condition }) => condition === null) ?? rows[0];
  return [...Map.groupBy(rows, ({ condition }) => spellCondition(condition)).values()].flatMap((alike) => {
    const isPlain = chief !== undefined && alike.includes(chief);
    const [one] = isPlain ? [chief] : alike;
    if (one === undefined) return [];
    const fact = factOf(identity.id, one.scope, role);
    const byGroups = alike.filter((row) => !isOwn(row));
    const groups = new Set(
      byGroups.flatMap(({ principal }) => (principal === identity.objectId ? [] : objectId(principal))),
    );
    const merged: AzureRoleEligibilityFact = {
      ...fact,
      key: isPlain ? fact.key : `${fact.key}@${one.principal}`,
      condition: one.condition,
      scheduleId: isOwn(one) ? one.schedule : null,
      end: one.end,
    };
    return [byGroups.length === 0 ? merged : { ...merged, through: [...groups].sort() }];
  });
};

const readOne = async (
  identity: FoundIdentity,
  input: ReadInput,
  visible: () => Promise<Answer<readonly string[]>>,
): Promise<Reading> => {
  const { arm } = input.ports;
  const gap = (failure: ReadFailure) => gapOf('azure-role-eligibility', identity, needs, failure);
  const scopes = await scopesFor(identity, input, visible);
  if (!scopes.ok) return { facts: [], gaps: [gap(scopes.error)] };
  if (scopes.value.length === 0) return { facts: [], gaps: [gap(nothingSeen)] };
  const read = await Promise.all(
    scopes.value.map((scope) => readEligibleAzureRoles(scope, identity.objectId ?? '', arm)),
  );
  // What hangs above two subscriptions comes with both.
  const rows = new Map(
    read.flatMap((answer) => (answer.ok ? answer.value.map((row) => [row.id.toLowerCase(), row] as const) : [])),
  );
  const same = Map.groupBy(rows.values(), ({ role, scope }) => `${roleId(role)} ${canonicalScope(scope)}`);
  const made = await Promise.all(
    [...same.values()].map(async (alike): Promise<Reading> => {
      const [first] = alike;
      if (first === undefined) return { facts: [], gaps: [] };
      const role = await definitionOf(first, arm);
      return role.ok
        ? { facts: merge(identity, alike, role.value), gaps: [], names: { azureRoles: [role.value] } }
        : { facts: [], gaps: [gap(role.error)] };
    }),
  );
  const refused = read.flatMap((answer) => (answer.ok ? [] : [gap(answer.error)]));
  return mergeReadings([{ facts: [], gaps: refused }, ...made]);
};

/** Azure roles that people may activate (Privileged Identity Management). See docs/kinds/azure-role-eligibility.md */
export const azureRoleEligibility = defineKind<'azure-role-eligibility'>({
  id: 'azure-role-eligibility',
  title: 'Eligible Azure role',
  needs,
  asks: (policy) => (isAsked(policy) ? readersAt(policy).map((scope) => ({ api: 'azure', scope })) : []),
  planned: false,
  governs,
  desired: (policy, names) =>
    resolveWrittenRoles(policy, names, true, (id, written, role) => ({
      ...factOf(id, written.scope, role),
      condition: written.condition,
    })),
  read: async (input) => {
    let listed: Promise<Answer<readonly string[]>> | null = null;
    const list = async () =>
      readRows(await input.ports.arm.list('/subscriptions', '2022-12-01'), 'GET /subscriptions', subscriptionPath);
    const visible = () => (listed ??= list());
    const found = input.identities.filter(({ objectId: id, state }) => id !== null && state === 'found');
    return mergeReadings(await Promise.all(found.map((identity) => readOne(identity, input, visible))));
  },
  same: (wanted, held) => spellCondition(wanted.condition) === spellCondition(held.condition),
});
