import { createHash } from 'node:crypto';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isGuid = (text: string): boolean => GUID.test(text);

/** A GUID made from a text: the same on each start. */
export const guidFrom = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** The 16 bytes of a GUID, its first three parts little-endian, as Microsoft stores them. */
const guidBytes = (guid: string): Buffer => {
  const bytes = Buffer.from((isGuid(guid) ? guid : guidFrom(guid)).replaceAll('-', ''), 'hex');
  return Buffer.concat([
    bytes.subarray(0, 4).reverse(),
    bytes.subarray(4, 6).reverse(),
    bytes.subarray(6, 8).reverse(),
    bytes.subarray(8),
  ]);
};

/** Base64url of GUIDs one after another: how Graph makes ids of grants and assignments. */
export const idOfGuids = (...guids: readonly string[]): string =>
  Buffer.concat(guids.map(guidBytes)).toString('base64url');
