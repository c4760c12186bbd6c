import { chunk } from '../core/chunk.ts';
import { declaresEligibleDirectoryRole, namedBy, namesUser } from '../core/eligible-roles.ts';
import type { DirectoryRoleAssignmentFact } from '../core/fact.ts';
import { governedAccess } from '../core/governed-access.ts';
import { groupNeeds } from '../core/group-needs.ts';
import { type IdentityId, type RoleId, roleId } from '../core/ids.ts';
import { type Desired, defineKind, gapOf, graphNeed, type ReadInput, type Reading } from '../core/kind.ts';
import { didYouMean, type Lookup, type Names } from '../core/names.ts';
import type { Policy } from '../core/policy.ts';
import { policyProblem } from '../core/policy-problem.ts';
import type { Answer } from '../core/ports.ts';
import { type DirectoryRoleRow, readActiveRoles, readEligibleRoles } from '../core/read-directory-roles.ts';
import { groupHolders, type Holder, type Holders, ownHolders } from '../core/role-holders.ts';
import type { Gap } from '../core/snapshot.ts';

const needs = 'RoleManagement.Read.Directory';
const eligibleNeeds = 'RoleEligibilitySchedule.Read.Directory';
const licence = 'Microsoft Entra ID P2 or Microsoft Entra ID Governance, of which eligible roles are a part';

const factOf = (
  identity: IdentityId,
  role: { readonly id: RoleId; readonly name: string },
  scope: string,
  eligible: boolean,
): DirectoryRoleAssignmentFact => ({
  kind: 'directory-role-assignment',
  key: `directory-role-assignment/${identity.toLowerCase()}/${role.id}/${scope.toLowerCase()}${eligible ? '@eligible' : ''}`,
  identity,
  subject: role.name,
  role: role.id,
  scope,
  assignmentId: null,
  eligible,
});

const directoryScope = (administrativeUnit: string | null): string =>
  administrativeUnit === null ? '/' : `/administrativeUnits/${administrativeUnit}`;

/** A role that no list tells of, as a custom one that nobody holds, stands for itself. */
const resolveRole = (name: string, names: Names): Lookup<{ readonly id: RoleId; readonly name: string }> => {
  const found = names.directoryRole(name);
  return found.state === 'unsure' ? { state: 'found', value: { id: roleId(name), name } } : found;
};

const desired = (policy: Policy, names: Names): Desired => {
  const written = governedAccess(policy)?.directoryRoles ?? [];
  const resolved = written.map((role) => ({ role, found: resolveRole(role.role, names) }));
  return {
    facts: resolved.flatMap(({ role, found }) =>
      found.state !== 'found'
        ? []
        : policy.identities.map(({ id }) => ({
            fact: factOf(id, found.value, directoryScope(role.scope), role.eligible),
            place: role.place,
          })),
    ),
    problems: resolved.flatMap(({ role, found }) => {
      if (found.state === 'found') return [];
      const message = `no directory role is called \`${role.role}\``;
      const help = didYouMean(found);
      return [policyProblem(policy, role.place, { code: 'unknown-role', subject: role.role, message, help })];
    }),
  };
};

/** One role as it counts for one identity. */
interface Held {
  readonly holder: Holder;
  readonly row: DirectoryRoleRow;
}

interface Part {
  readonly held: readonly Held[];
  readonly gaps: readonly Gap[];
}

type ReadRows = (principals: readonly string[]) => Promise<Answer<readonly DirectoryRoleRow[]>>;

/** Reads the roles of some holders, `size` of them at once; a refusal is a gap of each identity concerned. */
const readSome = async (holders: Holders, size: number, read: ReadRows, needed: string): Promise<Part> => {
  const parts = await Promise.all(
    chunk([...holders.keys()], size).map(async (principals): Promise<Part> => {
      const rows = await read(principals);
      const theirs = (principal: string) => holders.get(principal) ?? [];
      if (rows.ok)
        return {
          held: rows.value.flatMap((row) => theirs(row.principal).map((holder) => ({ holder, row }))),
          gaps: [],
        };
      const { error } = rows;
      const concerned = new Set(principals.flatMap((id) => theirs(id).map(({ identity }) => identity)));
      return {
        held: [],
        gaps: [...concerned].map((identity) => gapOf('directory-role-assignment', identity, needed, error)),
      };
    }),
  );
  return { held: parts.flatMap(({ held }) => held), gaps: parts.flatMap(({ gaps }) => gaps) };
};

