import { type EvidenceInput, evidenceRows, firstTextOf } from './evidence-rows.ts';
import type { Answer, ReadFailure } from './ports.ts';
import { err, ok } from './result.ts';
import type { ExchangeAccountFact } from './safety-fact.ts';
import {
  MalformedAnswer,
  objectOf,
  optionalBooleanOf,
  optionalStringOf,
  requiredBooleanOf,
  stringOf,
  type WireObject,
} from './wire.ts';

/** Commands that tell of people's accounts; the first is the one without which nothing is told. */
export const accountCommands = [
  'Get-User',
  'Get-MailboxAuditBypassAssociation',
  'Get-PublicFolderClientPermission',
] as const;

/** What evidence says of one account, by its name at sign-in; `null`: no account of that name is told of. */
export type TellAccount = (
  userPrincipalName: string,
) => Pick<ExchangeAccountFact, 'powerShell' | 'auditBypass' | 'publicFolders'> | null;

const lower = (text: string): string => text.trim().toLowerCase();

/** Every text by which Exchange calls a recipient. */
const namesIn = (row: WireObject): readonly string[] =>
  ['UserPrincipalName', 'WindowsLiveID', 'PrimarySmtpAddress', 'DisplayName', 'Name', 'Identity', 'Id'].flatMap(
    (field) => {
      const text = row[field];
      return typeof text === 'string' && text !== '' ? [lower(text)] : [];
    },
  );

const userOf = (row: WireObject) => {
  const enabled = optionalBooleanOf(row, 'EXOModuleEnabled') ?? optionalBooleanOf(row, 'RemotePowerShellEnabled');
  return { name: lower(stringOf(row, 'UserPrincipalName')), names: namesIn(row), enabled };
};

const bypassOf = (row: WireObject) => {
  const names = namesIn(row);
  if (names.length === 0) throw new MalformedAnswer('`Identity` is missing');
  return { names, bypassed: requiredBooleanOf(row, 'AuditBypassEnabled') };
};

const rightsOf = (row: WireObject): readonly string[] => {
  const rights: unknown = row['AccessRights'];
  const list: readonly unknown[] = Array.isArray(rights) ? rights : typeof rights === 'string' ? rights.split(',') : [];
  if (list.length === 0) throw new MalformedAnswer('`AccessRights` is missing');
  return list.map((right) => lower(String(right)));
};

const folderOf = (row: WireObject) => {
  const user: unknown = row['User'];
  const names = typeof user === 'string' ? [lower(user)] : namesIn(objectOf(user, '`User`'));
  const folder = firstTextOf(row, 'Identity', 'FolderName') ?? stringOf(row, 'Identity');
  return { names, folder: optionalStringOf(row, 'FolderPath') ?? folder, owns: rightsOf(row).includes('owner') };
};

const isSenseless = ({ reason }: ReadFailure): boolean => reason === 'malformed';

/** What evidence tells of accounts. A failure where one command's makes no sense; what is absent is not told. */
export const exchangeAccountsIn = (input: EvidenceInput): Answer<TellAccount> => {
  const users = evidenceRows('Get-User', input, userOf);
  const bypasses = evidenceRows('Get-MailboxAuditBypassAssociation', input, bypassOf);
  const folders = evidenceRows('Get-PublicFolderClientPermission', input, folderOf);
  for (const read of [users, bypasses, folders]) if (!read.ok && isSenseless(read.error)) return err(read.error);
  if (!users.ok && !bypasses.ok && !folders.ok) return users;
  return ok((userPrincipalName) => {
    const user = users.ok ? users.value.find(({ name }) => name === lower(userPrincipalName)) : undefined;
    const names = new Set([lower(userPrincipalName), ...(user?.names ?? [])]);
    const isIts = (one: { readonly names: readonly string[] }): boolean => one.names.some((name) => names.has(name));
    const own = folders.ok ? folders.value.filter((one) => one.owns && isIts(one)).map(({ folder }) => folder) : [];
    const bypassed = bypasses.ok ? bypasses.value.some((one) => one.bypassed && isIts(one)) : null;
    if (user === undefined && bypassed !== true && own.length === 0) return null;
    return { powerShell: user?.enabled ?? null, auditBypass: bypassed, publicFolders: [...new Set(own)].sort() };
  });
};
