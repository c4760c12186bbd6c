import { canonicalScope } from '../core/scope.ts';
import { json, type Reply } from './api-request.ts';
import { type ArmCall, answerRows, need } from './arm-call.ts';
import { ArmFailure, resourceNotFound, subscriptionNotFound } from './arm-failure.ts';
import { seenResource } from './arm-lag.ts';
import { groupIdsOf } from './directory.ts';
import { type Json, sameText, textOf } from './json.ts';

/** Resource types that Azure knows even where the tenant has none of them. */
const KNOWN_TYPES = [
  'Microsoft.Authorization/locks',
  'Microsoft.Compute/disks',
  'Microsoft.Compute/snapshots',
  'Microsoft.Compute/virtualMachines',
  'Microsoft.DataProtection/backupVaults',
  'Microsoft.DataProtection/resourceGuards',
  'Microsoft.KeyVault/vaults',
  'Microsoft.ManagedIdentity/userAssignedIdentities',
  'Microsoft.Network/virtualNetworks',
  'Microsoft.RecoveryServices/vaults',
  'Microsoft.Sql/servers',
  'Microsoft.Storage/storageAccounts',
  'Microsoft.ContainerService/managedClusters',
  'Microsoft.DBforPostgreSQL/flexibleServers',
  'Microsoft.Resources/deployments',
].map((type) => type.toLowerCase());

/** What a path below `/providers/` names. */
interface ResourcePath {
  /** Where the type's namespace begins: a subscription, a resource group, a resource. */
  readonly parent: string;
  readonly type: string;
  /** `null` where the path names a collection. */
  readonly name: string | null;
}

const parseResourcePath = (path: string): ResourcePath | null => {
  const at = path.toLowerCase().lastIndexOf('/providers/');
  if (at === -1) return null;
  const [namespace = '', ...rest] = path
    .slice(at + '/providers/'.length)
    .split('/')
    .filter((part) => part !== '');
  if (rest.length === 0) return null;
  const types = rest.filter((_, index) => index % 2 === 0);
  const isCollection = rest.length % 2 === 1;
  const parent = isCollection && rest.length > 1 ? path.slice(0, path.lastIndexOf('/')) : path.slice(0, at);
  return { parent, type: `${namespace}/${types.join('/')}`, name: isCollection ? null : (rest.at(-1) ?? '') };
};

const groupOf = (path: string): string => /\/resourcegroups\/([^/]+)/i.exec(path)?.[1] ?? '';

