import { graphAppId, type PermissionList, type RequiredPermission } from '../core/permission-list.ts';
import { clip } from './inert.ts';
import { count, kindWords } from './words.ts';
import { wrapText } from './wrap-text.ts';

const isKind = (id: string): id is keyof typeof kindWords => id in kindWords;
const kindText = (kinds: readonly string[]): string =>
  kinds.map((id) => (isKind(id) ? kindWords[id].many : id)).join(', ');

const headings: Readonly<Record<RequiredPermission['api'], string>> = {
  graph: 'Microsoft Graph, application permissions',
  azure: 'Azure roles',
  evidence: 'Evidence files (docs/evidence.md)',
};

const nameOf = ({ name, scope }: RequiredPermission): string => {
  if (scope === null) return name;
  return scope === '/' ? `${name} on any subscription or management group` : `${name} on ${clip(scope, 200)}`;
};

const shownPolicies = 5;

const policyText = (policies: readonly string[]): string => {
  const names = policies.slice(0, shownPolicies).map((name) => clip(name, 80));
  const left = policies.length - names.length;
  return left > 0 ? `${names.join(', ')} and ${left} more` : names.join(', ');
};

const sectionOf = (api: RequiredPermission['api'], list: PermissionList, width: number): readonly string[] => {
  const rows = list.required.filter((one) => one.api === api);
  if (rows.length === 0) return [];
  const lines = rows.flatMap((row) => [
    `  ${nameOf(row)}`,
    ...wrapText(row.kinds.length === 0 ? 'shared with the others' : kindText(row.kinds), width, '      for '),
    ...(row.policies.length === 0 ? [] : wrapText(policyText(row.policies), width, '      in  ')),
  ]);
  return ['', headings[api], ...lines];
};

const who = { check: 'the identity that checks', apply: 'the identity that applies' } as const;

/** The list for a person. */
const renderText = (list: PermissionList, policies: number, width: number): string => {
  const title = `What ${who[list.purpose]} needs for ${count(policies, 'policy', 'policies')}, and no more`;
  const useful = list.useful.flatMap(({ name, kinds }) => [
    `  ${name}`,
    ...wrapText(kindText(kinds), width, '      for '),
  ]);
  const nothing =
    list.required.length === 0
      ? ['', list.purpose === 'apply' ? 'Nothing: no policy lets anything be written.' : 'Nothing: there is no policy.']
      : [];
  return `${[
    title,
    ...nothing,
    ...(['graph', 'azure', 'evidence'] as const).flatMap((api) => sectionOf(api, list, width)),
    ...(useful.length === 0
      ? []
      : ['', 'Useful, not needed: without it less is said, and nothing is a gap', ...useful]),
  ].join('\n')}\n`;
};

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const azOf = (row: RequiredPermission): readonly string[] => {
  if (row.api === 'graph') {
    const role =
      row.roleId ?? `$(az ad sp show --id ${graphAppId} --query "appRoles[?value=='${row.name}'].id" -o tsv)`;
    return [
      `# ${row.name}`,
      `az rest --method POST --url "$GRAPH/servicePrincipals/$GRAPH_SP/appRoleAssignedTo" --headers 'Content-Type=application/json' \\`,
      `  --body "{\\"principalId\\": \\"$SP_ID\\", \\"resourceId\\": \\"$GRAPH_SP\\", \\"appRoleId\\": \\"${role}\\"}"`,
    ];
  }
  if (row.api === 'evidence')
    return [`# evidence/${row.name}.json: an administrator runs ${row.name}, see docs/evidence.md`];
  if (row.scope === '/')
    return [`# ${row.name} on a subscription or management group of your choice: policies name none`];
  return [
    `az role assignment create --assignee-object-id "$SP_ID" --assignee-principal-type ServicePrincipal \\`,
    `  --role ${quoted(row.name)} --scope ${quoted(row.scope ?? '')}`,
  ];
};

const graphAddress: Readonly<Record<string, string>> = {
  public: 'https://graph.microsoft.com/v1.0',
  usgov: 'https://graph.microsoft.us/v1.0',
  china: 'https://microsoftgraph.chinacloudapi.cn/v1.0',
};

/** The list as commands that grant it. `client`: app id of the identity, `null` where the configuration names none. */
const renderAz = (list: PermissionList, client: string | null, cloud: string): string =>
  `${[
    '#!/bin/sh',
    `# Grants what ${who[list.purpose]} needs for these policies. Read it before you run it.`,
    'set -eu',
    client === null ? ': "$APP_ID" # app id of the identity' : `APP_ID=${quoted(client)}`,
    `GRAPH=${quoted(graphAddress[cloud] ?? 'https://graph.microsoft.com/v1.0')}`,
    'SP_ID=$(az ad sp show --id "$APP_ID" --query id -o tsv)',
    `GRAPH_SP=$(az ad sp show --id ${graphAppId} --query id -o tsv)`,
    ...list.required.flatMap(azOf),
  ].join('\n')}\n`;

export const permissionFormats = ['text', 'az', 'json'] as const;
export type PermissionFormat = (typeof permissionFormats)[number];

/** The list in one of its formats. */
export const renderPermissions = (
  list: PermissionList,
  format: PermissionFormat,
  about: { readonly policies: number; readonly width: number; readonly client: string | null; readonly cloud: string },
): string => {
  if (format === 'json') return `${JSON.stringify(list, null, 2)}\n`;
  return format === 'az' ? renderAz(list, about.client, about.cloud) : renderText(list, about.policies, about.width);
};
