import type { AppManagementPolicyFact } from '../core/fact.ts';
import { defineKind, type FoundIdentity, gapOf, onlyJudged, type ReadInput, type Reading } from '../core/kind.ts';
import type { ReadFailure } from '../core/ports.ts';
import {
  type CustomPolicy,
  type DefaultPolicy,
  type Restriction,
  readCustomPolicies,
  readDefaultPolicy,
} from '../core/read-app-management.ts';

const needs = 'Policy.Read.All';

type Holder = AppManagementPolicyFact['on'];

const factOf = (
  { id }: FoundIdentity,
  on: Holder,
  from: Pick<CustomPolicy, 'id' | 'name'> | null,
  restriction: Restriction,
): AppManagementPolicyFact => ({
  kind: 'app-management-policy',
  key: `app-management-policy/${id.toLowerCase()}/${on}/${restriction.restriction}/${from?.id ?? 'default'}`,
  identity: id,
  subject: restriction.restriction,
  on,
  policy: from?.name ?? null,
  ...restriction,
});

const idOf = (object: unknown): string | null =>
  typeof object === 'object' && object !== null && 'id' in object && typeof object.id === 'string'
    ? object.id.toLowerCase()
    : null;

/** What bears on one identity: the default restrictions in force, and whatever a policy of its own says of them. */
const factsOf = (
  identity: FoundIdentity,
  standard: DefaultPolicy,
  custom: readonly CustomPolicy[],
): readonly AppManagementPolicyFact[] => {
  const on = (holder: Holder, id: string | null, restrictions: readonly Restriction[]) => {
    if (id === null) return [];
    const own = custom.filter(({ appliesTo }) => appliesTo.has(id));
    return [
      ...restrictions.filter(({ state }) => state === 'enabled').map((one) => factOf(identity, holder, null, one)),
      ...own.flatMap((policy) => policy.restrictions.map((one) => factOf(identity, holder, policy, one))),
    ];
  };
  return [
    ...on('application', idOf(identity.application), standard.application),
    ...on('service-principal', identity.objectId?.toLowerCase() ?? null, standard.servicePrincipal),
  ];
};

/** Credentials of managed identities are Microsoft's: no such policy bears on them. */
const isApp = ({ state, servicePrincipal, vault }: FoundIdentity): boolean =>
  state === 'found' &&
  vault === null &&
  typeof servicePrincipal === 'object' &&
  servicePrincipal !== null &&
  !('servicePrincipalType' in servicePrincipal && servicePrincipal.servicePrincipalType === 'ManagedIdentity');

const read = async ({ identities, ports }: ReadInput): Promise<Reading> => {
  const apps = identities.filter(isApp);
  if (apps.length === 0) return { facts: [], gaps: [] };
  const [standard, custom] = await Promise.all([readDefaultPolicy(ports.graph), readCustomPolicies(ports.graph)]);
  const gaps = (failure: ReadFailure) => ({
    facts: [],
    gaps: apps.map((identity) => {
      const isList = failure.request.includes('/appliesTo');
      return gapOf('app-management-policy', identity, isList ? `${needs} and Application.Read.All` : needs, failure);
    }),
  });
  if (!standard.ok) return gaps(standard.error);
  if (!custom.ok) return gaps(custom.error);
  return { facts: apps.flatMap((identity) => factsOf(identity, standard.value, custom.value)), gaps: [] };
};

/** What the tenant lets an app have for credentials, and whether it is exempted. See docs/kinds/app-management-policy.md */
export const appManagementPolicy = defineKind<'app-management-policy'>({
  id: 'app-management-policy',
  title: 'App management policy',
  needs,
  asks: () => [],
  optional: needs,
  ...onlyJudged,
  read,
});
