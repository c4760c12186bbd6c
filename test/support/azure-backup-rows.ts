/** A role at a place: `disk`, `rg-snapshots`, … of the row's own resources. */
export type RowGrant = readonly [role: string, place: string];

/** What is to be found of a fault: the rule that tells it; the subject and the scope are the grant's. */
export interface RowFault {
  readonly grant: RowGrant;
  readonly rule: string;
}

/** One row of the table of workloads in the reference on Azure Backup. */
export interface BackupRow {
  readonly title: string;
  readonly workload: string;
  /** Whose identity does the work: the vault's own, a user-assigned one of the vault, or the machine's. */
  readonly identity: 'system' | 'user' | 'machine';
  readonly vault: 'backup' | 'recovery';
  /** Places by purpose. */
  readonly scopes: Readonly<Record<string, readonly string[]>>;
  /** The least, as the row has it. */
  readonly least: readonly RowGrant[];
  /** One of the least that is taken away; or why nothing can be missing. */
  readonly missing: RowGrant | string;
  /** A grant that is too wide; it takes the place of `instead`, where that is said. */
  readonly wide: RowFault & { readonly instead?: RowGrant };
  /** A grant that a restore left behind; or why none can be told from a backup's. */
  readonly left: RowFault | string;
  /** Rule that speaks of the service itself, however well its vault is kept: the clean twin accepts it by an exception. */
  readonly stale?: string;
}

const noRole = "the vault's identity needs no role, so that none can be missing";
const blob = 'Storage Account Backup Contributor';
const blobData = 'Storage Blob Data Contributor';
const snapshot = 'Disk Snapshot Contributor';
const left = (role: string, place: string): RowFault => ({ grant: [role, place], rule: 'restore-role-left-behind' });
const wide = (role: string, place: string, rule: string, instead?: RowGrant) => ({
  grant: [role, place] as const,
  rule,
  ...(instead === undefined ? {} : { instead }),
});

const accounts = (
  title: string,
  workload: string,
  fault: RowFault | string,
  targets: readonly string[],
): BackupRow => ({
  title,
  workload,
  identity: 'system',
  vault: 'backup',
  scopes: { source: ['account', 'other-account'], ...(targets.length === 0 ? {} : { target: targets }) },
  least: [
    [blob, 'account'],
    [blob, 'other-account'],
  ],
  missing: [blob, 'other-account'],
  wide: wide(blob, 'rg-source', 'scope-too-wide', [blob, 'account']),
  left: fault,
});

const cluster = (title: string, more: Pick<BackupRow, 'wide'>): BackupRow => ({
  title,
  workload: 'azure-kubernetes',
  identity: 'system',
  vault: 'backup',
  scopes: {
    source: ['cluster'],
    snapshots: ['rg-snapshots'],
    staging: ['staging-account'],
    target: ['target-cluster'],
  },
  least: [
    ['Reader', 'cluster'],
    ['Reader', 'rg-snapshots'],
    [snapshot, 'rg-snapshots'],
  ],
  missing: ['Reader', 'cluster'],
  left: left('Reader', 'target-cluster'),
  ...more,
});

const database = (title: string, workload: string, role: string, more: Partial<BackupRow> = {}): BackupRow => ({
  title,
  workload,
  identity: 'system',
  vault: 'backup',
  scopes: { source: ['server'], target: ['target-account'] },
  least: [
    [role, 'server'],
    ['Reader', 'rg-source'],
  ],
  missing: [role, 'server'],
  wide: wide('Reader', 'subscription', 'scope-too-wide', ['Reader', 'rg-source']),
  left: left(blobData, 'target-account'),
  ...more,
});

const machines = (title: string, workload: string, more: Pick<BackupRow, 'wide' | 'left'>): BackupRow => ({
  title,
  workload,
  identity: 'system',
  vault: 'recovery',
  scopes: { source: ['machine'], staging: ['staging-account'], target: ['rg-target'] },
  least: [],
  missing: noRole,
  ...more,
});

