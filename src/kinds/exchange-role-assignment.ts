import type { ExchangeRoleAssignmentFact } from '../core/access-fact.ts';
import { type ExchangeRoles, exchangeRolesIn, roleGroupCommands } from '../core/exchange-groups.ts';
import { findInExchange, type IsInExchange } from '../core/exchange-names.ts';
import { readExchangeRoles } from '../core/exchange-role-rows.ts';
import { evidenceNeed } from '../core/find-evidence.ts';
import { governedAccess } from '../core/governed-access.ts';
import type { IdentityId } from '../core/ids.ts';
import {
  type Desired,
  defineKind,
  type FoundIdentity,
  gapOf,
  graphNeed,
  type Need,
  type ReadInput,
  type Reading,
} from '../core/kind.ts';
import type { Policy } from '../core/policy.ts';
import { policyProblem } from '../core/policy-problem.ts';
import { sameText } from '../core/same-text.ts';
import { editDistance, suggest } from '../core/suggest.ts';
import { setsUpRoleGroups } from '../knowledge/exchange-evidence-for.ts';
import { exchangeRoles, findExchangeRole } from '../knowledge/exchange-roles.ts';

const needs = 'RoleManagement.Read.Exchange';

/** Wider permissions that the calls take too (source: list unifiedRoleAssignments, Microsoft Graph beta). */
const wider = ['RoleManagement.Read.All', 'RoleManagement.ReadWrite.Exchange'];

type Held = Pick<ExchangeRoleAssignmentFact, 'role' | 'scope'> &
  Partial<Pick<ExchangeRoleAssignmentFact, 'roleGroup' | 'assignmentId'>>;

const factOf = (identity: IdentityId, { role, scope, ...more }: Held): ExchangeRoleAssignmentFact => ({
  kind: 'exchange-role-assignment',
  key: `exchange-role-assignment/${identity.toLowerCase()}/${role.toLowerCase()}/${scope.toLowerCase()}`,
  identity,
  subject: role,
  role,
  scope,
  parent: null,
  roleGroup: null,
  commands: null,
  assignmentId: null,
  ...more,
});

/** Does the policy write, or wrote it before it was retired, which roles there are? */
const declares = ({ access }: Policy): boolean => access !== 'minimal' && access?.exchangeRoles != null;

const asks = (policy: Policy): readonly Need[] => [
  ...(declares(policy) ? [graphNeed(needs)] : []),
  ...(setsUpRoleGroups(policy) ? [{ api: 'evidence', command: roleGroupCommands[0] ?? '' } as const] : []),
];

/** A custom role may be called anything, but for Microsoft's own names and what comes so near to one. */
const mistaken = (role: string): string | null => {
  if (findExchangeRole(role) !== null || !/^application\b/i.test(role.trim())) return null;
  const names = exchangeRoles.map(({ name }) => name);
  const isNear = names.some((name) => editDistance(name.toLowerCase(), role.trim().toLowerCase(), 2) <= 2);
  return isNear ? suggest(role, names) : null;
};

const desired = (policy: Policy): Desired => {
  const written = governedAccess(policy)?.exchangeRoles ?? [];
  return {
    facts: written
      .filter(({ role }) => mistaken(role) === null)
      .flatMap(({ role, scope, place }) =>
        policy.identities.map(({ id }) => ({
          fact: factOf(id, { role: findExchangeRole(role)?.name ?? role, scope }),
          place,
        })),
      ),
    problems: written.flatMap(({ role, place }) => {
      const near = mistaken(role);
      if (near === null) return [];
      const message = `no Exchange role is called \`${role}\``;
      const help = `did you mean \`${near}\`?`;
      return [policyProblem(policy, place, { code: 'unknown-role', subject: role, message, help })];
    }),
  };
};

/** A role held directly says more than the same one held by a role group. */
const oneEach = (facts: readonly ExchangeRoleAssignmentFact[]): readonly ExchangeRoleAssignmentFact[] => {
  const byKey = new Map<string, ExchangeRoleAssignmentFact>();
  for (const fact of facts) {
    const earlier = byKey.get(fact.key);
    const keep = earlier === undefined || (earlier.roleGroup !== null && fact.roleGroup === null) ? fact : earlier;
    const other = keep === fact ? earlier : fact;
    byKey.set(fact.key, { ...keep, assignmentId: keep.assignmentId ?? other?.assignmentId ?? null });
  }
  return [...byKey.values()];
};

