import { chunk } from '../core/chunk.ts';
import type { FederatedCredentialFact } from '../core/fact.ts';
import {
  defineKind,
  type FoundIdentity,
  gapOf,
  graphNeed,
  mergeReadings,
  onlyJudged,
  type ReadInput,
  type Reading,
} from '../core/kind.ts';
import type { PolicyIdentity } from '../core/policy.ts';
import type { ReadFailure, TenantPorts } from '../core/ports.ts';
import { readAs, readRows } from '../core/read-rows.ts';
import { ok, type Result } from '../core/result.ts';
import { canonicalScope } from '../core/scope.ts';
import {
  MalformedAnswer,
  objectOf,
  optionalStringOf,
  requiredListOf,
  stringOf,
  stringsOf,
  type WireObject,
} from '../core/wire.ts';

/** Directory.Read.All is not enough (source: List federatedIdentityCredentials, Microsoft Graph). */
const needs = 'Application.Read.All';
const managedNeeds =
  'Reader at the managed identity (Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read)';

/** Microsoft Graph takes at most 15 values in an `in` filter (source: advanced query capabilities, Microsoft Graph). */
const idsPerFilter = 15;

/** An application has no more of them, and `$expand` brings no more: of one that has all, the collection itself is asked. */
const expandAtMost = 20;

/** The first says which flexible expression rules; where it isn't offered, the last that is no preview is asked. */
const armVersions = ['2025-01-31-preview', '2023-01-31'] as const;

type Found = Result<readonly FederatedCredentialFact[], ReadFailure>;

const isUserAssigned = (id: string): boolean =>
  /\/providers\/microsoft\.managedidentity\/userassignedidentities\/[^/]+$/.test(canonicalScope(id));

/** A credential that trusts nobody in particular, as far as the answer says, may trust anybody: that is no answer. */
const factOf = (
  identity: FoundIdentity,
  on: FederatedCredentialFact['on'],
  id: string,
  wire: WireObject,
): FederatedCredentialFact => {
  const flexible = wire['claimsMatchingExpression'];
  const claim = optionalStringOf(wire, 'subject');
  const expression = flexible == null ? null : stringOf(objectOf(flexible, '`claimsMatchingExpression`'), 'value');
  if (claim === null && expression === null)
    throw new MalformedAnswer('a credential has neither subject nor expression');
  return {
    kind: 'federated-credential',
    key: `federated-credential/${identity.id.toLowerCase()}/${id.toLowerCase()}`,
    identity: identity.id,
    subject: id,
    name: optionalStringOf(wire, 'name') ?? id,
    issuer: stringOf(wire, 'issuer'),
    claim,
    expression,
    audiences: stringsOf(wire, 'audiences'),
    on,
  };
};

const ofApplication =
  (identity: FoundIdentity) =>
  (row: unknown): FederatedCredentialFact => {
    const wire = objectOf(row, 'a federated credential');
    return factOf(identity, 'application', optionalStringOf(wire, 'id') ?? stringOf(wire, 'name'), wire);
  };

const ofManagedIdentity =
  (identity: FoundIdentity) =>
  (row: unknown): FederatedCredentialFact => {
    const wire = objectOf(row, 'a federated credential');
    const properties = objectOf(wire['properties'], '`properties`');
    const name = stringOf(wire, 'name');
    return factOf(identity, 'managed-identity', name, { ...properties, name });
  };

/** One application, asked for its credentials alone. */
const readAlone = async (identity: FoundIdentity, { graph }: TenantPorts): Promise<Found> => {
  const path = `/applications(appId='${identity.appId}')/federatedIdentityCredentials`;
  return readRows(await graph.beta.list(path), `GET /beta${path}`, ofApplication(identity));
};

