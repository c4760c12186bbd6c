import { desiredPermissions } from '../core/desired-permissions.ts';
import type { Consent, DelegatedGrantFact, Fact } from '../core/fact.ts';
import { governedAccess } from '../core/governed-access.ts';
import { type IdentityId, objectId } from '../core/ids.ts';
import {
  defineKind,
  type FoundIdentity,
  gapOf,
  graphNeed,
  mergeReadings,
  type ReadInput,
  type Reading,
} from '../core/kind.ts';
import type { NamedApi } from '../core/names.ts';
import type { Policy } from '../core/policy.ts';
import { readRows } from '../core/read-rows.ts';
import type { Gap } from '../core/snapshot.ts';
import { MalformedAnswer, objectOf, optionalStringOf, stringOf } from '../core/wire.ts';

/** Application.Read.All is not enough (source: List oauth2PermissionGrants, Microsoft Graph v1.0). */
const needs = 'Directory.Read.All';

const factOf = (identity: IdentityId, api: NamedApi, scope: string): DelegatedGrantFact => ({
  kind: 'delegated-grant',
  key: `delegated-grant/${identity.toLowerCase()}/${api.appId}/${scope.toLowerCase()}`,
  identity,
  subject: scope,
  api: api.appId,
  apiName: api.displayName,
  consents: [],
  purpose: null,
});

const consentType = (text: string): Consent['type'] => {
  if (text === 'AllPrincipals' || text === 'Principal') return text;
  throw new MalformedAnswer(`\`consentType\` is \`${text}\` where AllPrincipals or Principal belongs`);
};

const parseGrant = (row: unknown) => {
  const wire = objectOf(row, 'a delegated permission grant');
  const principal = optionalStringOf(wire, 'principalId');
  return {
    resource: objectId(stringOf(wire, 'resourceId')),
    scopes: (optionalStringOf(wire, 'scope') ?? '').split(' ').filter((scope) => scope !== ''),
    consent: {
      grantId: stringOf(wire, 'id'),
      type: consentType(stringOf(wire, 'consentType')),
      principal: principal === null ? null : objectId(principal),
    },
  };
};

const readOne = async (identity: FoundIdentity, { ports, names }: ReadInput): Promise<Reading> => {
  if (identity.servicePrincipal === null) return { facts: [], gaps: [] };
  const path = `/oauth2PermissionGrants?$filter=clientId eq '${identity.objectId}'`;
  const rows = readRows(await ports.graph.list(path), `GET ${path}`, parseGrant);
  if (!rows.ok) return { facts: [], gaps: [gapOf('delegated-grant', identity, needs, rows.error)] };
  const facts = new Map<string, DelegatedGrantFact>();
  const gaps: Gap[] = [];
  for (const { resource, scopes, consent } of rows.value) {
    const api = await names.api(resource);
    if (!api.ok) gaps.push(gapOf('delegated-grant', identity, needs, api.error));
    else
      for (const scope of scopes) {
        const fact = factOf(identity.id, api.value, scope);
        const consents = [...(facts.get(fact.key)?.consents ?? []), consent];
        facts.set(fact.key, { ...fact, consents });
      }
  }
  return { facts: [...facts.values()], gaps };
};

const governs = (policy: Policy): boolean =>
  policy.state === 'retired' || governedAccess(policy)?.delegatedPermissions != null;

/** Delegated permissions: scopes in which an app may act as a user, with who consented. */
export const delegatedGrant = defineKind<'delegated-grant'>({
  id: 'delegated-grant',
  title: 'Delegated permission grant',
  needs,
  asks: () => [graphNeed(needs)],
  writes: (policy) => (governs(policy) ? [graphNeed('DelegatedPermissionGrant.ReadWrite.All')] : []),
  planned: true,
  governs,
  desired: (policy, names) =>
    desiredPermissions(
      policy,
      'delegated',
      governedAccess(policy)?.delegatedPermissions ?? [],
      names,
      (api, scope, written) =>
        policy.identities.map(({ id }): Fact => ({ ...factOf(id, api, scope.value), purpose: written.purpose })),
    ),
  read: async (input) => mergeReadings(await Promise.all(input.identities.map((identity) => readOne(identity, input)))),
  same: () => true,
});
