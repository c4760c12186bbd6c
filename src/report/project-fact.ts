import type { Fact, FactOf, KindId } from '../core/fact.ts';

type Fields = { readonly [K in KindId]: readonly (keyof FactOf<K>)[] };

const head = ['kind', 'key', 'identity', 'subject'] as const;

/** The only fields of facts that leave in a report, in this order: what else a tenant holds stays there. */
const fields: Fields = {
  'service-principal': [
    ...([...head, 'objectId', 'appId', 'displayName', 'enabled', 'type'] as const),
    ...(['audience', 'ownerTenant', 'hasApplication', 'owners'] as const),
  ],
  'app-role-assignment': [...head, 'api', 'apiName', 'role', 'assignmentId', 'created', 'purpose'],
  'delegated-grant': [...head, 'api', 'apiName', 'consents', 'purpose'],
  'azure-role-assignment': [
    ...([...head, 'role', 'roleType', 'scope', 'condition', 'assignmentId', 'principal'] as const),
    ...(['orphaned', 'created', 'purpose'] as const),
  ],
  'directory-role-assignment': [...head, 'role', 'scope', 'assignmentId'],
  credential: [...head, 'type', 'on', 'displayName', 'start', 'end'],
  'vault-identity': [...head, 'vault', 'type', 'managedIdentity', 'principal'],
  'tenant-setting': [...head, 'value', 'byDefault'],
  'acs-app-principal': [...head, 'title', 'appOnly', 'tenantPermissions', 'sitePermissions'],
};

/** A fact as reports hold it, by an allow-list of fields. */
export const projectFact = (fact: Fact): Readonly<Record<string, unknown>> => {
  const all: ReadonlyMap<string, unknown> = new Map(Object.entries(fact));
  return Object.fromEntries(
    fields[fact.kind].filter((field) => all.has(field)).map((field) => [field, all.get(field)]),
  );
};
