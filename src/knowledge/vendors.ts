import type { AppId, RoleId } from '../core/ids.ts';
import data from './generated/vendors.json' with { type: 'json' };

/** A maker of backup software, and by what its applications are known. */
export interface Vendor {
  readonly name: string;
  /** Whole words of an application's name, in any case. */
  readonly names: readonly string[];
  /** Of applications that are the same in every tenant. */
  readonly appIds: readonly AppId[];
  /** Ids of its profiles. */
  readonly products: readonly string[];
}

/** Makers of backup software. */
export const vendors = data.vendors as unknown as readonly Vendor[];

/** Built-in roles that are there for backup alone. */
export const backupRoles = data.azureRoles as unknown as readonly RoleId[];

/** Built-in roles that few hold beside backup software: worth a look at what else their holder has. */
export const hintingRoles = data.azureHints as unknown as readonly RoleId[];

/** Application permissions that backup has no use for: scanners of mail and files hold them. */
export const permissionsOfOtherTrades: ReadonlySet<string> = new Set(data.otherTrades);

/** A name as its words, with a space around each: `VeeamBackup-365` is ` veeam backup 365 `. */
const wordsOf = (name: string): string => ` ${name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `;

/** Longest name that is looked at: tenants allow 256 characters. */
const nameLimit = 300;

/** The same name read as it is, and with a word where a capital starts one: `SQLBackup`, `VeeamBackup`. */
const readings = (name: string): readonly string[] => {
  const text = name.slice(0, nameLimit);
  return [wordsOf(text), wordsOf(text.replace(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' '))];
};

const hasAny = (read: readonly string[], words: readonly string[]): boolean =>
  read.some((reading) => words.some((word) => reading.includes(word)));

const wordsByVendor = new WeakMap<Vendor, readonly string[]>();

const wordsOfVendor = (vendor: Vendor): readonly string[] => {
  const known = wordsByVendor.get(vendor) ?? vendor.names.map(wordsOf);
  wordsByVendor.set(vendor, known);
  return known;
};

/** Whose application goes by this name; `null` where it names no maker. */
export const vendorByName = (name: string, known: readonly Vendor[] = vendors): Vendor | null => {
  const read = readings(name);
  return known.find((vendor) => hasAny(read, wordsOfVendor(vendor))) ?? null;
};

/** Whose application this is in every tenant; `null` where the list has no such id. */
export const vendorByAppId = (id: AppId, known: readonly Vendor[] = vendors): Vendor | null =>
  known.find(({ appIds }) => appIds.includes(id)) ?? null;

/** Words for what backup does, which others use as well: a reason to look, and no more. */
const backupWords = ['backup', 'backups', 'back up', 'restore', 'sauvegarde', 'datensicherung'].map(wordsOf);

/** Does the name speak of backup? */
export const speaksOfBackup = (name: string): boolean => hasAny(readings(name), backupWords);