const together = async (identities: readonly FoundIdentity[], { graph }: TenantPorts) => {
  const ids = identities.map(({ appId }) => `'${appId}'`).join(',');
  const path = `/applications?$filter=appId in (${ids})&$select=id,appId&$expand=federatedIdentityCredentials`;
  const rows = await graph.beta.list(path);
  return readRows(rows, `GET /beta${path}`, (row) => {
    const wire = objectOf(row, 'an application');
    const isTold = wire['federatedIdentityCredentials'] !== undefined;
    const held = isTold ? requiredListOf(wire, 'federatedIdentityCredentials') : null;
    return { appId: stringOf(wire, 'appId').toLowerCase(), held };
  });
};

/** Many applications by one request; one that this doesn't tell wholly is asked by itself. */
const readApplications = async (identities: readonly FoundIdentity[], { ports }: ReadInput): Promise<Reading> => {
  const rows = await together(identities, ports);
  const readOne = async (identity: FoundIdentity): Promise<Reading> => {
    const row = rows.ok ? rows.value.find(({ appId }) => appId === identity.appId) : undefined;
    const held = row?.held ?? null;
    const isWhole = held !== null && held.length < expandAtMost;
    const found = isWhole
      ? readAs(ok(held), 'GET /beta/applications', (all) => all.map(ofApplication(identity)))
      : await readAlone(identity, ports);
    return found.ok
      ? { facts: found.value, gaps: [] }
      : { facts: [], gaps: [gapOf('federated-credential', identity, needs, found.error)] };
  };
  // What forbids or stops the one does so to the other; a version that can't bring them along (400) may list them.
  if (!rows.ok && rows.error.status !== 400)
    return {
      facts: [],
      gaps: identities.map((identity) => gapOf('federated-credential', identity, needs, rows.error)),
    };
  return mergeReadings(await Promise.all(identities.map(readOne)));
};

const listManaged = async (identity: FoundIdentity, { arm }: TenantPorts): Promise<Found> => {
  const path = `${identity.id}/federatedIdentityCredentials`;
  const [newer, older] = armVersions;
  const first = readRows(await arm.list(path, newer), `GET ${path}`, ofManagedIdentity(identity));
  // Azure answers 400 to a version that a region or cloud doesn't have.
  const isUnknown = !first.ok && first.error.reason === 'malformed' && first.error.status === 400;
  return isUnknown ? readRows(await arm.list(path, older), `GET ${path}`, ofManagedIdentity(identity)) : first;
};

const readManaged = async (identity: FoundIdentity, { ports }: ReadInput): Promise<Reading> => {
  const found = await listManaged(identity, ports);
  // A vault may still name an identity that is deleted: what isn't there trusts nobody.
  if (!found.ok && found.error.reason === 'not-found') return { facts: [], gaps: [] };
  return found.ok
    ? { facts: found.value, gaps: [] }
    : { facts: [], gaps: [gapOf('federated-credential', identity, managedNeeds, found.error)] };
};

const needOf = (identity: PolicyIdentity) => {
  if (identity.type === 'app') return [graphNeed(needs, 'exactly')];
  return identity.type !== 'user' && isUserAssigned(identity.id)
    ? [{ api: 'azure' as const, scope: identity.id as string }]
    : [];
};

/** Trust in tokens of others, as of a GitHub workflow: as good as a secret of the identity. Judged, never planned. */
export const federatedCredential = defineKind<'federated-credential'>({
  id: 'federated-credential',
  title: 'Federated identity credential',
  needs,
  asks: ({ identities }) => identities.flatMap(needOf),
  ...onlyJudged,
  read: async (input) => {
    // An app that is registered elsewhere has its credentials there, where nobody here can see them.
    const here = input.identities.filter(({ application }) => application !== null);
    const managed = input.identities.filter(({ id, state }) => state === 'found' && isUserAssigned(id));
    return mergeReadings(
      await Promise.all([
        ...chunk(here, idsPerFilter).map((some) => readApplications(some, input)),
        ...managed.map((identity) => readManaged(identity, input)),
      ]),
    );
  },
});
