import type { DirectoryAuditFact } from '../core/fact.ts';
import { findRoleNames } from '../core/find-role-names.ts';
import { defineKind, type FoundIdentity, gapOf, onlyJudged, type ReadInput, type Reading } from '../core/kind.ts';
import { listByClauses } from '../core/list-by-clauses.ts';
import { readRows } from '../core/read-rows.ts';
import { ok } from '../core/result.ts';
import { MalformedAnswer, objectOf, optionalDateOf, optionalStringOf, requiredListOf, stringOf } from '../core/wire.ts';
import { findAuditActivity } from '../knowledge/audit-activities.ts';

/** Both are needed (source: List directoryAudits, Microsoft Graph v1.0). */
const needs = 'AuditLog.Read.All';
const allNeeds = 'AuditLog.Read.All and Directory.Read.All';
const path = '/auditLogs/directoryAudits';

type Actor = DirectoryAuditFact['actor'];

const actorOf = (initiator: unknown): Actor => {
  const by = objectOf(initiator ?? {}, '`initiatedBy`');
  const user = by['user'] == null ? null : objectOf(by['user'], '`user`');
  if (user !== null) {
    const name = optionalStringOf(user, 'userPrincipalName') ?? optionalStringOf(user, 'displayName');
    return { type: 'user', id: optionalStringOf(user, 'id')?.toLowerCase() ?? null, name };
  }
  const app = by['app'] == null ? {} : objectOf(by['app'], '`app`');
  const id = optionalStringOf(app, 'servicePrincipalId') ?? optionalStringOf(app, 'appId');
  return { type: 'app', id: id?.toLowerCase() ?? null, name: optionalStringOf(app, 'displayName') };
};

const parseEntry = (row: unknown) => {
  const wire = objectOf(row, 'an entry of the audit log');
  const at = optionalDateOf(wire, 'activityDateTime');
  if (at === null) throw new MalformedAnswer('`activityDateTime` is missing');
  return {
    id: stringOf(wire, 'id'),
    at,
    activity: findAuditActivity(stringOf(wire, 'activityDisplayName')),
    isDone: optionalStringOf(wire, 'result') !== 'failure',
    actor: actorOf(wire['initiatedBy']),
    targets: requiredListOf(wire, 'targetResources').flatMap(
      (target) => optionalStringOf(objectOf(target, 'a target'), 'id')?.toLowerCase() ?? [],
    ),
  };
};

/** Consents and roles name the service principal, credentials and owners of an application its own object id. */
const idsOf = ({ objectId, application }: FoundIdentity): readonly string[] => {
  const app = typeof application === 'object' && application !== null && 'id' in application ? application.id : null;
  return [...(objectId === null ? [] : [objectId as string]), ...(typeof app === 'string' ? [app.toLowerCase()] : [])];
};

const read = async ({ identities, ports: { graph } }: ReadInput): Promise<Reading> => {
  const apps = identities.filter(({ servicePrincipal }) => servicePrincipal !== null);
  const ids = [...new Set(apps.flatMap(idsOf))];
  if (ids.length === 0) return { facts: [], gaps: [] };
  const clauses = ids.map((id) => `targetResources/any(t:t/id eq '${id}')`);
  const entries = readRows(await listByClauses(graph, path, clauses), `GET ${path}`, parseEntry);
  if (!entries.ok)
    return { facts: [], gaps: apps.map((app) => gapOf('directory-audit', app, allNeeds, entries.error)) };
  const telling = entries.value.filter(({ activity, isDone }) => activity !== null && isDone);
  const people = telling.flatMap(({ actor }) => (actor.type === 'user' && actor.id !== null ? [actor.id] : []));
  const roles = people.length === 0 ? ok(new Map()) : await findRoleNames(graph, [...new Set(people)]);
  const withRoles = (actor: Actor): Actor =>
    roles.ok && actor.type === 'user' && actor.id !== null
      ? { ...actor, roles: roles.value.get(actor.id) ?? [] }
      : actor;
  const facts = apps.flatMap((app) => {
    const own = new Set(idsOf(app));
    return telling.flatMap(({ id, at, activity, actor, targets }): DirectoryAuditFact[] =>
      activity === null || !targets.some((target) => own.has(target))
        ? []
        : [
            {
              kind: 'directory-audit',
              key: `directory-audit/${app.id.toLowerCase()}/${id.toLowerCase()}`,
              identity: app.id,
              subject: activity,
              activity,
              at,
              actor: withRoles(actor),
            },
          ],
    );
  });
  const gaps = roles.ok ? [] : apps.map((app) => gapOf('directory-audit', app, allNeeds, roles.error));
  return { facts, gaps };
};

/** Who consented, granted, or added credentials and owners of late: what the directory's audit log still keeps. */
export const directoryAudit = defineKind<'directory-audit'>({
  id: 'directory-audit',
  title: 'Directory audit',
  needs: allNeeds,
  asks: () => [],
  optional: needs,
  ...onlyJudged,
  read,
});
