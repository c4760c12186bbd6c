import { account, azureRole, disk, group, subscription, vault } from '../support/facts.ts';
import type { Cases, CorpusCase } from './corpus-case.ts';
import { elevation, protect, type WrittenRole } from './policy-text.ts';

const inGroup = (type: string, name: string, within = 'rg-app'): string => `${group(within)}/providers/${type}/${name}`;
const snapshots = group('rg-snapshots');
const target = group('rg-restore');
const vaultIdentity = `{ vault: ${vault()}, managedIdentity: system }`;
/** Database servers ask Reader on the resource group around them. */
const around = group('rg-app');

/** A data source of Azure Backup, by the roles that Microsoft's pages and manifests give the vault's identity. */
interface Source {
  readonly scopes: Readonly<Record<string, readonly string[]>>;
  readonly least: readonly WrittenRole[];
  /** The role that only a restore takes, where it belongs. */
  readonly restore?: WrittenRole;
  /** Of the least roles, one that the page gives on the resource, on the whole subscription: what is said then. */
  readonly wide?: readonly [role: string, narrow: string, expect: readonly string[]];
}

const server = inGroup('Microsoft.DBforPostgreSQL/flexibleServers', 'pg-1');
const mysql = inGroup('Microsoft.DBforMySQL/flexibleServers', 'my-1');
const san = inGroup('Microsoft.ElasticSan/elasticSans', 'san-1');
const cosmos = inGroup('Microsoft.DocumentDB/databaseAccounts', 'cosmos-1');
const cluster = inGroup('Microsoft.ContainerService/managedClusters', 'aks-1');
const kept = account('sttarget', 'rg-restore');
const accountRole = 'Storage Account Backup Contributor';

const sources: Readonly<Record<string, Source>> = {
  'azure-disk': {
    scopes: { source: [disk('data1')], snapshots: [snapshots], target: [target] },
    least: [
      ['Disk Backup Reader', disk('data1')],
      ['Disk Snapshot Contributor', snapshots],
    ],
    restore: ['Disk Restore Operator', target],
    wide: ['Disk Backup Reader', disk('data1'), ['scope-too-wide · Disk Backup Reader · subscription']],
  },
  'azure-blob': {
    scopes: { source: [account('stdocs')], target: [kept] },
    least: [[accountRole, account('stdocs')]],
    restore: [accountRole, kept],
    wide: [
      accountRole,
      account('stdocs'),
      [`scope-too-wide · ${accountRole} · subscription`, `privileged-azure-role · ${accountRole} · subscription`],
    ],
  },
  'azure-data-lake': {
    scopes: { source: [account('stlake')], target: [kept] },
    least: [[accountRole, account('stlake')]],
    restore: [accountRole, kept],
  },
  'azure-files': {
    scopes: { source: [account('stfiles')], target: [kept] },
    least: [['Storage File Backup Contributor', account('stfiles')]],
    restore: ['Storage File Restore Contributor', kept],
  },
  'azure-kubernetes': {
    scopes: { source: [cluster], snapshots: [snapshots] },
    least: [
      ['Reader', cluster],
      ['Reader', snapshots],
      ['Disk Snapshot Contributor', snapshots],
    ],
    wide: [
      'Reader',
      cluster,
      ['scope-too-wide · Reader · subscription', 'redundant-permission · Reader · rg-snapshots'],
    ],
  },
  'azure-postgresql-flexible': {
    scopes: { source: [server], target: [kept] },
    least: [
      ['PostgreSQL Flexible Server Long Term Retention Backup Role', server],
      ['Reader', around],
    ],
    restore: ['Storage Blob Data Contributor', kept],
    wide: ['Reader', around, ['scope-too-wide · Reader · subscription']],
  },
  'azure-mysql-flexible': {
    scopes: { source: [mysql], target: [kept] },
    least: [
      ['MySQL Backup And Export Operator', mysql],
      ['Reader', around],
    ],
    restore: ['Storage Blob Data Contributor', kept],
  },
  'azure-elastic-san': {
    scopes: {
      source: [san],
      snapshots: [snapshots],
      target: [inGroup('Microsoft.ElasticSan/elasticSans', 'san-2', 'rg-restore')],
    },
    least: [
      ['Elastic SAN Snapshot Exporter', san],
      ['Disk Snapshot Contributor', snapshots],
    ],
    restore: ['Elastic SAN Volume Importer', inGroup('Microsoft.ElasticSan/elasticSans', 'san-2', 'rg-restore')],
  },
  'azure-cosmos-db': {
    scopes: { source: [cosmos], target: [inGroup('Microsoft.DocumentDB/databaseAccounts', 'cosmos-2', 'rg-restore')] },
    least: [
      ['Cosmos DB Long Term Retention Backup Role', cosmos],
      ['Reader', around],
    ],
    restore: [
      'Cosmos DB Long Term Retention Restore Role',
      inGroup('Microsoft.DocumentDB/databaseAccounts', 'cosmos-2', 'rg-restore'),
    ],
  },
};

