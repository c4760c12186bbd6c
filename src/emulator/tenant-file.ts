import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { CallError } from '../core/call-error.ts';
import { isJson, type Json } from './json.ts';
import { isGuid } from './make-id.ts';
import type { TenantState } from './tenant-state.ts';

/** A state file that can't be served; `problems` names each field that is wrong. */
export class TenantFileError extends CallError {
  readonly problems: readonly string[];
  constructor(file: string, problems: readonly string[]) {
    super(`the tenant file \`${file}\` can't be used: ${problems.join('; ')}`);
    this.name = 'TenantFileError';
    this.problems = problems;
  }
}

type Need = 'guid' | 'text';

/** Lists of the file and what each entry must have. Fields that aren't named here pass as they are. */
const LISTS: Readonly<Record<string, Readonly<Record<string, Need>>>> = {
  callers: { appId: 'guid' },
  apis: { appId: 'guid' },
  'graph.applications': { displayName: 'text' },
  'graph.servicePrincipals': { displayName: 'text' },
  'graph.appRoleAssignments': { principalId: 'guid' },
  'graph.oauth2PermissionGrants': { clientId: 'guid', consentType: 'text', scope: 'text' },
  'graph.roleDefinitions': { displayName: 'text' },
  'graph.roleAssignments': { principalId: 'guid' },
  'graph.roleEligibilities': { principalId: 'guid' },
  'graph.users': {},
  'graph.groups': { displayName: 'text' },
  'graph.deletedItems': { id: 'guid' },
  'graph.auditLogs': { activityDisplayName: 'text', activityDateTime: 'text' },
  'graph.signInActivities': { appId: 'guid' },
  'graph.sites': { id: 'text' },
  'graph.appManagementPolicies': { id: 'guid' },
  'graph.groupSettings': { templateId: 'guid' },
  'graph.conditionalAccessPolicies': { id: 'guid', displayName: 'text' },
  'graph.exchange.roleAssignments': { principalId: 'text' },
  'graph.exchange.customAppScopes': { id: 'text' },
  'arm.managementGroups': { id: 'text' },
  'arm.subscriptions': { subscriptionId: 'guid' },
  'arm.builtInRoles': { id: 'guid', roleName: 'text' },
  'arm.roleDefinitions': {},
  'arm.roleAssignments': { scope: 'text', principalId: 'guid' },
  'arm.denyAssignments': {},
  'arm.roleEligibilities': { scope: 'text', principalId: 'guid' },
  'arm.resources': { id: 'text', type: 'text' },
};
const OBJECTS = [
  ...['graph', 'arm', 'evidence', 'graph.exchange', 'graph.sharepointSettings'],
  ...['graph.authorizationPolicy', 'graph.adminConsentRequestPolicy', 'graph.securityDefaultsPolicy'],
];
const TOP = ['tenantId', 'name', 'asOf', 'callers', 'apis', 'graph', 'arm', 'evidence'];

const at = (root: Json, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (isJson(value) ? value[key] : undefined), root);

const wrongEntry = (entry: unknown, place: string, needs: Readonly<Record<string, Need>>): string[] => {
  if (!isJson(entry)) return [`${place} must be an object`];
  return Object.entries(needs).flatMap(([field, need]) => {
    const value = entry[field];
    if (typeof value !== 'string' || value === '') return [`${place}.${field} is missing`];
    return need === 'guid' && !isGuid(value) ? [`${place}.${field} is \`${value}\`, which is no GUID`] : [];
  });
};

const wrongKeys = (root: Json): string[] => {
  const known = new Set([...Object.keys(LISTS), ...OBJECTS, 'graph.defaultAppManagementPolicy']);
  const inside = ['graph', 'arm', 'graph.exchange'].flatMap((path) => {
    const value = at(root, path);
    return isJson(value) ? Object.keys(value).map((key) => `${path}.${key}`) : [];
  });
  return [...Object.keys(root).filter((key) => !TOP.includes(key)), ...inside.filter((path) => !known.has(path))].map(
    (path) => `\`${path}\` is not a field of a tenant file`,
  );
};

/** Checks the shape of a state and returns it typed. Throws `TenantFileError`. */
export const checkTenant = (value: unknown, file = 'tenant'): TenantState => {
  if (!isJson(value)) throw new TenantFileError(file, ['it must hold one object']);
  const id = value['tenantId'];
  const problems = typeof id === 'string' && isGuid(id) ? [] : ['tenantId must be a GUID'];
  problems.push(...wrongKeys(value));
  for (const path of OBJECTS) {
    const found = at(value, path);
    if (found !== undefined && found !== null && !isJson(found)) problems.push(`${path} must be an object`);
  }
  for (const [path, needs] of Object.entries(LISTS)) {
    const found = at(value, path);
    if (found === undefined || found === null) continue;
    if (!Array.isArray(found)) problems.push(`${path} must be a list`);
    else for (const [index, entry] of found.entries()) problems.push(...wrongEntry(entry, `${path}[${index}]`, needs));
  }
  if (problems.length > 0) throw new TenantFileError(file, problems);
  return value as unknown as TenantState;
};

/** Reads a state file, YAML or JSON. Throws `TenantFileError` with every problem found. */
export const loadTenantFile = (path: string): TenantState => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new TenantFileError(path, [error instanceof Error ? error.message : 'it can not be read']);
  }
  let value: unknown;
  try {
    // The YAML parser takes JSON too, but a hundred times slower than the built-in one.
    value = text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text);
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    throw new TenantFileError(path, [`it is neither JSON nor YAML: ${message}`]);
  }
  return checkTenant(value, path);
};
