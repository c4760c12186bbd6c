import type { AdministratorFact } from '../core/fact.ts';
import { type IdentityId, objectId } from '../core/ids.ts';
import {
  defineKind,
  type FoundIdentity,
  gapOf,
  graphNeed,
  onlyJudged,
  type ReadInput,
  type Reading,
} from '../core/kind.ts';
import type { Policy, PolicyIdentity } from '../core/policy.ts';
import type { ReadFailure } from '../core/ports.ts';
import { type Administrator, readAdministrators } from '../core/read-administrators.ts';
import { concernsPeople, isCalledAfterBackup, namedPeople, takingRoles } from '../knowledge/backup-people.ts';
import { findDirectoryRole } from '../knowledge/directory-roles.ts';

const needs = 'RoleManagement.Read.Directory';
const peopleNeeds = 'User.Read.All';

const factOf = (identity: IdentityId, person: Administrator, by: AdministratorFact['by']): AdministratorFact => ({
  kind: 'administrator',
  key: `administrator/${identity.toLowerCase()}/${person.id}`,
  identity,
  subject: person.userPrincipalName ?? person.id,
  objectId: objectId(person.id),
  userPrincipalName: person.userPrincipalName,
  roles: person.roles,
  hasMailbox: person.hasMailbox,
  by,
});

/** Object ids of owners that came along with the app; those of an app with very many did not all. */
const ownersOf = ({ application, servicePrincipal }: FoundIdentity): readonly string[] =>
  [application, servicePrincipal].flatMap((holder) => {
    const owners = typeof holder === 'object' && holder !== null && 'owners' in holder ? holder.owners : [];
    return (Array.isArray(owners) ? (owners as readonly unknown[]) : []).flatMap((owner) =>
      typeof owner === 'object' && owner !== null && 'id' in owner && typeof owner.id === 'string'
        ? [owner.id.toLowerCase()]
        : [],
    );
  });

/** Under which identity of a policy an administrator is told, and why; `null`: backup doesn't touch that one. */
const toldOf = (
  policy: Policy,
  person: Administrator,
  found: readonly FoundIdentity[],
): { readonly identity: PolicyIdentity; readonly by: AdministratorFact['by'] } | null => {
  const [first] = policy.identities;
  if (first === undefined) return null;
  const self = policy.identities.find(
    (identity) => identity.type === 'user' && identity.objectId.toLowerCase() === person.id,
  );
  if (self !== undefined) return { identity: self, by: 'identity' };
  if (namedPeople(policy).includes(person.userPrincipalName?.toLowerCase() ?? ''))
    return { identity: first, by: 'presence' };
  const owned = found.find((identity) => ownersOf(identity).includes(person.id));
  const own = policy.identities.find(({ id }) => id.toLowerCase() === owned?.id.toLowerCase());
  if (own !== undefined) return { identity: own, by: 'owner' };
  const names = [person.userPrincipalName, person.displayName];
  return isCalledAfterBackup(policy, names) ? { identity: first, by: 'name' } : null;
};

/** The strongest tie first: one person is told by that one alone, since several policies may be about one product. */
const ties: readonly AdministratorFact['by'][] = ['identity', 'presence', 'owner', 'name'];

const factsOf = (person: Administrator, { policies, identities }: ReadInput): readonly AdministratorFact[] => {
  const told = policies.flatMap((policy) => {
    const ids = new Set(policy.identities.map(({ id }) => id.toLowerCase()));
    const found = identities.filter(({ id }) => ids.has(id.toLowerCase()));
    return toldOf(policy, person, found) ?? [];
  });
  const tie = ties.find((one) => told.some(({ by }) => by === one));
  const strongest = told.filter(({ by }) => by === tie);
  // A name ties somebody to backup, and to no policy more than to another.
  return (tie === 'name' ? strongest.slice(0, 1) : strongest).map(({ identity, by }) =>
    factOf(identity.id, person, by),
  );
};

const needOf = ({ request }: ReadFailure): string => (request.includes('/users') ? peopleNeeds : needs);

const read = async (input: ReadInput): Promise<Reading> => {
  const roles = takingRoles.flatMap((name) => findDirectoryRole(name) ?? []);
  const people = await readAdministrators(input.ports.graph, roles);
  if (people.ok) return { facts: people.value.flatMap((person) => factsOf(person, input)), gaps: [] };
  const { error } = people;
  const first = input.policies.flatMap(({ identities }) => identities.slice(0, 1));
  return { facts: [], gaps: first.map((identity) => gapOf('administrator', identity, needOf(error), error)) };
};

/** People who rule the tenant, as far as backup touches them. See docs/kinds/administrator.md */
export const administrator = defineKind<'administrator'>({
  id: 'administrator',
  title: 'Administrator',
  needs,
  asks: (policy) => (concernsPeople(policy) ? [graphNeed(needs), graphNeed(peopleNeeds)] : []),
  standsAlone: true,
  subjects: namedPeople,
  ...onlyJudged,
  read,
});