/** Microsoft Graph takes at most 15 values in an `in` filter (source: advanced query capabilities, Microsoft Graph). */
const activeAtOnce = 15;

/** Did the tenant say that it has no Privileged Identity Management? Then none of its roles is eligible. */
const isUnlicensed = (detail: string): boolean => detail.includes('AadPremiumLicenseRequired');

/** What holders hold now and, where a policy names a person or asks for an eligible role, what they may activate. */
const readHeld = async (holders: Holders, { ports, policies, identities }: ReadInput): Promise<Part> => {
  const declaring = namedBy(policies.filter(declaresEligibleDirectoryRole), identities);
  const people = namedBy(policies.filter(namesUser), identities);
  const isAsked = ({ identity }: Holder) => declaring.includes(identity) || people.includes(identity);
  const mayActivate = new Map(
    [...holders].flatMap(([id, some]) => (some.some(isAsked) ? [[id, some.filter(isAsked)] as const] : [])),
  );
  const [active, eligible] = await Promise.all([
    readSome(holders, activeAtOnce, (ids) => readActiveRoles(ids, ports.graph), needs),
    readSome(mayActivate, 1, (ids) => readEligibleRoles(ids, ports.graph), eligibleNeeds),
  ]);
  // Where the tenant can't have eligible roles, only a policy that asks for one is left open.
  const isOpen = ({ identity, detail }: Gap): boolean =>
    !isUnlicensed(detail) || declaring.some(({ id }) => id === identity);
  const gaps = eligible.gaps
    .filter(isOpen)
    .map((gap) => (isUnlicensed(gap.detail) ? { ...gap, reason: 'not-supported' as const, needs: licence } : gap));
  return { held: [...active.held, ...eligible.held], gaps: [...active.gaps, ...gaps] };
};

/** One fact for an identity, role and scope, however many ways it is held; active and eligible apart. */
const mergeHeld = (held: readonly Held[]): readonly DirectoryRoleAssignmentFact[] => {
  const facts = held.map(({ holder, row }) => ({
    as: holder.as,
    row,
    fact: factOf(holder.identity.id, row.role, row.scope, row.eligible),
  }));
  return [...Map.groupBy(facts, ({ fact }) => fact.key).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const own = same.find(({ as }) => as === 'itself');
    const through = [...new Set(same.filter(({ as }) => as === 'group').map(({ row }) => row.principal))].sort();
    const fact = { ...first.fact, assignmentId: own?.row.id ?? null };
    return [through.length === 0 ? fact : { ...fact, through }];
  });
};

const read = async (input: ReadInput): Promise<Reading> => {
  const found = input.identities
    .filter(({ objectId }) => objectId !== null)
    // What a gone object held is gone with it.
    .map((identity) => ({ ...identity, goneObjectId: null }));
  const own = { ...input, identities: found };
  const throughGroups = async (): Promise<Part> => {
    // Only a group made for it can hold directory roles; one that may not be read may be such a group.
    const groups = await groupHolders(
      own,
      'directory-role-assignment',
      ({ roleAssignable }) => roleAssignable !== false,
    );
    const part = await readHeld(groups.holders, own);
    return { held: part.held, gaps: [...groups.gaps, ...part.gaps] };
  };
  const parts = await Promise.all([readHeld(ownHolders(found), own), throughGroups()]);
  const held = parts.flatMap((part) => part.held);
  return {
    facts: mergeHeld(held),
    gaps: parts.flatMap(({ gaps }) => gaps),
    names: { directoryRoles: held.map(({ row }) => row.role) },
  };
};

const declares = (policy: Policy): boolean =>
  policy.state === 'retired' || governedAccess(policy)?.directoryRoles != null;

/** Directory roles, of every identity and its groups: one that nobody speaks of may take over the tenant. See docs/kinds/directory-role-assignment.md */
export const directoryRoleAssignment = defineKind<'directory-role-assignment'>({
  id: 'directory-role-assignment',
  title: 'Directory role assignment',
  needs,
  asks: (policy) => [
    graphNeed(needs),
    ...groupNeeds(policy),
    ...(namesUser(policy) || declaresEligibleDirectoryRole(policy) ? [graphNeed(eligibleNeeds)] : []),
  ],
  planned: false,
  governs: declares,
  desired,
  read,
  same: () => true,
});