/** The 18 rows, in their order. */
export const backupRows: readonly BackupRow[] = [
  {
    title: 'Azure Disk',
    workload: 'azure-disk',
    identity: 'system',
    vault: 'backup',
    scopes: { source: ['disk'], snapshots: ['rg-snapshots'], target: ['rg-target'] },
    least: [
      ['Disk Backup Reader', 'disk'],
      [snapshot, 'rg-snapshots'],
    ],
    missing: [snapshot, 'rg-snapshots'],
    wide: wide('Disk Backup Reader', 'rg-source', 'scope-too-wide', ['Disk Backup Reader', 'disk']),
    left: left('Disk Restore Operator', 'rg-target'),
  },
  accounts('Blob, operational', 'azure-blob', 'a restore writes to the account itself, by the role of the backup', []),
  accounts('Blob, vaulted', 'azure-blob', left(blob, 'target-account'), ['target-account']),
  accounts('Data Lake Storage', 'azure-data-lake', left(blob, 'target-account'), ['target-account']),
  {
    ...accounts('Azure Files', 'azure-files', left('Storage File Restore Contributor', 'target-account'), [
      'target-account',
    ]),
    vault: 'recovery',
    least: [
      ['Storage File Backup Contributor', 'account'],
      ['Storage File Backup Contributor', 'other-account'],
    ],
    missing: ['Storage File Backup Contributor', 'other-account'],
    wide: wide('Storage Account Contributor', 'account', 'privileged-azure-role', [
      'Storage File Backup Contributor',
      'account',
    ]),
  },
  cluster('Kubernetes, operational', { wide: wide('Contributor', 'rg-snapshots', 'privileged-azure-role') }),
  cluster('Kubernetes, vault tier', { wide: wide(blobData, 'rg-staging', 'scope-too-wide') }),
  database(
    'PostgreSQL flexible server',
    'azure-postgresql-flexible',
    'PostgreSQL Flexible Server Long Term Retention Backup Role',
  ),
  database('PostgreSQL single server', 'azure-postgresql-single', 'Reader', {
    scopes: { source: ['server'], key: ['secret'], target: ['target-server'] },
    least: [
      ['Reader', 'server'],
      ['Key Vault Secrets User', 'secret'],
    ],
    missing: ['Reader', 'server'],
    wide: wide('Key Vault Secrets Officer', 'secret', 'role-wider-than-needed', ['Key Vault Secrets User', 'secret']),
    left: left('Reader', 'target-server'),
    stale: 'retired-api',
  }),
  database('MySQL flexible server', 'azure-mysql-flexible', 'MySQL Backup And Export Operator'),
  {
    title: 'Elastic SAN',
    workload: 'azure-elastic-san',
    identity: 'system',
    vault: 'backup',
    scopes: { source: ['san'], snapshots: ['rg-snapshots'], target: ['target-san'] },
    least: [
      ['Elastic SAN Snapshot Exporter', 'san'],
      [snapshot, 'rg-snapshots'],
    ],
    missing: [snapshot, 'rg-snapshots'],
    wide: wide('Elastic SAN Snapshot Exporter', 'rg-source', 'scope-too-wide', [
      'Elastic SAN Snapshot Exporter',
      'san',
    ]),
    left: left('Elastic SAN Volume Importer', 'target-san'),
  },
  database('Cosmos DB', 'azure-cosmos-db', 'Cosmos DB Long Term Retention Backup Role', {
    scopes: { source: ['cosmos'], target: ['target-cosmos'] },
    least: [
      ['Cosmos DB Long Term Retention Backup Role', 'cosmos'],
      ['Reader', 'rg-source'],
    ],
    missing: ['Reader', 'rg-source'],
    wide: wide('Cosmos DB Operator', 'cosmos', 'privileged-azure-role', [
      'Cosmos DB Long Term Retention Backup Role',
      'cosmos',
    ]),
    left: left('Cosmos DB Long Term Retention Restore Role', 'target-cosmos'),
  }),
  machines('Azure VM', 'azure-vm', {
    wide: wide('Virtual Machine Contributor', 'rg-source', 'privileged-azure-role'),
    left: left('VM Restore Operator', 'rg-target'),
  }),
  machines('Azure VM, restored through a staging account', 'azure-vm', {
    wide: wide(blobData, 'rg-staging', 'scope-too-wide'),
    left: left(blobData, 'staging-account'),
  }),
  machines('SAP HANA stream', 'sap-hana-stream', {
    wide: wide('Virtual Machine Contributor', 'machine', 'privileged-azure-role'),
    left: left('Disk Restore Operator', 'rg-target'),
  }),
  {
    title: 'SAP HANA snapshot',
    workload: 'sap-hana-snapshot',
    identity: 'machine',
    vault: 'recovery',
    scopes: { source: ['disk'], snapshots: ['rg-snapshots'], target: ['rg-target'] },
    least: [
      ['Disk Backup Reader', 'disk'],
      [snapshot, 'rg-snapshots'],
    ],
    missing: [snapshot, 'rg-snapshots'],
    wide: wide('Disk Backup Reader', 'rg-source', 'scope-too-wide', ['Disk Backup Reader', 'disk']),
    left: left('Disk Restore Operator', 'rg-target'),
  },
  machines('SQL Server stream', 'sql-in-vm-stream', {
    wide: wide('Contributor', 'machine', 'privileged-azure-role'),
    left: left('Disk Restore Operator', 'rg-target'),
  }),
  {
    title: 'SQL Server snapshot',
    workload: 'sql-in-vm-snapshot',
    identity: 'user',
    vault: 'recovery',
    scopes: { source: ['rg-source'], snapshots: ['rg-snapshots'], target: ['rg-target'] },
    least: [
      ['Azure Backup Snapshot Contributor', 'rg-source'],
      ['Azure Backup Snapshot Contributor', 'rg-snapshots'],
    ],
    missing: ['Azure Backup Snapshot Contributor', 'rg-snapshots'],
    wide: wide('Contributor', 'rg-source', 'privileged-azure-role', ['Azure Backup Snapshot Contributor', 'rg-source']),
    left: left('Azure Backup Snapshot Contributor', 'rg-target'),
  },
];
