import type {
  Proposal,
  ProposedAccess,
  ProposedApi,
  ProposedAzureRole,
  ProposedDirectoryRole,
  ProposedWorkload,
} from '../core/proposal.ts';
import { inertLine } from './inert.ts';

const schema =
  'https://raw.githubusercontent.com/backup-access-guard/backup-access-guard/main/schemas/backup-access-policy.v1.schema.json';

/** An owner that nobody is: `example.com` belongs to no one, and a search for it finds every policy that lacks one. */
export const nobody = 'FILL-IN@example.com';

/** A text as YAML in double quotes; what can't be seen is escaped, so that it does nothing in an editor either. */
const quote = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu,
    (sign) => `\\U${(sign.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`,
  );

/** Plain where YAML can't take it for anything else than a text. */
const word = (text: string): string =>
  /^[A-Za-z][A-Za-z0-9_.-]*[A-Za-z0-9]$/.test(text) && !/^(true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : quote(text);

/** Names of several words: the roles and APIs of Microsoft. */
const title = (text: string): string => (/^[A-Z][A-Za-z0-9]*( [A-Za-z0-9]+)*$/.test(text) ? text : quote(text));

const flow = (fields: readonly (readonly [key: string, value: string | boolean | null])[]): string =>
  `{ ${fields.flatMap(([key, value]) => (value === null ? [] : [`${key}: ${value}`])).join(', ')} }`;

/** A plane with its rows below it; an empty one may hold nothing. */
const plane = (key: string, rows: readonly string[] | null, empty: '[]' | '{}'): readonly string[] => {
  if (rows === null) return [`    # ${key}: could not be read, so this policy doesn't manage it`];
  return rows.length === 0 ? [`    ${key}: ${empty}`] : [`    ${key}:`, ...rows.map((row) => `      ${row}`)];
};

const apiRows = (apis: readonly ProposedApi[] | null): readonly string[] | null =>
  apis?.flatMap(({ api, permissions }) => [
    `${title(api)}:`,
    ...permissions.map((permission) => `  - ${word(permission)}`),
  ]) ?? null;

const azureRow = ({ role, roleId, scope, condition, eligible }: ProposedAzureRole): string =>
  `- ${flow([
    ['role', role === null ? null : title(role)],
    ['roleId', role === null ? quote(roleId) : null],
    ['scope', quote(scope)],
    ['condition', condition === null ? null : quote(condition)],
    ['eligible', eligible ? true : null],
  ])}`;

const directoryRow = ({ role, scope, eligible }: ProposedDirectoryRole): string =>
  `- ${flow([
    ['role', title(role)],
    ['scope', scope === null ? null : quote(scope)],
    ['eligible', eligible ? true : null],
  ])}`;

const accessLines = (access: ProposedAccess): readonly string[] => [
  '  # Exactly what it holds today. A key that is here manages its whole plane; [] or {}: none at all.',
  '  access:',
  ...plane('applicationPermissions', apiRows(access.applicationPermissions), '{}'),
  ...plane('delegatedPermissions', apiRows(access.delegatedPermissions), '{}'),
  ...plane('azureRoles', access.azureRoles?.map(azureRow) ?? null, '[]'),
  ...plane('directoryRoles', access.directoryRoles?.map(directoryRow) ?? null, '[]'),
  ...access.unnamed.map(
    (what) => `    # It holds ${inertLine(what, 200)} as well, which no policy can name: take it away.`,
  ),
];

const workloadLines = (workloads: readonly ProposedWorkload[]): readonly string[] => [
  '  # What it protects, which only people know: rules judge the access below by it.',
  '  protects: []',
  ...(workloads.length === 0 ? [] : ['  # Perhaps:', '  # protects:']),
  ...workloads.map(
    ({ workload, operations, needsScopes }) =>
      `  #   - ${flow([
        ['workload', workload],
        ['operations', `[${operations.join(', ')}]`],
        ['scopes', needsScopes ? '[/subscriptions/…]' : null],
      ])}`,
  ),
];

/** The text of a policy file to start from. Whatever the tenant called something is inert in it. */
export const renderProposal = (proposal: Proposal): string => {
  const { name, displayName, why, tenant, date, product, identity, access, workloads } = proposal;
  const lines = [
    `# yaml-language-server: $schema=${schema}`,
    `# Proposed on ${date} by \`backup-access-guard init\`: what ${inertLine(displayName ?? name, 120)} holds, approved by nobody yet.`,
    ...(why === '' ? [] : [`# ${inertLine(why, 300)}`]),
    '#',
    '# How to go on:',
    '#   1. say who answers for it (owner) and what it protects',
    '#   2. backup-access-guard check                what is wrong with its access, line by line',
    '#   3. backup-access-guard fix                  mends what a rule knows how to mend',
    `#      ${`backup-access-guard explain ${product?.id ?? 'NAME'}`.padEnd(40)} what a permission, role or product is`,
    '#   4. enforcement: authoritative               once the lines below are what it should hold',
    'apiVersion: backup-access/v1',
    'kind: BackupAccessPolicy',
    'metadata:',
    `  name: ${quote(name)}`,
    ...(tenant === null ? [] : [`  tenant: ${quote(tenant)}`]),
    `  owner: ${nobody}`,
    'spec:',
    ...(product === null ? [] : [`  product: ${word(product.id)}`]),
    '  enforcement: report',
    '  identities:',
    `    - ${flow(Object.entries(identity).map(([key, value]) => [key, value === 'system' ? value : quote(value)]))}`,
    ...workloadLines(workloads),
    ...(access === null ? [] : accessLines(access)),
  ];
  return `${lines.join('\n')}\n`;
};
