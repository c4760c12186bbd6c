import type { ReachArea, ReachWeight } from '../core/effective.ts';
import type { AppId } from '../core/ids.ts';
import data from './generated/reaches.json' with { type: 'json' };
import type { Plane } from './plane.ts';

/** Something in Microsoft Entra or Microsoft 365 that access may come to, and what gives it. */
export interface TenantReach {
  readonly id: string;
  readonly area: ReachArea;
  /** Of the whole tenant, verb first. */
  readonly every: string;
  /** Of a part of it. */
  readonly some: string;
  readonly weight: ReachWeight;
  /** Application permissions. */
  readonly permissions: readonly { readonly api: AppId; readonly value: string }[];
  /** Those of them that an application access policy confines. */
  readonly confined: readonly string[];
  /** Permissions that open only what admits the app by itself. */
  readonly admitted: readonly string[];
  /** Names of directory roles. */
  readonly directoryRoles: readonly string[];
  /** Exchange management roles, and commands that a role may allow. */
  readonly managementRoles: readonly string[];
  readonly commands: readonly string[];
  /** Rights of a site grant. */
  readonly rights: readonly string[];
}

/** Something in Azure that a role may come to where it is held. */
export interface AzureReach {
  readonly id: string;
  readonly words: string;
  readonly weight: ReachWeight;
  /** Whom its holder can act as; `null`: nobody. */
  readonly becomes: string | null;
  /** How it goes where no action on data gives it. */
  readonly byControl: string | null;
  /** Actions by plane, each of which is enough. */
  readonly control: readonly string[];
  readonly data: readonly string[];
  /** Permissions of a key vault's access policy, by object type. */
  readonly vault: Readonly<Record<string, readonly string[]>>;
}

/** Gravest first. */
export const tenantReaches = data.tenant as unknown as readonly TenantReach[];
/** Gravest first. */
export const azureReaches = data.azure as unknown as readonly AzureReach[];

const known = new Set(
  [...data.harmlessManagementRoles, ...tenantReaches.flatMap(({ managementRoles }) => managementRoles)].map((name) =>
    name.toLowerCase(),
  ),
);

/** Is it a management role of Exchange of which it is known what comes of it, be it nothing? */
export const isKnownManagementRole = (name: string): boolean => known.has(name.toLowerCase());

/** Patterns of a reach with their plane. */
export const patternsOf = ({ control, data }: AzureReach): readonly { pattern: string; plane: Plane }[] => [
  ...control.map((pattern) => ({ pattern, plane: 'control' as const })),
  ...data.map((pattern) => ({ pattern, plane: 'data' as const })),
];
