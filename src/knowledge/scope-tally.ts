import type { ReachCounts } from '../core/effective.ts';
import { canonicalScope, scopeLevel, scopeName, scopeSegments } from '../core/scope.ts';

type Counted = Exclude<keyof ReachCounts, 'sites'>;

/** What scopes are, in the order in which they are told, each with its words. */
const words: Readonly<Record<Counted, readonly [one: string, many: string]>> = {
  tenantRoots: ['tenant root', 'tenant roots'],
  managementGroups: ['management group', 'management groups'],
  subscriptions: ['subscription', 'subscriptions'],
  resourceGroups: ['resource group', 'resource groups'],
  vaults: ['vault', 'vaults'],
  keyVaults: ['key vault', 'key vaults'],
  storageAccounts: ['storage account', 'storage accounts'],
  disks: ['disk', 'disks'],
  otherResources: ['other resource', 'other resources'],
};

const byType: Readonly<Record<string, Counted>> = {
  'microsoft.compute/disks': 'disks',
  'microsoft.storage/storageaccounts': 'storageAccounts',
  'microsoft.recoveryservices/vaults': 'vaults',
  'microsoft.dataprotection/backupvaults': 'vaults',
  'microsoft.keyvault/vaults': 'keyVaults',
};

/** Type of the resource that a scope is, lower case: `microsoft.storage/storageaccounts/blobservices`; `null` of none. */
export const resourceType = (scope: string): string | null => {
  if (scopeLevel(scope) !== 'resource') return null;
  const segments = scopeSegments(scope);
  const at = segments.lastIndexOf('providers');
  if (at < 0) return null;
  const types = segments.slice(at + 2).filter((_, index) => index % 2 === 0);
  return [segments[at + 1] ?? '', ...types].join('/');
};

const countedAs = (scope: string): Counted => {
  const level = scopeLevel(scope);
  if (level === 'root') return 'tenantRoots';
  if (level !== 'resource') return `${level}s`;
  return byType[resourceType(scope) ?? ''] ?? 'otherResources';
};

/** Each scope once, without those that lie within another; as first spelled, sorted. */
const widestScopes = (scopes: readonly string[]): readonly string[] => {
  const spelled = new Map<string, string>();
  for (const scope of scopes) {
    const canonical = canonicalScope(scope);
    if (!spelled.has(canonical)) spelled.set(canonical, scope);
  }
  const isWithinAnother = (scope: string): boolean => {
    if (scope !== '/' && spelled.has('/')) return true;
    for (let at = scope.indexOf('/', 1); at > 0; at = scope.indexOf('/', at + 1))
      if (spelled.has(scope.slice(0, at))) return true;
    return false;
  };
  return [...spelled]
    .filter(([scope]) => !isWithinAnother(scope))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, scope]) => scope);
};

const tally = (widest: readonly string[]): Record<Counted, number> => {
  const counts: Record<Counted, number> = {
    ...{ tenantRoots: 0, managementGroups: 0, subscriptions: 0, resourceGroups: 0, disks: 0, storageAccounts: 0 },
    ...{ vaults: 0, keyVaults: 0, otherResources: 0 },
  };
  for (const scope of widest) counts[countedAs(scope)]++;
  return counts;
};

/** Scopes counted by what they are, those within another one left out. */
export const tallyScopes = (scopes: readonly string[]): Omit<ReachCounts, 'sites'> => tally(widestScopes(scopes));

/** `in resource group \`rg-erp\``, `in 2 subscriptions and 1 disk`; one scope by its name, several by their number. */
export const tellScopes = (scopes: readonly string[]): string => {
  const widest = widestScopes(scopes);
  const [first] = widest;
  if (first === undefined) return '';
  if (widest.length === 1) {
    const what = countedAs(first);
    if (what === 'tenantRoots') return 'in every subscription';
    return `in ${what === 'otherResources' ? '' : `${words[what][0]} `}\`${scopeName(first)}\``;
  }
  const counts = tally(widest);
  const parts = (Object.keys(words) as Counted[])
    .filter((key) => counts[key] > 0)
    .map((key) => `${counts[key]} ${words[key][counts[key] === 1 ? 0 : 1]}`);
  const last = parts.at(-1) ?? '';
  return parts.length === 1 ? `in ${last}` : `in ${parts.slice(0, -1).join(', ')} and ${last}`;
};