const subscriptionBody = (call: ArmCall, row: Json): Json => {
  const subscriptionId = textOf(row, 'subscriptionId');
  return {
    id: `/subscriptions/${subscriptionId}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId,
    tenantId: call.store.tenantId,
    displayName: textOf(row, 'displayName') || subscriptionId,
    state: textOf(row, 'state') || 'Enabled',
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'EnterpriseAgreement_2014-09-01',
      spendingLimit: 'Off',
    },
  };
};

/** Has the caller any reading role at, above or below the subscription? Only such subscriptions are listed. */
export const seesSubscription = (call: ArmCall, id: string): boolean => {
  const scope = `/subscriptions/${id}`.toLowerCase();
  if (call.access(call.caller.objectId, 'Microsoft.Resources/subscriptions/read', scope)) return true;
  const principals = [call.caller.objectId, ...groupIdsOf(call.directory, call.caller.objectId)];
  return principals.some((principal) =>
    call.store.roleAssignments
      .find('principalId', principal)
      .some((row) => textOf(row, 'scope').startsWith(`${scope}/`)),
  );
};

const listSubscriptions = (call: ArmCall): Reply => {
  const rows = [...call.store.subscriptions.values()].filter((row) =>
    seesSubscription(call, textOf(row, 'subscriptionId')),
  );
  return answerRows(
    call,
    rows.map((row) => subscriptionBody(call, row)),
  );
};

const isType = (row: Json, type: string): boolean => sameText(textOf(row, 'type'), type);
const GROUP_TYPES = ['Microsoft.Resources/resourceGroups', 'Microsoft.Resources/subscriptions/resourceGroups'];

const resourcesWithin = (call: ArmCall, scope: string, matches: (row: Json) => boolean): Json[] => {
  const prefix = `${canonicalScope(scope)}/`;
  return [...call.store.resources].filter(([id, row]) => id.startsWith(prefix) && matches(row)).map(([, row]) => row);
};

const checkContainers = (call: ArmCall, path: string): void => {
  const subscription = /^\/subscriptions\/([^/]+)/i.exec(path)?.[1];
  if (subscription === undefined) return;
  if (!call.store.subscriptions.has(subscription.toLowerCase())) throw subscriptionNotFound(subscription);
  const group = groupOf(path);
  if (group === '') return;
  const id = canonicalScope(`/subscriptions/${subscription}/resourceGroups/${group}`);
  // A group that the state doesn't list still exists where something lies in it.
  const lives =
    call.store.resources.has(id) || [...call.store.resources.keys()].some((key) => key.startsWith(`${id}/`));
  if (!lives) throw new ArmFailure(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
};

const listResources = (call: ArmCall, { parent, type }: ResourcePath): Reply => {
  need(call, `${type}/read`, parent === '' ? '/' : parent);
  checkContainers(call, parent);
  const isChild = type.split('/').length > 2;
  const known =
    isChild ||
    KNOWN_TYPES.includes(type.toLowerCase()) ||
    [...call.store.resources.values()].some((row) => isType(row, type));
  if (!known) {
    const [namespace = ''] = type.split('/');
    const version = call.request.query.get('api-version') ?? '';
    throw new ArmFailure(
      404,
      'InvalidResourceType',
      `The resource type could not be found in the namespace '${namespace}' for api version '${version}'.`,
    );
  }
  if (isChild && !call.store.resources.has(canonicalScope(parent))) {
    throw resourceNotFound(type.split('/').slice(0, -1).join('/'), parent.split('/').at(-1) ?? '', groupOf(parent));
  }
  return answerRows(
    call,
    resourcesWithin(call, parent, (row) => isType(row, type)),
  );
};

/** Every storage account has its blob service, whether the tenant file says anything of it or not. */
const blobServiceOf = (call: ArmCall, path: string, type: string): Json | undefined => {
  const account = /^(.+)\/blobservices\/default$/i.exec(path)?.[1] ?? '';
  const isThere =
    sameText(type, 'Microsoft.Storage/storageAccounts/blobServices') &&
    call.store.resources.has(canonicalScope(account));
  return isThere ? { id: path, name: 'default', type, properties: { cors: { corsRules: [] } } } : undefined;
};

const getResource = (call: ArmCall, path: string, { type, name }: ResourcePath): Reply => {
  need(call, `${type}/read`, path);
  checkContainers(call, path);
  const found = seenResource(call.store, path) ?? blobServiceOf(call, path, type);
  if (found === undefined) throw resourceNotFound(type, name ?? '', groupOf(path));
  return json(found);
};

const managementGroup = (call: ArmCall, name: string): Reply => {
  const scope = `/providers/Microsoft.Management/managementGroups/${name}`;
  need(call, 'Microsoft.Management/managementGroups/read', scope);
  const group = call.store.managementGroups.get(name.toLowerCase());
  if (group === undefined)
    throw new ArmFailure(404, 'NotFound', `'/providers/Microsoft.Management/managementGroups/${name}' not found`);
  const parent = group.parent === null ? null : call.store.managementGroups.get(group.parent);
  const above =
    parent == null
      ? {}
      : {
          parent: {
            id: `/providers/Microsoft.Management/managementGroups/${parent.name}`,
            name: parent.name,
            displayName: parent.displayName,
          },
        };
  return json({
    id: `/providers/Microsoft.Management/managementGroups/${group.name}`,
    type: 'Microsoft.Management/managementGroups',
    name: group.name,
    properties: { tenantId: call.store.tenantId, displayName: group.displayName, details: { version: 1, ...above } },
  });
};

const listGroups = (call: ArmCall, subscription: string): Reply => {
  const scope = `/subscriptions/${subscription}`;
  need(call, 'Microsoft.Resources/subscriptions/resourceGroups/read', scope);
  checkContainers(call, scope);
  return answerRows(
    call,
    resourcesWithin(call, scope, (row) => GROUP_TYPES.some((type) => isType(row, type))),
  );
};

/** Reads subscriptions, management groups, resource groups and resources; `null` where the path names none of them. */
export const readResource = (call: ArmCall, path: string): Reply | null => {
  const subscription = /^\/subscriptions\/([^/]+)$/i.exec(path)?.[1];
  if (sameText(path, '/subscriptions')) return listSubscriptions(call);
  if (subscription !== undefined) {
    const row = call.store.subscriptions.get(subscription.toLowerCase());
    need(call, 'Microsoft.Resources/subscriptions/read', path);
    if (row === undefined) throw subscriptionNotFound(subscription);
    return json(subscriptionBody(call, row));
  }
  const groups = /^\/subscriptions\/([^/]+)\/resourcegroups$/i.exec(path)?.[1];
  if (groups !== undefined) return listGroups(call, groups);
  if (/^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+$/i.test(path)) {
    need(call, 'Microsoft.Resources/subscriptions/resourceGroups/read', path);
    checkContainers(call, path);
    const made = {
      id: path,
      name: groupOf(path),
      type: GROUP_TYPES[0],
      location: 'westeurope',
      properties: { provisioningState: 'Succeeded' },
    };
    return json(call.store.resources.get(canonicalScope(path)) ?? made);
  }
  const group = /^\/providers\/microsoft\.management\/managementgroups\/([^/]+)$/i.exec(path)?.[1];
  if (group !== undefined) return managementGroup(call, group);
  const named = parseResourcePath(path);
  if (named === null) return null;
  return named.name === null ? listResources(call, named) : getResource(call, path, named);
};
