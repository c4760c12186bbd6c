import { canonicalScope, subscriptionOf } from '../core/scope.ts';
import type { ArmCall } from './arm-call.ts';
import { seesSubscription } from './arm-resources.ts';
import { ancestorsOf, scopeChain } from './arm-scopes.ts';
import { type Json, objectOf, textOf, textsOf } from './json.ts';
import type { KqlRow } from './kql-evaluate.ts';
import type { KqlTables } from './kql-run.ts';

/** What a query looks at: `null` for all that the caller can see. */
export interface GraphScope {
  readonly subscriptions: readonly string[] | null;
  readonly groups: readonly string[] | null;
  readonly above: boolean;
  readonly below: boolean;
}

const COLUMNS = [
  'id',
  'name',
  'type',
  'tenantId',
  'kind',
  'location',
  'resourceGroup',
  'subscriptionId',
  'managedBy',
  'sku',
  'plan',
  'properties',
  'tags',
  'identity',
  'zones',
  'extendedLocation',
  'apiVersion',
];
const READ_ASSIGNMENTS = 'Microsoft.Authorization/roleAssignments/read';

const groupScope = (name: string): string => canonicalScope(`/providers/Microsoft.Management/managementGroups/${name}`);

const rowOf = (
  call: ArmCall,
  id: string,
  name: string,
  type: string,
  properties: unknown,
  more: Json = {},
): KqlRow => ({
  id,
  name,
  type: type.toLowerCase(),
  tenantId: call.store.tenantId,
  kind: '',
  location: '',
  resourceGroup: /\/resourcegroups\/([^/]+)/i.exec(id)?.[1]?.toLowerCase() ?? '',
  subscriptionId: subscriptionOf(id) ?? '',
  managedBy: '',
  properties,
  ...more,
});

/** Ids of the subscriptions that a query covers and the caller can see. */
const subscriptionsOf = (call: ArmCall, scope: GraphScope): readonly string[] => {
  const wanted = scope.subscriptions?.map((id) => id.toLowerCase());
  const groups = scope.groups?.map((name) => name.toLowerCase());
  return [...call.store.subscriptions.keys()].filter(
    (id) =>
      (wanted === undefined || wanted.includes(id)) &&
      (groups === undefined || ancestorsOf(call.store, id).some(({ name }) => groups.includes(name.toLowerCase()))) &&
      seesSubscription(call, id),
  );
};

/** A test that asks for each scope once, and for nothing below a subscription that is wholly readable. */
const makeReader = (call: ArmCall, action: string): ((scope: string) => boolean) => {
  const known = new Map<string, boolean>();
  const ask = (scope: string): boolean => {
    const found = known.get(scope) ?? call.access(call.caller.objectId, action, scope);
    known.set(scope, found);
    return found;
  };
  return (scope) => {
    const subscription = subscriptionOf(scope);
    return (subscription !== null && ask(`/subscriptions/${subscription}`)) || ask(scope);
  };
};

const assignments = (call: ArmCall, scope: GraphScope): readonly KqlRow[] => {
  const ids = subscriptionsOf(call, scope);
  const roots = [...ids.map((id) => `/subscriptions/${id}`), ...(scope.groups ?? []).map(groupScope)];
  const above = new Set(scope.above ? roots.flatMap((root) => scopeChain(call.store, root).slice(1)) : []);
  const everywhere = scope.subscriptions === null && scope.groups === null;
  const mayRead = makeReader(call, READ_ASSIGNMENTS);
  const readsBelow = roots.some(mayRead);
  const exactly = new Set(roots);
  const inside = new Set(ids);
  const shows = (at: string): boolean => {
    if (exactly.has(at)) return mayRead(at);
    if (above.has(at)) return readsBelow || mayRead(at);
    const subscription = subscriptionOf(at);
    if (subscription !== null) return scope.below && inside.has(subscription) && mayRead(at);
    return everywhere && scope.above && mayRead(at);
  };
  const known = new Map<string, boolean>();
  const isShown = (at: string): boolean => {
    const shown = known.get(at) ?? shows(at);
    known.set(at, shown);
    return shown;
  };
  return call.store.roleAssignments.all().flatMap((row) => {
    if (!isShown(textOf(row, 'scope'))) return [];
    const body = objectOf(row, 'body');
    const properties = objectOf(body, 'properties');
    const guid = textOf(properties, 'roleDefinitionId').split('/').at(-1) ?? '';
    const roleDefinitionId = `/providers/Microsoft.Authorization/RoleDefinitions/${guid}`;
    return [
      rowOf(call, textOf(body, 'id'), textOf(body, 'name'), textOf(body, 'type'), { ...properties, roleDefinitionId }),
    ];
  });
};

