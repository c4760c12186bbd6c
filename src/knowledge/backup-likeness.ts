import type { AppId } from '../core/ids.ts';
import type { Product } from '../core/product.ts';
import { contentWorkloads, type HeldPermission } from './content-workloads.ts';
import { type Nearness, nearestProduct } from './near-product.ts';
import { products as builtIn } from './products.ts';
import {
  backupRoles,
  vendors as knownVendors,
  permissionsOfOtherTrades,
  speaksOfBackup,
  type Vendor,
  vendorByAppId,
  vendorByName,
} from './vendors.ts';

/** An Azure role that somebody holds, as far as telling backup software takes. */
export interface HeldRole {
  readonly id: string;
  readonly name: string;
  /** A custom role that may take snapshots of disks. */
  readonly takesSnapshots: boolean;
}

/** Somebody, and what they hold. */
export interface Suspect {
  readonly appId: AppId | null;
  readonly displayName: string | null;
  readonly permissions: readonly HeldPermission[];
  readonly roles: readonly HeldRole[];
}

/** By what backup software was recognised: the first that holds, best first. */
export type LikenessSign = 'app-id' | 'name' | 'profile' | 'content' | 'azure-role';

/** Why somebody is taken for backup software. */
export interface Likeness {
  readonly sign: LikenessSign;
  /** Whose software it is, where an app id or a name tells. */
  readonly vendor: Vendor | null;
  /** The product whose page it comes nearest to, with the score; `null`: to none. */
  readonly near: Nearness | null;
  /** Workloads of Microsoft 365 whose content it reads over the whole tenant. */
  readonly content: readonly string[];
}

/** From here on a set of grants counts as that of the product. */
const nearEnough = 60;

const files = ['onedrive', 'sharepoint'];

/** Mail together with files, or the storage of Microsoft 365 Backup: what hardly anything but backup reads as a whole. */
const isShapeOfBackup = (content: readonly string[], held: readonly HeldPermission[]): boolean => {
  if (content.includes('microsoft-365-backup-storage')) return true;
  if (held.some(({ value }) => permissionsOfOtherTrades.has(value))) return false;
  return content.includes('exchange-mail') && files.some((id) => content.includes(id));
};

/** Roles that let their holder do everything but name others. */
const wide = new Set(['owner', 'contributor']);

interface Known {
  readonly vendors?: readonly Vendor[];
  readonly products?: readonly Product[];
}

/** Is this backup software, and by which sign? `null`: nothing speaks for it. */
export const backupLikeness = (suspect: Suspect, known: Known = {}): Likeness | null => {
  const { appId, displayName, permissions, roles } = suspect;
  const makers = known.vendors ?? knownVendors;
  const name = displayName ?? '';
  const content = contentWorkloads(permissions);
  const near = nearestProduct(
    permissions,
    roles.map((role) => role.name),
    known.products ?? builtIn,
  );
  const byId = appId === null ? null : vendorByAppId(appId, makers);
  const byName = vendorByName(name, makers);
  const told = (sign: LikenessSign, vendor: Vendor | null): Likeness => ({ sign, vendor, near, content });
  if (byId !== null) return told('app-id', byId);
  // A name is free to choose: without any access it says nothing.
  if (byName !== null && permissions.length + roles.length > 0) return told('name', byName);
  if (near !== null && near.score >= nearEnough && (content.length > 0 || permissions.length === 0))
    return told('profile', null);
  if (isShapeOfBackup(content, permissions)) return told('content', null);
  if (roles.some(({ id, takesSnapshots }) => takesSnapshots || backupRoles.some((role) => role === id)))
    return told('azure-role', null);
  const reachesMuch = content.length > 0 || roles.some((role) => wide.has(role.name.toLowerCase()));
  return speaksOfBackup(name) && reachesMuch ? told('name', null) : null;
};
