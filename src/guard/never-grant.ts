import type { Change } from '../core/change.ts';
import type { AzureRoleAssignmentFact, Fact, RolePermissions } from '../core/fact.ts';
import { sameText } from '../core/same-text.ts';
import { sameArmId, scopeName } from '../core/scope.ts';
import { findApi } from '../knowledge/apis.ts';
import { escalatingAction, selfEscalation } from '../knowledge/escalation.ts';
import { intersects } from '../knowledge/role-algebra.ts';
import { tier0Permission } from '../knowledge/tier0.ts';
import { grantsOf, workloads } from '../knowledge/workloads.ts';
import type { GuardWorld, Objection } from './guard-world.ts';

/** Everything with which access is given, or what guards it is changed. */
const givingActions = ['Microsoft.Authorization/*/write', 'Microsoft.Authorization/elevateAccess/action'];

/** Locks give no access, and least roles of Azure Backup set them. */
const withoutLocks = (permissions: readonly RolePermissions[]): readonly RolePermissions[] =>
  permissions.map((one) => ({ ...one, notActions: [...one.notActions, 'Microsoft.Authorization/locks/*'] }));

/** Permissions that some operation on a workload takes, by API and name: what restores users or groups is tier 0 too. */
const worked: ReadonlySet<string> = new Set(
  workloads.flatMap(({ operations }) =>
    Object.values(operations).flatMap((needs) =>
      grantsOf(needs).flatMap((grant) =>
        grant.plane === 'application'
          ? [grant.permission, ...grant.accepts].map((value) => `${grant.api} ${value}`)
          : // Stryker disable next-line ArrayDeclaration: a text that no permission is called by lets none through
            [],
      ),
    ),
  ),
);

/** The scope that holds the whole tenant: itself, and the management group that Azure names by the tenant's id. */
const isWholeTenant = (scope: string, tenant: string): boolean =>
  // Stryker disable next-line StringLiteral: the empty scope is the root too
  sameArmId(scope, '/') || sameArmId(scope, `/providers/Microsoft.Management/managementGroups/${tenant}`);

const roleReason = (fact: AzureRoleAssignmentFact, tenant: string): string | null => {
  const { subject, scope, permissions } = fact;
  if (isWholeTenant(scope, tenant)) return `\`${subject}\` on \`${scopeName(scope)}\` would hold in every subscription`;
  if (permissions === null) return `what \`${subject}\` allows could not be read`;
  const known = escalatingAction(permissions);
  if (known !== null) return `\`${subject}\` allows \`${known.action}\`: ${known.why}`;
  const action = intersects(withoutLocks(permissions), givingActions);
  return action === null ? null : `\`${subject}\` allows \`${action}\`, with which access is given or guarded`;
};

/** Why the program never makes this true, as a clause; `null`: nothing speaks against it. Conditions limit nothing here. */
export const neverGrantReason = (fact: Fact, tenant: string): string | null => {
  if (fact.kind === 'azure-role-assignment') return roleReason(fact, tenant);
  if (fact.kind !== 'app-role-assignment' && fact.kind !== 'delegated-grant') return null;
  const type = fact.kind === 'app-role-assignment' ? 'application' : 'delegated';
  const name = `${type} permission \`${fact.subject}\` on ${findApi(fact.api)?.name ?? fact.api}`;
  const escalates = selfEscalation(fact.api, type, fact.subject);
  if (escalates !== null) return `${name} lets its holder grant itself more: ${escalates}`;
  if (worked.has(`${fact.api} ${fact.subject}`)) return null;
  return tier0Permission(fact) === null
    ? null
    : `${name} leads to control of the tenant in a few steps, and no backup or restore needs it`;
};

/** By what people may list a grant: its name, its id, or its API and its name. */
const namesOf = (fact: Fact): readonly string[] => {
  const own = 'role' in fact ? [fact.subject, fact.role] : [fact.subject];
  if (!('api' in fact)) return own;
  const apis = [fact.api, fact.apiName, findApi(fact.api)?.name ?? fact.api];
  return [...own, ...apis.map((api) => `${api}/${fact.subject}`)];
};

const byHand =
  'ask for less; where nothing less will do, a person grants it by hand, for the hours that it is needed, and says why in `exceptions`';

/** Is this a grant that no policy can have made? Taking it away always can be. */
export const objectToGrant = ({ after }: Change, { tenant, settings }: GuardWorld): Objection | null => {
  if (after === null) return null;
  const reason = neverGrantReason(after, tenant);
  if (reason !== null) return { why: `it is never granted: ${reason}`, wayForward: byHand };
  const listed = settings.neverGrant.find((name) => namesOf(after).some((own) => sameText(own, name.trim())));
  return listed === undefined
    ? null
    : {
        why: `it is never granted: \`neverGrant\` of the configuration lists \`${listed}\``,
        wayForward: 'ask for less; or have the entry taken out of `backup-access.yaml` by a pull request of its own',
      };
};
