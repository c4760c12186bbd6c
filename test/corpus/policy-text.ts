import { backupApp } from '../support/facts.ts';

/** A role as a policy writes it: its name, its scope, and further keys as flow YAML (`purpose: …`). */
export type WrittenRole = readonly [role: string, scope: string, more?: string];

/** What a case's policy says, in the order in which it is written. What is absent is not written. */
export interface Wish {
  readonly meta?: string;
  readonly product?: string;
  readonly state?: 'retired';
  readonly enforcement?: 'additive' | 'authoritative';
  /** Flow YAML, one text an identity; the app `backupApp` where absent. */
  readonly identities?: readonly string[];
  /** By `protect`. */
  readonly protects?: readonly string[];
  readonly access?: 'minimal';
  /** Application permissions of Microsoft Graph, with commas; `''`: the plane is governed, and holds none. */
  readonly graph?: string;
  /** Application permissions of further APIs. */
  readonly apis?: Readonly<Record<string, string>>;
  /** Delegated permissions by API. */
  readonly delegated?: Readonly<Record<string, string>>;
  readonly roles?: readonly WrittenRole[];
  /** With commas. */
  readonly directoryRoles?: string;
  readonly exchangeRoles?: readonly (readonly [role: string, scope: string])[];
  readonly siteGrants?: readonly (readonly [site: string, role: string])[];
  readonly credentials?: string;
  /** Flow YAML, one text an entry. */
  readonly mustExist?: readonly string[];
  readonly mustNotExist?: readonly string[];
  readonly exceptions?: readonly string[];
}

/** An entry of `protects`: operations with spaces between, scopes as a list of sources or by purpose. */
export const protect = (
  workload: string,
  operations = 'backup',
  scopes: readonly string[] | Readonly<Record<string, readonly string[]>> = [],
  more = '',
): string => {
  const lists = Array.isArray(scopes)
    ? scopes.length === 0
      ? ''
      : `, scopes: [${scopes.join(', ')}]`
    : `, scopes: { ${Object.entries(scopes)
        .map(([purpose, list]) => `${purpose}: [${list.join(', ')}]`)
        .join(', ')} }`;
  const declared = operations === '' ? '' : `, operations: [${operations.split(' ').join(', ')}]`;
  return `{ workload: ${workload}${declared}${lists}${more === '' ? '' : `, ${more}`} }`;
};

/** The elevation that lets a restore or a set-up happen for hours. */
export const elevation = (operation: 'restore' | 'onboard', hours = 8): string =>
  `elevations: [{ operation: ${operation}, maxDuration: PT${hours}H }]`;

/** An entry of `exceptions`. */
export const accept = (rule: string, subject: string, expires = '2027-02-28'): string =>
  `{ rule: ${rule}, subject: "${subject}", reason: agreed with the maker, approvedBy: octocat, expires: ${expires} }`;

const items = (indent: string, entries: readonly string[]): string[] => entries.map((entry) => `${indent}- ${entry}`);

const list = (key: string, entries: readonly string[] | undefined): string[] => {
  if (entries === undefined) return [];
  return entries.length === 0 ? [`    ${key}: []`] : [`    ${key}:`, ...items('      ', entries)];
};

const names = (text: string): string[] =>
  text === ''
    ? []
    : text
        .split(/,(?![^{]*\})/)
        .map((name) => name.trim())
        .filter((name) => name !== '');

const permissions = (key: string, byApi: Readonly<Record<string, string>> | undefined): string[] => {
  const apis = Object.entries(byApi ?? {}).filter(([, asked]) => asked !== '');
  if (byApi === undefined) return [];
  if (apis.length === 0) return [`    ${key}: {}`];
  return [
    `    ${key}:`,
    ...apis.flatMap(([api, asked]) => [`      ${JSON.stringify(api)}:`, ...items('        ', names(asked))]),
  ];
};

const accessOf = (wish: Wish): string[] => {
  if (wish.access === 'minimal') return ['  access: minimal'];
  const application =
    wish.graph === undefined && wish.apis === undefined
      ? undefined
      : { 'Microsoft Graph': wish.graph ?? '', ...wish.apis };
  const lines = [
    ...permissions('applicationPermissions', application),
    ...permissions('delegatedPermissions', wish.delegated),
    ...list('directoryRoles', wish.directoryRoles === undefined ? undefined : names(wish.directoryRoles)),
    ...list(
      'azureRoles',
      wish.roles?.map(([role, scope, more]) => {
        const named = /^[0-9a-f-]{36}$/.test(role) ? `roleId: "${role}"` : `role: ${role}`;
        return `{ ${named}, scope: ${scope}${more === undefined ? '' : `, ${more}`} }`;
      }),
    ),
    ...list(
      'exchangeRoles',
      wish.exchangeRoles?.map(([role, scope]) => `{ role: ${role}, scope: ${scope} }`),
    ),
    ...list(
      'siteGrants',
      wish.siteGrants?.map(([site, role]) => `{ site: "${site}", role: ${role} }`),
    ),
  ];
  return lines.length === 0 ? [] : ['  access:', ...lines];
};

/** The policy file of a wish. */
export const policyText = (name: string, wish: Wish): string =>
  [
    'apiVersion: backup-access/v1',
    'kind: BackupAccessPolicy',
    `metadata: { name: ${name}, owner: backup-team@contoso.example${wish.meta === undefined ? '' : `, ${wish.meta}`} }`,
    'spec:',
    ...(wish.product === undefined ? [] : [`  product: ${wish.product}`]),
    ...(wish.state === undefined ? [] : [`  state: ${wish.state}`]),
    ...(wish.enforcement === undefined ? [] : [`  enforcement: ${wish.enforcement}`]),
    '  identities:',
    ...items('    ', wish.identities ?? [`{ appId: "${backupApp}" }`]),
    ...(wish.protects === undefined ? [] : ['  protects:', ...items('    ', wish.protects)]),
    ...accessOf(wish),
    ...(wish.credentials === undefined ? [] : [`  credentials: ${wish.credentials}`]),
    ...(wish.mustExist === undefined ? [] : ['  mustExist:', ...items('    ', wish.mustExist)]),
    ...(wish.mustNotExist === undefined ? [] : ['  mustNotExist:', ...items('    ', wish.mustNotExist)]),
    ...(wish.exceptions === undefined ? [] : ['  exceptions:', ...items('    ', wish.exceptions)]),
    '',
  ].join('\n');