const definitions = (call: ArmCall, scope: GraphScope): readonly KqlRow[] => {
  const ids = new Set(subscriptionsOf(call, scope));
  return [...call.store.roleDefinitions].flatMap(([guid, role]) => {
    const scopes = textsOf(role, 'assignableScopes');
    const builtIn = textOf(role, 'type') === 'BuiltInRole';
    const near = scopes.some((each) => {
      const subscription = subscriptionOf(each);
      return subscription === null || ids.has(subscription);
    });
    if (!builtIn && !near) return [];
    const prefix = builtIn || scopes[0] === undefined || scopes[0] === '/' ? '' : scopes[0].replace(/\/$/, '');
    const id = `${prefix}/providers/Microsoft.Authorization/RoleDefinitions/${guid}`;
    return [rowOf(call, id, guid, 'Microsoft.Authorization/roleDefinitions', { ...role, isServiceRole: false })];
  });
};

const isGroup = (type: string): boolean => type.endsWith('/resourcegroups');

const resources = (call: ArmCall, scope: GraphScope, containers: boolean): readonly KqlRow[] => {
  const ids = new Set(subscriptionsOf(call, scope));
  const readers = new Map<string, (scope: string) => boolean>();
  return [...call.store.resources].flatMap(([key, resource]) => {
    const type = textOf(resource, 'type').toLowerCase();
    if (isGroup(type) !== containers || !ids.has(subscriptionOf(key) ?? '')) return [];
    const reader = readers.get(type) ?? makeReader(call, `${textOf(resource, 'type')}/read`);
    readers.set(type, reader);
    if (!reader(key)) return [];
    const shownType = containers ? 'microsoft.resources/subscriptions/resourcegroups' : type;
    const { id: _, name, properties, ...more } = resource;
    return [
      rowOf(call, textOf(resource, 'id'), String(name ?? key.split('/').at(-1)), shownType, properties ?? {}, {
        ...more,
        type: shownType,
      }),
    ];
  });
};

const subscriptions = (call: ArmCall, scope: GraphScope): readonly KqlRow[] =>
  subscriptionsOf(call, scope).map((id) => {
    const row = call.store.subscriptions.get(id) ?? {};
    const chain = ancestorsOf(call.store, id).map(({ name, displayName }) => ({ name, displayName }));
    const subscriptionId = textOf(row, 'subscriptionId');
    return rowOf(
      call,
      `/subscriptions/${subscriptionId}`,
      textOf(row, 'displayName') || subscriptionId,
      'microsoft.resources/subscriptions',
      {
        managedByTenants: [],
        managementGroupAncestorsChain: chain,
        state: textOf(row, 'state') || 'Enabled',
        subscriptionPolicies: {
          locationPlacementId: 'Public_2014-09-01',
          quotaId: 'EnterpriseAgreement_2014-09-01',
          spendingLimit: 'Off',
        },
      },
    );
  });

const groups = (call: ArmCall): readonly KqlRow[] =>
  [...call.store.managementGroups.values()]
    .filter(({ name }) =>
      call.access(call.caller.objectId, 'Microsoft.Management/managementGroups/read', groupScope(name)),
    )
    .map((group) =>
      rowOf(
        call,
        `/providers/Microsoft.Management/managementGroups/${group.name}`,
        group.name,
        'microsoft.management/managementgroups',
        { displayName: group.displayName, tenantId: call.store.tenantId },
      ),
    );

/** The tables of Resource Graph as a caller sees them: what it can't read isn't there. */
export const makeTables = (call: ArmCall, scope: GraphScope): KqlTables => {
  const make: Readonly<Record<string, () => readonly KqlRow[]>> = {
    authorizationresources: () => [...assignments(call, scope), ...definitions(call, scope)],
    resources: () => resources(call, scope, false),
    resourcecontainers: () => [...subscriptions(call, scope), ...resources(call, scope, true), ...groups(call)],
  };
  const made = new Map<string, readonly KqlRow[]>();
  return (name) => {
    const rows = made.get(name) ?? make[name]?.();
    if (rows === undefined) return null;
    made.set(name, rows);
    return { columns: COLUMNS, rows };
  };
};
