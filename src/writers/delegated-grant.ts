import { objectId } from '../core/ids.ts';
import { readRows } from '../core/read-rows.ts';
import { sameText } from '../core/same-text.ts';
import { objectOf, optionalStringOf, stringOf } from '../core/wire.ts';
import type { WriteRequest } from '../core/write.ts';
import type { DelegatedGrantTarget } from '../core/write-target.ts';
import { defineWriter } from '../core/writer.ts';

/** A grant object: all scopes of one consent on one API. */
interface Grant {
  /** `null`: it is to be made by the plan. */
  readonly id: string | null;
  readonly resource: string;
  readonly consent: string;
  readonly user: string | null;
  readonly scopes: readonly string[];
}

const parseGrant = (row: unknown): Grant => {
  const wire = objectOf(row, 'a delegated permission grant');
  const user = optionalStringOf(wire, 'principalId');
  return {
    id: stringOf(wire, 'id'),
    resource: objectId(stringOf(wire, 'resourceId')),
    consent: stringOf(wire, 'consentType'),
    user: user === null ? null : objectId(user),
    scopes: (optionalStringOf(wire, 'scope') ?? '').split(' ').filter((scope) => scope !== ''),
  };
};
const holds = ({ scopes }: Grant, scope: string): boolean => scopes.some((one) => sameText(one, scope));
const without = (scopes: readonly string[], scope: string): readonly string[] =>
  scopes.filter((one) => !sameText(one, scope));

const isSameConsent = (
  grant: Pick<Grant, 'resource' | 'consent' | 'user'>,
  { resource, consent, user }: DelegatedGrantTarget,
): boolean => grant.resource === resource && grant.consent === consent && grant.user === user;

/** A grant that the plan makes has no id yet: what is shown says so, and could not be sent. */
const grantPath = (id: string | null): string =>
  `/v1.0/oauth2PermissionGrants/${id === null ? '{id of the grant made before}' : encodeURIComponent(id)}`;

const patch = (id: string | null, scopes: readonly string[]): WriteRequest => ({
  api: 'graph',
  method: 'PATCH',
  path: grantPath(id),
  body: { scope: scopes.join(' ') },
});

/**
 * One scope at a time, into or out of the grant that holds a consent's scopes: a change of a grant replaces its whole list,
 * so the list is read just before. An emptied grant goes. Sources: oauth2PermissionGrant, Update, Delete, Microsoft Graph v1.0.
 */
export const delegatedGrant = defineWriter<'delegated-grant', readonly Grant[]>({
  kind: 'delegated-grant',
  targets: ({ before, after }, ids) => {
    const fact = after ?? before;
    const client = fact === null ? null : ids.principal(fact.identity);
    const resource = fact === null ? null : ids.api(fact.api);
    if (fact === null || client?.type !== 'ServicePrincipal' || resource === null) return [];
    const head = { kind: 'delegated-grant' as const, client: client.id, resource, scope: fact.subject };
    // What a policy asks for is consented for every user: an app that runs at night has none to ask.
    if (before === null) return [{ ...head, consent: 'AllPrincipals', user: null, grantId: null }];
    return before.consents.map(({ grantId, type, principal }) => ({
      ...head,
      consent: type,
      user: principal,
      grantId,
    }));
  },
  observe: async ({ client }, { graph }) => {
    const path = `/oauth2PermissionGrants?$filter=clientId eq '${client}'`;
    return readRows(await graph.list(path), `GET ${path}`, parseGrant);
  },
  foresee: (target, facts, earlier, ids) => {
    const { resource, consent, user } = target;
    const mine = facts
      .filter(({ api }) => ids.api(api) === resource)
      .flatMap(({ subject, consents }) =>
        consents
          .filter((one) => one.type === consent && one.principal === user)
          .map(({ grantId }) => ({ subject, grantId })),
      );
    const id = target.grantId ?? mine[0]?.grantId ?? null;
    let scopes: readonly string[] = mine.flatMap(({ subject, grantId }) => (grantId === id ? subject : []));
    for (const { target: one, action } of earlier) {
      if (one.client !== target.client || !isSameConsent(one, target)) continue;
      scopes = action === 'delete' ? without(scopes, one.scope) : [...without(scopes, one.scope), one.scope];
    }
    return scopes.length > 0 ? [{ id, resource, consent, user, scopes }] : [];
  },
  assess: (target, action, stands) => {
    const { client, resource, scope, consent, user, grantId } = target;
    const grant = stands.find((one) => isSameConsent(one, target));
    if (action !== 'delete') {
      if (grant === undefined) {
        const body = { clientId: client, consentType: consent, principalId: user, resourceId: resource, scope };
        return {
          state: 'ready',
          request: { api: 'graph', method: 'POST', path: '/v1.0/oauth2PermissionGrants', body },
        };
      }
      if (holds(grant, scope)) return { state: 'done' };
      return { state: 'ready', request: patch(grant.id, [...grant.scopes, scope]) };
    }
    if (grant === undefined || !holds(grant, scope)) return { state: 'done' };
    if (grant.id !== grantId || grant.id === null)
      return { state: 'surprise', why: `another grant holds the scope now, \`${grant.id}\`` };
    const left = without(grant.scopes, scope);
    if (left.length > 0) return { state: 'ready', request: patch(grant.id, left) };
    return { state: 'ready', request: { api: 'graph', method: 'DELETE', path: grantPath(grant.id), body: null } };
  },
});
