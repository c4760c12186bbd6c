import type { Fact, FactOf, KindId } from '../core/fact.ts';

type Fields = { readonly [K in KindId]: readonly (keyof FactOf<K>)[] };

const head = ['kind', 'key', 'identity', 'subject'] as const;

/** The only fields of facts that leave in a report, in this order: what else a tenant holds stays there. */
const fields: Fields = {
  'service-principal': [
    ...([...head, 'objectId', 'appId', 'displayName', 'enabled', 'type'] as const),
    ...(['audience', 'ownerTenant', 'hasApplication', 'owners'] as const),
    ...(['propertyLock', 'assignmentRequired', 'verifiedPublisher'] as const),
  ],
  'app-role-assignment': [...head, 'api', 'apiName', 'role', 'assignmentId', 'created', 'purpose'],
  'delegated-grant': [...head, 'api', 'apiName', 'consents', 'purpose'],
  'azure-role-assignment': [
    ...([...head, 'role', 'roleType', 'scope', 'condition', 'assignmentId', 'principal'] as const),
    ...(['orphaned', 'created', 'purpose', 'through'] as const),
  ],
  'directory-role-assignment': [...head, 'role', 'scope', 'assignmentId', 'eligible', 'through'],
  credential: [...head, 'type', 'on', 'displayName', 'start', 'end'],
  'vault-identity': [...head, 'vault', 'type', 'managedIdentity', 'principal'],
  'tenant-setting': [...head, 'value', 'byDefault'],
  'acs-app-principal': [...head, 'title', 'appOnly', 'tenantPermissions', 'sitePermissions'],
  'group-membership': [...head, 'group', 'displayName', 'roleAssignable'],
  'azure-role-eligibility': [...head, 'role', 'roleType', 'scope', 'condition', 'scheduleId', 'end', 'through'],
  'exchange-role-assignment': [...head, 'role', 'scope', 'parent', 'roleGroup', 'commands', 'assignmentId'],
  'site-grant': [...head, 'site', 'siteId', 'role', 'permissionId'],
  'key-vault-access': [...head, 'vault', 'permissions', 'inEffect'],
  'federated-credential': [...head, 'name', 'issuer', 'claim', 'expression', 'audiences', 'on'],
  'application-access-policy': [...head, 'appId', 'right', 'scope'],
  'app-presence': [
    ...([...head, 'what', 'appId', 'userPrincipalName', 'displayName', 'state'] as const),
    ...(['enabled', 'roles', 'licences', 'hasMailbox'] as const),
  ],
  'sign-in-activity': [...head, 'last', 'credentials'],
  'directory-audit': [...head, 'activity', 'at', 'actor'],
  'vault-protection': [...head, 'resource', 'setting', 'value', 'details'],
  'storage-protection': [...head, 'resource', 'setting', 'value', 'details'],
  'app-management-policy': [...head, 'restriction', 'on', 'state', 'maxLifetime', 'from', 'policy'],
  'conditional-access': [...head, 'displayName', 'state', 'bears', 'about', 'blocks', 'person'],
  administrator: [...head, 'objectId', 'userPrincipalName', 'roles', 'hasMailbox', 'by'],
  'exchange-account': [...head, 'userPrincipalName', 'powerShell', 'auditBypass', 'publicFolders'],
};

/** A fact as reports hold it, by an allow-list of fields. */
export const projectFact = (fact: Fact): Readonly<Record<string, unknown>> => {
  const all: ReadonlyMap<string, unknown> = new Map(Object.entries(fact));
  return Object.fromEntries(
    fields[fact.kind].filter((field) => all.has(field)).map((field) => [field, all.get(field)]),
  );
};
