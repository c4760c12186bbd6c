import type { AppId } from '../core/ids.ts';
import { exchangeOnline, microsoftGraph, sharePointOnline } from './apis.ts';
import { implies } from './lattice.ts';
import { type ApplicationGrant, findWorkload, type LeastGrant } from './workloads.ts';

/** An application permission that somebody holds, by its name on an API. */
export interface HeldPermission {
  readonly api: AppId;
  readonly value: string;
}

/** What people write and keep in Microsoft 365, and the service that stores copies of it. */
const contentIds = [
  'exchange-mail',
  'exchange-calendar',
  'exchange-contacts',
  'onedrive',
  'sharepoint',
  'teams-channel-messages',
  'teams-chats',
  'microsoft-365-backup-storage',
] as const;

/** Permissions that only find whose data there is. */
const listing = new Set(['User.ReadBasic.All', 'User.Read.All']);

/** What permissions of older APIs give, and those that steer copies, beyond the ones that workloads name. */
const alsoReached: readonly { readonly held: HeldPermission; readonly workloads: readonly string[] }[] = [
  {
    held: { api: exchangeOnline, value: 'full_access_as_app' },
    workloads: ['exchange-mail', 'exchange-calendar', 'exchange-contacts'],
  },
  { held: { api: sharePointOnline, value: 'Sites.Read.All' }, workloads: ['onedrive', 'sharepoint'] },
  ...['Configuration', 'Control', 'Restore'].map((what) => ({
    held: { api: microsoftGraph, value: `BackupRestore-${what}.ReadWrite.All` },
    workloads: ['microsoft-365-backup-storage'],
  })),
];

const isData = (grant: LeastGrant): grant is ApplicationGrant =>
  grant.plane === 'application' && grant.when === null && !listing.has(grant.permission);

/** Answers given before: a scan asks the same of everybody in a tenant. */
const answers = new Map<string, boolean>();

const gives = (held: HeldPermission, { api, value }: HeldPermission): boolean => {
  if (held.api !== api) return false;
  if (held.value === value) return true;
  const key = `${api}/${held.value}/${value}`;
  const known = answers.get(key) ?? implies(api, held.value, value);
  answers.set(key, known);
  return known;
};

const meets = (held: readonly HeldPermission[], { api, permission, accepts }: ApplicationGrant): boolean =>
  [permission, ...accepts].some((value) => held.some((one) => gives(one, { api, value })));

/** Ways to read a workload's content, each as the permissions that it takes. */
const waysOf = (id: string): readonly (readonly ApplicationGrant[])[] => {
  const backup = findWorkload(id)?.operations.backup;
  const ways = [backup?.grants ?? [], ...(backup?.alternatives ?? []).map(({ grants }) => grants)];
  // A way with a grant of another plane reaches only what that grant names.
  return ways.filter((way) => way.every(({ plane }) => plane === 'application')).map((way) => way.filter(isData));
};

const ways = new Map(contentIds.map((id) => [id, waysOf(id).filter((way) => way.length > 0)]));

/** Ids of the workloads whose content these permissions read over the whole tenant, in a fixed order. */
export const contentWorkloads = (held: readonly HeldPermission[]): readonly string[] => {
  const also = new Set(
    alsoReached.filter((one) => held.some((other) => gives(other, one.held))).flatMap(({ workloads }) => workloads),
  );
  return contentIds.filter(
    (id) => also.has(id) || (ways.get(id) ?? []).some((way) => way.every((one) => meets(held, one))),
  );
};