const last = (scope: string): string => (scope === subscription ? 'subscription' : (scope.split('/').at(-1) ?? ''));

/** Azure takes ids in any case, and its own tools return them in several. */
const inOtherLetters = (scope: string): string =>
  scope.replace('/resourceGroups/', '/resourcegroups/').replace(/\/rg-[a-z]+/, (name) => name.toUpperCase());

const casesOf = ([workload, { scopes, least, restore, wide }]: readonly [string, Source]): (readonly [
  string,
  CorpusCase,
])[] => {
  const identities = [vaultIdentity];
  const backup = [protect(workload, 'backup', scopes)];
  const cases: (readonly [string, CorpusCase])[] = [
    [
      `${workload}: the least that its backup takes`,
      {
        policy: { product: 'azure-backup', identities, protects: backup, roles: least },
        tempts: ['privileged-azure-role', 'scope-too-wide', 'role-wider-than-needed', 'backup-and-delete'],
        expect: [],
      },
    ],
    [
      `${workload}: the least, on a fork's pull request`,
      {
        policy: { product: 'azure-backup', identities, protects: backup, roles: least },
        held: 'unseen',
        tempts: ['missing-for-workload', 'unneeded-vault-identity-role', 'unclaimed-vault-identity'],
        expect: [],
      },
    ],
    [
      `${workload}: the least, in the letters in which another tool writes ids`,
      {
        policy: {
          product: 'azure-backup',
          identities,
          protects: backup,
          roles: least.map(([role, scope]): WrittenRole => [role, inOtherLetters(scope)]),
        },
        tempts: ['missing-for-workload', 'scope-too-wide', 'vault-identity-reaches-unprotected', 'exceeds-workload'],
        expect: [],
      },
    ],
    [
      `${workload}: access computed`,
      {
        policy: { product: 'azure-backup', identities, protects: backup, access: 'minimal' },
        tempts: ['missing-for-workload', 'vault-identity-reaches-unprotected', 'unneeded-vault-identity-role'],
        expect: [],
      },
    ],
    ...least.map(([role, scope]): readonly [string, CorpusCase] => [
      `${workload}: without ${role} on ${last(scope)}`,
      {
        policy: { identities, protects: backup, roles: least.filter((one) => one[0] !== role || one[1] !== scope) },
        expect: [`missing-for-workload · ${role} · ${last(scope)}`],
      },
    ]),
  ];
  if (restore !== undefined) {
    const [role, scope] = restore;
    const expect = [`restore-role-left-behind · ${role} · ${last(scope)}`];
    cases.push(
      [
        `${workload}: ${role} left on the target`,
        {
          policy: { identities, protects: backup, roles: [...least, restore] },
          tempts: ['standing-restore-access', 'exceeds-workload', 'role-wider-than-needed'],
          expect,
        },
      ],
      [
        `${workload}: ${role} granted this morning for a declared restore`,
        {
          policy: {
            identities,
            protects: [protect(workload, 'backup', scopes, elevation('restore', 48))],
          },
          held: [
            ...least.map(([name, at]) => azureRole(name, at, { identity: vault(), created: '2026-03-01T00:00:00Z' })),
            azureRole(role, scope, { identity: vault(), created: '2026-11-21T06:00:00Z' }),
          ],
          tempts: ['restore-role-left-behind', 'standing-restore-access'],
          expect: [],
        },
      ],
    );
  }
  if (wide !== undefined) {
    const [role, narrow, expect] = wide;
    const roles = least.map((one): WrittenRole => (one[0] === role && one[1] === narrow ? [role, subscription] : one));
    cases.push([
      `${workload}: ${role} on the whole subscription`,
      {
        policy: { identities, protects: backup, roles },
        tempts: ['missing-for-workload', 'undeclared-access'],
        expect,
      },
    ]);
  }
  return cases;
};

/** Every data source of Azure Backup whose vault takes a role: at its least, without one, too wide, with a restore's. */
export const azureSources: Cases = Object.fromEntries(Object.entries(sources).flatMap(casesOf));
