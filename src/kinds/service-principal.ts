import type { CredentialHolder, Owner, PropertyLock, ServicePrincipalFact } from '../core/fact.ts';
import { type AppId, appId, objectId, tenantId } from '../core/ids.ts';
import {
  defineKind,
  type FoundIdentity,
  gapOf,
  graphNeed,
  mergeReadings,
  type ReadInput,
  type Reading,
} from '../core/kind.ts';
import { readAs, readRows } from '../core/read-rows.ts';
import { ok } from '../core/result.ts';
import {
  booleanOf,
  listOf,
  objectOf,
  optionalBooleanOf,
  optionalStringOf,
  stringOf,
  type WireObject,
} from '../core/wire.ts';

const needs = 'Application.Read.All';

const keyOf = (identity: string): string => `service-principal/${identity.toLowerCase()}`;

const parseOwner =
  (on: CredentialHolder) =>
  (row: unknown): Owner => {
    const wire = objectOf(row, 'an owner');
    const type = optionalStringOf(wire, '@odata.type') ?? 'unknown';
    return { id: objectId(stringOf(wire, 'id')), type: type.replace('#microsoft.graph.', ''), on };
  };

/** `$expand` brings no more than these, and says nothing of those that it leaves out (source: docs-contrib issue 2851). */
const expandAtMost = 20;

/** Owners that came along with the object, where these are surely all; else as their own collection tells. */
const readOwners = async (holder: unknown, path: string, on: CredentialHolder, { ports }: ReadInput) => {
  const cameAlong = typeof holder === 'object' && holder !== null && 'owners' in holder ? holder.owners : null;
  const request = `GET ${path}`;
  return Array.isArray(cameAlong) && cameAlong.length < expandAtMost
    ? readRows(ok(cameAlong), request, parseOwner(on))
    : readRows(await ports.graph.list(path), request, parseOwner(on));
};

const locked = ['allProperties', 'credentialsWithUsageVerify', 'credentialsWithUsageSign', 'tokenEncryptionKeyId'];

/** Verifying credentials are those that an app signs in with: the lock that matters is on them, or on everything. */
const lockOf = (app: WireObject): PropertyLock | null => {
  if (app['servicePrincipalLockConfiguration'] == null) return null;
  const lock = objectOf(app['servicePrincipalLockConfiguration'], '`servicePrincipalLockConfiguration`');
  const isOn = (field: string) => booleanOf(lock, field, false);
  if (!isOn('isEnabled') || !locked.some(isOn)) return 'none';
  return isOn('allProperties') ? 'all' : 'some';
};

const publisherOf = (wire: WireObject): Pick<ServicePrincipalFact, 'verifiedPublisher'> => {
  if (wire['verifiedPublisher'] === undefined) return {};
  const publisher = objectOf(wire['verifiedPublisher'] ?? {}, '`verifiedPublisher`');
  return { verifiedPublisher: optionalStringOf(publisher, 'displayName') };
};

const assignmentOf = (wire: WireObject): Pick<ServicePrincipalFact, 'assignmentRequired'> => {
  const assignmentRequired = optionalBooleanOf(wire, 'appRoleAssignmentRequired');
  return assignmentRequired === null ? {} : { assignmentRequired };
};

const requestsOf = (app: WireObject | null): readonly AppId[] =>
  app === null
    ? []
    : listOf(app, 'requiredResourceAccess').map((row) =>
        appId(stringOf(objectOf(row, 'an entry of `requiredResourceAccess`'), 'resourceAppId')),
      );

const parseServicePrincipal = (
  identity: FoundIdentity,
  wire: WireObject,
  app: WireObject | null,
  owners: readonly Owner[],
  ownersRead: boolean,
): ServicePrincipalFact => {
  const home = optionalStringOf(wire, 'appOwnerOrganizationId');
  const app_id = optionalStringOf(wire, 'appId');
  const id = objectId(stringOf(wire, 'id'));
  return {
    kind: 'service-principal',
    key: keyOf(identity.id),
    identity: identity.id,
    subject: id,
    objectId: id,
    appId: app_id === null ? null : appId(app_id),
    displayName: optionalStringOf(wire, 'displayName') ?? '',
    enabled: booleanOf(wire, 'accountEnabled', true),
    type: optionalStringOf(wire, 'servicePrincipalType') ?? 'Application',
    audience: (app && optionalStringOf(app, 'signInAudience')) ?? optionalStringOf(wire, 'signInAudience'),
    ownerTenant: home === null ? null : tenantId(home),
    hasApplication: app !== null,
    owners,
    ...(ownersRead ? {} : { ownersUnread: true }),
    requests: requestsOf(app),
    ...(app === null ? {} : { propertyLock: lockOf(app) }),
    ...assignmentOf(wire),
    ...publisherOf(wire),
  };
};

const readOne = async (identity: FoundIdentity, input: ReadInput): Promise<Reading> => {
  const { servicePrincipal, application } = identity;
  if (servicePrincipal === null) return { facts: [], gaps: [] };
  const [onApplication, onServicePrincipal] = await Promise.all([
    application === null
      ? ok([])
      : readOwners(application, `/applications(appId='${identity.appId}')/owners?$select=id`, 'application', input),
    readOwners(
      servicePrincipal,
      `/servicePrincipals/${identity.objectId}/owners?$select=id`,
      'service-principal',
      input,
    ),
  ]);
  const failed = [onApplication, onServicePrincipal].flatMap((owners) => (owners.ok ? [] : [owners.error]));
  const owners = [onApplication, onServicePrincipal].flatMap((found) => (found.ok ? found.value : []));
  const fact = readAs(ok(servicePrincipal), 'GET /servicePrincipals', (found) =>
    parseServicePrincipal(
      identity,
      objectOf(found, 'the service principal'),
      application === null ? null : objectOf(application, 'the application'),
      owners,
      failed.length === 0,
    ),
  );
  const failures = fact.ok ? failed : [...failed, fact.error];
  return {
    facts: fact.ok ? [fact.value] : [],
    gaps: failures.map((failure) => gapOf('service-principal', identity, needs, failure)),
  };
};

/** The identity itself: who it is, whether it is enabled, who can sign in to it, who owns it. */
export const servicePrincipal = defineKind<'service-principal'>({
  id: 'service-principal',
  title: 'Service principal',
  needs,
  asks: ({ identities }) => (identities.some(({ type }) => type !== 'user') ? [graphNeed(needs)] : []),
  planned: false,
  governs: () => false,
  // A retired policy asks for nothing, its identity included.
  desired: (policy) => ({ facts: policy.state === 'retired' ? [] : policy.identities.flatMap(pinned), problems: [] }),
  read: async (input) => mergeReadings(await Promise.all(input.identities.map((identity) => readOne(identity, input)))),
  same: (desired, actual) => desired.objectId === actual.objectId,
});

/** What a policy says of the identity: the object id that it pins, and nothing else. */
const pinned = (identity: import('../core/policy.ts').PolicyIdentity) =>
  identity.type !== 'app' || identity.objectId === null
    ? []
    : [
        {
          place: identity.place,
          fact: {
            kind: 'service-principal',
            key: keyOf(identity.id),
            identity: identity.id,
            subject: identity.objectId,
            objectId: identity.objectId,
            appId: identity.appId,
            displayName: '',
            enabled: true,
            type: 'Application',
            audience: null,
            ownerTenant: null,
            hasApplication: true,
            owners: [],
            requests: [],
          } satisfies ServicePrincipalFact,
        },
      ];