/** What evidence says that an identity holds: by assignments of its own, and by the role groups that it is in. */
const heldByEvidence = (roles: ExchangeRoles, isIn: IsInExchange, identity: FoundIdentity): readonly Held[] => {
  const own = roles.assignments
    .filter(({ toGroup, assignees }) => !toGroup && assignees.some((assignee) => isIn(identity, assignee)))
    .map(({ role, scope, name }) => ({ role, scope, assignmentId: name }));
  const groups = roles.groups.filter(({ members }) => members.some((member) => isIn(identity, member)));
  const byGroup = groups.flatMap((group): readonly Held[] => {
    const assigned = roles.assignments.filter(
      ({ toGroup, assignees }) => toGroup && assignees.some((assignee) => sameText(assignee, group.name)),
    );
    // Where nobody tells the scope of a group's role, it is the whole organisation, as Exchange sets it.
    const untold = group.roles.filter((role) => !assigned.some((one) => sameText(one.role, role)));
    return [
      ...assigned.map(({ role, scope }) => ({ role, scope, roleGroup: group.name })),
      ...untold.map((role) => ({ role, scope: 'organization', roleGroup: group.name })),
    ];
  });
  return [...own, ...byGroup].map((held) => ({ ...held, role: findExchangeRole(held.role)?.name ?? held.role }));
};

const isAsking = (
  identity: FoundIdentity,
  policies: readonly Policy[],
  asksFor: (policy: Policy) => boolean,
): boolean =>
  policies.some((policy) => asksFor(policy) && policy.identities.some(({ id }) => sameText(id, identity.id)));

const principalOf = (identity: FoundIdentity, { policies }: ReadInput): string => {
  const isUser = policies.some(({ identities }) =>
    identities.some(({ id, type }) => type === 'user' && sameText(id, identity.id)),
  );
  return `/${isUser ? 'Users' : 'ServicePrincipals'}/${identity.objectId}`;
};

interface GraphReading extends Reading {
  /** Identities of which Microsoft Graph told all application roles. */
  readonly told: ReadonlySet<string>;
}

const readGraph = async (input: ReadInput): Promise<GraphReading> => {
  const isHeld = [needs, ...wider].some((permission) => input.held.has(permission));
  const asked = input.identities.filter(
    (identity) => identity.objectId !== null && (isHeld || isAsking(identity, input.policies, declares)),
  );
  if (asked.length === 0) return { facts: [], gaps: [], told: new Set() };
  const byPrincipal = Map.groupBy(asked, (identity) => principalOf(identity, input).toLowerCase());
  const principals = [...new Set(asked.map((identity) => principalOf(identity, input)))].sort();
  const expected = asked.some((identity) => isAsking(identity, input.policies, declares));
  const rows = await readExchangeRoles(input.ports.graph.beta, principals, expected);
  if (!rows.ok) {
    const gaps = asked.map((identity) => gapOf('exchange-role-assignment', identity, needs, rows.error));
    return { facts: [], gaps, told: new Set() };
  }
  const facts = rows.value.flatMap(({ principal, id, role, scope }) =>
    (byPrincipal.get(principal) ?? []).map((identity) => factOf(identity.id, { role, scope, assignmentId: id })),
  );
  return { facts, gaps: [], told: new Set(asked.map(({ id }) => id)) };
};

const readEvidence = (
  input: ReadInput,
  told: GraphReading['told'],
): Reading & { readonly roles: ExchangeRoles | null } => {
  const roles = exchangeRolesIn(input);
  const isIn = findInExchange(input);
  if (roles.ok && isIn.ok) {
    const held = input.identities.flatMap((identity) =>
      heldByEvidence(roles.value, isIn.value, identity)
        // An application role that was taken away since lives on in evidence, and Microsoft Graph knows better.
        .filter(({ role, roleGroup }) => roleGroup != null || !told.has(identity.id) || findExchangeRole(role) === null)
        .map((one) => factOf(identity.id, one)),
    );
    return { facts: held, gaps: [], roles: roles.value };
  }
  const failure = roles.ok ? (isIn.ok ? null : isIn.error) : roles.error;
  if (failure === null) return { facts: [], gaps: [], roles: null };
  // Evidence that is there and makes no sense leaves everybody in the dark.
  const lacking = input.identities.filter(
    (identity) => failure.reason === 'malformed' || isAsking(identity, input.policies, setsUpRoleGroups),
  );
  const cure = evidenceNeed(failure.request.replace(/^evidence /, ''));
  const gaps = lacking.map((identity) => gapOf('exchange-role-assignment', identity, cure, failure));
  return { facts: [], gaps, roles: null };
};

/** Roles in Exchange: application roles by Microsoft Graph, and what evidence tells of management roles and role groups. */
export const exchangeRoleAssignment = defineKind<'exchange-role-assignment'>({
  id: 'exchange-role-assignment',
  title: 'Exchange role assignment',
  needs,
  asks,
  optional: needs,
  planned: false,
  // A retired policy asks for nothing: whatever is read of it is undeclared.
  governs: (policy) => policy.state === 'retired' || declares(policy),
  desired,
  read: async (input) => {
    const graph = await readGraph(input);
    const evidence = readEvidence(input, graph.told);
    const facts = [...graph.facts, ...evidence.facts].filter((fact) => fact.kind === 'exchange-role-assignment');
    const withDetails = oneEach(facts).map((fact) => ({
      ...fact,
      parent: evidence.roles?.parents.get(fact.role.toLowerCase()) ?? null,
      commands: evidence.roles?.commands.get(fact.role.toLowerCase()) ?? null,
    }));
    return { facts: withDetails, gaps: [...graph.gaps, ...evidence.gaps] };
  },
  same: () => true,
});
