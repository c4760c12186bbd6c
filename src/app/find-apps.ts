import { type FoundIdentity, gapOf } from '../core/kind.ts';
import type { PolicyIdentity } from '../core/policy.ts';
import type { GraphPort } from '../core/ports.ts';
import type { Gap } from '../core/snapshot.ts';
import { type FoundIdentities, unreadIdentity } from './found-identities.ts';
import {
  applicationFields,
  type DirectoryObject,
  listDirectoryObjects,
  principalFields,
} from './list-directory-objects.ts';

const needs = 'Application.Read.All';

type AppIdentity = Extract<PolicyIdentity, { type: 'app' }>;

/** Finds identities that are named by app id, with their service principals and applications. */
export const findApps = async (
  apps: readonly AppIdentity[],
  graph: GraphPort,
  tenant: string,
): Promise<FoundIdentities> => {
  if (apps.length === 0) return { identities: [], gaps: [] };
  const appIds = apps.map((app) => app.appId);
  // Pinned object ids, and app ids that may be object ids by mistake: who are they?
  const suspects = [
    ...new Set(apps.flatMap((app) => [app.appId as string, ...(app.objectId === null ? [] : [app.objectId])])),
  ];
  const [byAppId, applications, byObjectId] = await Promise.all([
    listDirectoryObjects(graph, 'servicePrincipals', 'appId', appIds, principalFields),
    listDirectoryObjects(graph, 'applications', 'appId', appIds, applicationFields),
    listDirectoryObjects(graph, 'servicePrincipals', 'id', suspects, 'id,appId,displayName', 'alone'),
  ]);
  if (!byAppId.ok || !applications.ok || !byObjectId.ok) {
    const failures = [byAppId, applications, byObjectId].flatMap((answer) => (answer.ok ? [] : [answer.error]));
    const identities = apps.map(unreadIdentity);
    const gaps = identities.flatMap((identity) =>
      failures.slice(0, 1).map((failure) => gapOf('service-principal', identity, needs, failure)),
    );
    return { identities, gaps };
  }
  const found = apps.map((app) => {
    const principal = byAppId.value.find(({ appId }) => appId === app.appId);
    const application = applications.value.find(({ appId }) => appId === app.appId);
    const pinned = byObjectId.value.find(({ objectId }) => objectId === app.objectId);
    const swapped = byObjectId.value.find(({ objectId }) => (objectId as string) === app.appId);
    const objectId = principal?.objectId ?? null;
    const isRegistration = app.objectId !== null && application?.objectId === app.objectId;
    const identity: FoundIdentity = {
      ...unreadIdentity(app),
      state: principal === undefined ? 'absent' : 'found',
      objectId,
      displayName: principal?.displayName ?? null,
      goneObjectId: app.objectId !== objectId && pinned === undefined && !isRegistration ? app.objectId : null,
      mistake: mistakeOf(app, { principal, application, pinned, swapped }),
      servicePrincipal: principal?.wire ?? null,
      application: application?.wire ?? null,
    };
    return { identity, gaps: homelessApplication(identity, principal, tenant) };
  });
  return { identities: found.map(({ identity }) => identity), gaps: found.flatMap(({ gaps }) => gaps) };
};

interface Candidates {
  readonly principal: DirectoryObject | undefined;
  readonly application: DirectoryObject | undefined;
  /** Whoever has the object id that the policy pins. */
  readonly pinned: DirectoryObject | undefined;
  /** Whoever has the policy's app id as object id. */
  readonly swapped: DirectoryObject | undefined;
}

const mistakeOf = (app: AppIdentity, { principal, application, pinned, swapped }: Candidates): string | null => {
  if (swapped !== undefined)
    return `\`${app.appId}\` is an object id; the app id of that service principal is \`${swapped.appId}\``;
  if (pinned !== undefined && app.objectId !== principal?.objectId)
    return `object id \`${app.objectId}\` belongs to another app, \`${pinned.appId}\``;
  // That there is none is said by the check, which knows whether the policy still wants it.
  return principal !== undefined && app.objectId !== null && application?.objectId === app.objectId
    ? `object id \`${app.objectId}\` is that of the app registration; its service principal is \`${principal.objectId}\``
    : null;
};

/** An app that this tenant owns has an application object: where none came back, its secrets are unknown, not absent. */
const homelessApplication = (
  identity: FoundIdentity,
  principal: DirectoryObject | undefined,
  tenant: string,
): Gap[] => {
  if (principal === undefined || identity.application !== null || principal.type === 'ManagedIdentity') return [];
  const isElsewhere = principal.ownerTenant !== null && principal.ownerTenant !== tenant.toLowerCase();
  if (isElsewhere) return [];
  const request = `GET /applications(appId='${identity.appId}')`;
  const detail = 'no application object was returned';
  return [gapOf('credential', identity, needs, { reason: 'not-found', status: 200, request, detail })];
};
