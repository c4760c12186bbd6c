import type { RoleId } from '../core/ids.ts';
import data from './generated/directory-roles.json' with { type: 'json' };
import type { Sensitivity } from './permissions.ts';

/** A built-in Entra directory role. */
export interface DirectoryRole {
  /** Template id: the same in every tenant. */
  readonly id: RoleId;
  readonly name: string;
  /** Microsoft's mark. */
  readonly privileged: boolean;
  /** Our judgement; `null` where the role is nothing that backup meets. */
  readonly sensitivity: Sensitivity | null;
  /** What it lets its holder do, verb first; `null` with `sensitivity`. */
  readonly reach: string | null;
}

/** Every built-in directory role; `sensitivity` tells those that reach control of the tenant. */
export const directoryRoles = data.roles as unknown as readonly DirectoryRole[];

const byNameOrId = new Map<string, DirectoryRole>(
  directoryRoles.flatMap((role): [string, DirectoryRole][] => [
    [role.name.toLowerCase(), role],
    [role.id, role],
  ]),
);

/** By name or template id, in any case; `null` where there is none. */
export const findDirectoryRole = (nameOrId: string): DirectoryRole | null =>
  byNameOrId.get(nameOrId.trim().toLowerCase()) ?? null;
