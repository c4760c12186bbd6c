import { type EvidenceInput, evidenceRows } from './evidence-rows.ts';
import type { FoundIdentity } from './kind.ts';
import type { Answer } from './ports.ts';
import { err, ok } from './result.ts';
import type { WireObject } from './wire.ts';

/** Command that tells under which names Exchange knows the service principals of Microsoft Entra. */
const principalsCommand = 'Get-ServicePrincipal';

/** Fields by which Exchange tells one thing from others, and those that are names alone. */
const idFields = ['AppId', 'ObjectId', 'ExternalDirectoryObjectId', 'ExchangeObjectId', 'Guid', 'Sid'];
const nameFields = ['Name', 'DisplayName', 'Identity', 'Id', 'UserPrincipalName', 'WindowsLiveID', 'Alias'];

/** Lower case, and without the path that Exchange puts before a name. */
const plain = (text: string): string => (text.split('/').at(-1) ?? text).trim().toLowerCase();

const textsOf = (row: WireObject, fields: readonly string[]): readonly string[] =>
  fields.flatMap((field) => {
    const text = row[field];
    return typeof text === 'string' && text !== '' ? [plain(text)] : [];
  });

interface Principal {
  readonly ids: readonly string[];
  readonly names: readonly string[];
}

const principalOf = (row: WireObject): Principal => ({ ids: textsOf(row, idFields), names: textsOf(row, nameFields) });

/** Has a row anything at all to be known by? */
export const isKnowable = (row: WireObject): boolean => textsOf(row, [...idFields, ...nameFields]).length > 0;

/** Is a thing in Exchange, given as a text or as an object, the identity? */
export type IsInExchange = (identity: FoundIdentity, what: string | WireObject) => boolean;

const idsOf = ({ objectId, appId, id }: FoundIdentity): readonly string[] =>
  [objectId, appId, id].flatMap((text) => (text === null ? [] : [text.toLowerCase()]));

/**
 * How identities are found again in what Exchange's commands answer: by ids, of Entra's or those that Get-ServicePrincipal
 * joins to them; by a name only where the answer has no id to go by, and where Exchange knows the identity by that name.
 * Evidence that makes no sense is a failure, none at all leaves the display name that Entra tells.
 */
export const findInExchange = (input: EvidenceInput): Answer<IsInExchange> => {
  const found = evidenceRows(principalsCommand, input, principalOf);
  if (!found.ok && found.error.reason === 'malformed') return err(found.error);
  const principals = found.ok ? found.value : null;
  return ok((identity, what) => {
    const own = idsOf(identity);
    const joined = (principals ?? []).filter(({ ids }) => ids.some((id) => own.includes(id)));
    const ids = new Set([...own, ...joined.flatMap((one) => one.ids)]);
    const known = principals === null && identity.displayName !== null ? [plain(identity.displayName)] : [];
    const names = new Set([...known, ...joined.flatMap((one) => one.names)]);
    if (typeof what === 'string') return ids.has(plain(what)) || names.has(plain(what));
    const given = textsOf(what, idFields);
    if (given.some((id) => ids.has(id))) return true;
    const named = textsOf(what, nameFields);
    // An account's name at sign-in is one of a kind, and so is an id that stands where a name would.
    if (named.some((name) => ids.has(name))) return true;
    return given.length === 0 && named.some((name) => names.has(name));
  });
};
