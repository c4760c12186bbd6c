import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { validate as validateConfig } from '../../src/core/generated/validate-config.js';
import { validate as validateEvidence } from '../../src/core/generated/validate-evidence.js';
import { validate as validatePolicy } from '../../src/core/generated/validate-policy.js';
import { validate as validateProduct } from '../../src/core/generated/validate-product.js';

const published = (file: string): ValidateFunction => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  ajv.addVocabulary(['enumDescriptions']);
  return ajv.compile(JSON.parse(readFileSync(join(import.meta.dirname, '../../schemas', file), 'utf8')));
};

const guid = '6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10';
const group = '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app';
const policy = (spec: string): string =>
  `{apiVersion: backup-access/v1, kind: BackupAccessPolicy, metadata: {name: a, owner: b}, spec: {identities: [{appId: ${guid}}], ${spec}}}`;
const config = (rest: string): string => `{apiVersion: backup-access/v1, kind: BackupAccessConfig, ${rest}}`;
const evidence = (rest: string): string =>
  `{command: Get-SPOTenant, tenantId: ${guid}, collectedAt: "2026-11-20T08:00:00Z", ${rest}}`;

const profile = (rest: string): string =>
  `{apiVersion: backup-access/v1, kind: BackupProductProfile, metadata: {name: acme}, spec: {name: Acme, vendor: Acme, sources: [{source: a page, date: 2026-11-22}], ${rest}}}`;

const cases = [
  {
    file: 'backup-access-policy.v1.schema.json',
    compiled: validatePolicy,
    accepted: [
      policy(''),
      policy('access: minimal'),
      policy('access: {}'),
      policy(
        `access: {azureRoles: [{role: Reader, scope: ${group}}], directoryRoles: [Global Reader, {role: Global Reader}]}`,
      ),
      policy('access: {applicationPermissions: {Microsoft Graph: [Mail.Read, {permission: User.Read.All}]}}'),
      policy(`protects: [{workload: azure-disk, operations: [backup], scopes: [${group}]}]`),
      policy(
        `protects: [{workload: azure-disk, elevations: [{operation: restore, maxDuration: PT8H}], scopes: {source: [${group}]}}]`,
      ),
      policy(`access: {exchangeRoles: [{role: Application Mail.Read, scope: {group: ${guid}}}]}`),
    ],
    refused: [
      '[]',
      '{}',
      policy('access: maximal'),
      policy('access: []'),
      policy('enforcment: report'),
      policy('access: {azureRoles: [{role: Reader}]}'),
      policy(`access: {azureRoles: [{role: Reader, roleId: ${guid}, scope: ${group}}]}`),
      policy('access: {applicationPermissions: [Mail.Read]}'),
      policy('protects: [{workload: azure-disk}]'),
      policy('protects: [{workload: azure-dsk, operations: [backup]}]'),
      policy(
        `access: {exchangeRoles: [{role: Application Mail.Read, scope: {group: ${guid}, administrativeUnit: ${guid}}}]}`,
      ),
      policy(`mustExist: [{appId: ${guid.toUpperCase()}}]`),
      policy('mustExist: [{appId: 00000000-0000-0000-0000-000000000000}]'),
    ],
  },
  {
    file: 'backup-access-config.v1.schema.json',
    compiled: validateConfig,
    accepted: [
      config(''),
      config(`tenants: {contoso: {tenantId: ${guid}}}`),
      config('brake: {revokes: 0, percent: 100}'),
      config('approval: {approvers: [octocat, "@contoso/backup-owners"]}'),
      config('failOn: never'),
    ],
    refused: [
      '{}',
      config('tenants: {contoso: {}}'),
      config('brake: {percent: 101}'),
      config('approval: {required: 0}'),
      config('failOn: always'),
      config('restoreGrace: 7 days'),
    ],
  },
  {
    file: 'backup-product-profile.v1.schema.json',
    compiled: validateProduct,
    accepted: [
      profile(''),
      profile('complete: true, judgement: too much'),
      profile('workloads: [{workload: exchange-mail, operations: [backup, restore]}]'),
      profile(
        'workloads: [{workload: onedrive, operations: [backup], needs: [{operations: [backup], reason: why, access: {azureRoles: [Reader]}}]}]',
      ),
      profile(
        'documented: {applicationPermissions: {Graph: [Mail.Read, {name: Mail.Send, note: why}]}, settings: [a]}',
      ),
      profile('keep: [a], remove: [b], changes: [{date: 2026-10-01, what: it ends}]'),
    ],
    refused: [
      '{}',
      profile('').replace('sources:', 'source:'),
      profile('').replace('metadata: {name: acme}', 'metadata: {name: acme backup}'),
      profile('complete: maybe'),
      profile('workloads: [exchange-mail]'),
      profile('workloads: [{workload: mail, operations: [backup]}]'),
      profile('documented: {applicationPermissions: [Mail.Read]}'),
      profile('documented: {azureRoles: [{role: Reader}]}'),
      profile('changes: [{date: in autumn, what: it ends}]'),
    ],
  },
  {
    file: 'evidence.v1.schema.json',
    compiled: validateEvidence,
    accepted: [evidence('result: []'), evidence('result: null'), evidence('result: {a: 1}')],
    refused: [
      '{}',
      evidence(''),
      evidence('result: [], reslut: 1'),
      evidence('result: []').replace('Get-SPOTenant', 'Get-SPOTenant -All'),
    ],
  },
] as const;

describe.each(cases)('$file', ({ file, compiled, accepted, refused }) => {
  const read = published(file);

  it.each(accepted)('accepts %s', (text) => {
    expect([read(parse(text)), compiled(parse(text))]).toEqual([true, true]);
  });
  it.each(refused)('refuses %s', (text) => {
    expect([read(parse(text)), compiled(parse(text))]).toEqual([false, false]);
  });
});
