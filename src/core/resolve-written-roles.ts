import type { AzureRoleAssignmentFact, Fact } from './fact.ts';
import { writtenRoles } from './find-roles.ts';
import { type IdentityId, roleId } from './ids.ts';
import type { Desired } from './kind.ts';
import { didYouMean, type Lookup, type Names } from './names.ts';
import type { Policy, WrittenAzureRole } from './policy.ts';
import { policyProblem } from './policy-problem.ts';
import type { AzureRoleName } from './snapshot.ts';

/** An Azure role of which `permissions` may be unknown. */
export type NamedRole = Omit<AzureRoleName, 'permissions'> & Pick<AzureRoleAssignmentFact, 'permissions'>;

/** The role that a policy means: a built-in one by name, or any by id. Where no list tells, it stands for itself. */
const resolveRole = (written: WrittenAzureRole, names: Names): Lookup<NamedRole> => {
  const found = written.roleId === null ? names.azureRole(written.role ?? '') : names.azureRoleById(written.roleId);
  if (found.state !== 'unsure') return found;
  const name = written.role ?? written.roleId ?? '';
  return {
    state: 'found',
    value: { id: roleId(written.roleId ?? name), name, type: 'BuiltInRole', permissions: null },
  };
};

/** What a policy asks for of Azure roles, those that are held at any time or the eligible ones, for each identity. */
export const resolveWrittenRoles = (
  policy: Policy,
  names: Names,
  eligible: boolean,
  factOf: (identity: IdentityId, written: WrittenAzureRole, role: NamedRole) => Fact,
): Desired => {
  const resolved = writtenRoles(policy)
    .filter((written) => written.eligible === eligible)
    .map((written) => ({ written, role: resolveRole(written, names) }));
  return {
    facts: resolved.flatMap(({ written, role }) =>
      role.state !== 'found'
        ? []
        : policy.identities.map(({ id }) => ({ fact: factOf(id, written, role.value), place: written.place })),
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
