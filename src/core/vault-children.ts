import type { Answer, ArmPort, ReadFailure } from './ports.ts';
import { readRows } from './read-rows.ts';
import type { Result } from './result.ts';
import { canonicalScope, subscriptionOf } from './scope.ts';
import type { SettingDetails, ToldSetting } from './setting-details.ts';
import { isRecoveryVault, propertiesOf } from './vault-settings.ts';
import { booleanOf, objectOf, optionalStringOf, stringOf } from './wire.ts';

type Told = Result<ToldSetting | null, ReadFailure>;

const versionOf = (vault: string): string => (isRecoveryVault(vault) ? '2023-04-01' : '2024-04-01');

/** States in which Azure takes no more backups of an item, in the words of both sorts of vault. */
const isStopped = (state: string | null): boolean => /stopp|suspend|delet|notprotected|paused/i.test(state ?? '');

interface Item {
  readonly stopped: boolean;
  /** Id of what is backed up, spelt alike; `null` where the item doesn't say. */
  readonly source: string | null;
}

const parseItem = (row: unknown): Item => {
  const item = propertiesOf(objectOf(row, 'a protected item'));
  const source = objectOf(item['dataSourceInfo'] ?? {}, '`dataSourceInfo`');
  const id = optionalStringOf(source, 'resourceID') ?? optionalStringOf(item, 'sourceResourceId');
  const state = optionalStringOf(item, 'currentProtectionState') ?? optionalStringOf(item, 'protectionState');
  return {
    stopped: isStopped(state) || booleanOf(item, 'isScheduledForDeferredDelete', false),
    source: id === null ? null : canonicalScope(id),
  };
};

/** More ids than this say nothing to a person, and would bloat a snapshot. */
const sourcesAtMost = 200;

const sourcesOf = (items: readonly Item[]): string | null => {
  const ids = items.map(({ source }) => source);
  const known = ids.filter((id) => id !== null);
  return known.length < ids.length || known.length > sourcesAtMost ? null : [...new Set(known)].sort().join(' ');
};

/**
 * What the vault keeps backups of: the count of items that are still backed up; `sources` are their ids with a space
 * between, `null` where they can't all be told.
 */
export const readProtectedItems = async (arm: ArmPort, vault: string): Promise<Told> => {
  const path = `${vault}/${isRecoveryVault(vault) ? 'backupProtectedItems' : 'backupInstances'}`;
  const items = readRows(await arm.list(path, versionOf(vault)), `GET ${path}`, parseItem);
  if (!items.ok) return items;
  const active = items.value.filter(({ stopped }) => !stopped);
  const details = { items: items.value.length, sources: sourcesOf(items.value) };
  return { ok: true, value: { setting: 'protectedItems', value: String(active.length), details } };
};

/** The guard that has to agree, by the vault's proxies; `null` where there is none. */
export const readGuard = async (arm: ArmPort, vault: string): Promise<Answer<SettingDetails | null>> => {
  const path = `${vault}/backupResourceGuardProxies`;
  const guards = readRows(await arm.list(path, versionOf(vault)), `GET ${path}`, (row) =>
    stringOf(propertiesOf(objectOf(row, 'a guard proxy')), 'resourceGuardResourceId'),
  );
  if (!guards.ok) return guards;
  const [guard] = guards.value;
  if (guard === undefined) return { ok: true, value: null };
  return { ok: true, value: { guard, sameSubscription: subscriptionOf(guard) === subscriptionOf(vault) } };
};

/** Locks at the vault and below it: how many, and how many of them forbid deleting alone. */
export const readLocks = async (arm: ArmPort, vault: string): Promise<Told> => {
  const path = `${vault}/providers/Microsoft.Authorization/locks`;
  const levels = readRows(await arm.list(path, '2020-05-01'), `GET ${path}`, (row) =>
    stringOf(propertiesOf(objectOf(row, 'a lock')), 'level'),
  );
  if (!levels.ok) return levels;
  const cannotDelete = levels.value.filter((level) => level === 'CanNotDelete').length;
  return { ok: true, value: { setting: 'locks', value: String(levels.value.length), details: { cannotDelete } } };
};
