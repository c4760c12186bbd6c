import type { AppId, RoleId } from '../core/ids.ts';
import data from './generated/exchange-roles.json' with { type: 'json' };

/** An application role of Exchange: application permissions, but within a scope. */
export interface ExchangeRole {
  /** Exchange knows it by name only: `Application Mail.Read`. */
  readonly name: string;
  /** What it does in the mailboxes of its scope, verb first. */
  readonly reach: string;
  /** The permissions that it stands for. A tenant-wide consent to one of them voids the scope. */
  readonly permissions: readonly { readonly api: AppId; readonly id: RoleId; readonly value: string }[];
}

/** Every application role that Exchange supports. */
export const exchangeRoles = data.roles as unknown as readonly ExchangeRole[];

const byName = new Map(exchangeRoles.map((role) => [role.name.toLowerCase(), role]));

/** By name, in any case; `null` where there is none. */
export const findExchangeRole = (name: string): ExchangeRole | null => byName.get(name.trim().toLowerCase()) ?? null;
