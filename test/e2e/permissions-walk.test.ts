import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { permissionsFor } from '../../src/app/permissions-for.ts';
import type { RequiredPermission } from '../../src/core/permission-list.ts';
import { loadTenantFile } from '../../src/emulator/tenant-file.ts';
import type { TenantState } from '../../src/emulator/tenant-state.ts';
import { kinds } from '../../src/kinds/index.ts';
import { loadFiles } from '../../src/load-files.ts';
import { fleet } from '../support/fleet.ts';
import { asOf, checkOn, serve, temporaryFolder, writePolicies } from '../support/rig.ts';

/** Policies, and the tenant that they are about. */
interface World {
  readonly name: string;
  readonly policies: string;
  readonly config: string | null;
  readonly evidence: string | null;
  readonly tenant: TenantState;
}

const example = 'examples/least-privilege';
const keyVault =
  '/subscriptions/f0000000-0000-4000-8000-000000000001/resourceGroups/rg-0/providers/Microsoft.KeyVault/vaults/kv';
const site = 'https://contoso.sharepoint.com/sites/finance';
const small = fleet(1, 0);

/** Everything that a policy can ask for and that the example's policies don't. */
const rest = `apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata: { name: rest, owner: backup-team@contoso.example }
spec:
  identities: [{ appId: "a0000000-0000-4000-8000-000000000000" }]
  access:
    directoryRoles: [{ role: Reports Reader, eligible: true }]
    exchangeRoles: []
    siteGrants: [{ site: "${site}", role: read }]
    keyVaultAccess: [{ vault: "${keyVault}", permissions: { keys: [get] } }]
    groups: []
  tenantSettings:
    sharepoint.legacyAuthProtocols: disabled
    entra.userConsent: disabled
    entra.adminConsentRequests: enabled
  mustNotExist: [{ userPrincipalName: backupadmin@contoso.example }]
`;

const worlds: readonly World[] = [
  {
    name: 'four products',
    policies: `${example}/policies`,
    config: `${example}/backup-access.yaml`,
    evidence: `${example}/evidence`,
    tenant: loadTenantFile(`${example}/tenant.yaml`),
  },
  {
    name: 'what else can be asked for',
    policies: writePolicies({ 'rest.yaml': rest }),
    config: null,
    evidence: null,
    tenant: {
      ...small,
      graph: { ...small.graph, sites: [{ id: 'contoso.sharepoint.com,finance,1', webUrl: site, permissions: [] }] },
      arm: {
        ...small.arm,
        resources: [
          {
            id: keyVault,
            name: 'kv',
            type: 'Microsoft.KeyVault/vaults',
            location: 'westeurope',
            properties: { tenantId: small.tenantId, accessPolicies: [] },
          },
        ],
      },
    },
  },
];

const isGraph = ({ api }: RequiredPermission) => api === 'graph';
const isAzure = ({ api }: RequiredPermission) => api === 'azure';

describe.each(worlds)('the permissions that the program asks for: $name', async (world) => {
  const loaded = await loadFiles({ ...world, asOf });
  const subscriptions = loaded.config.tenants[0]?.subscriptions ?? [];
  const { required } = permissionsFor(loaded.policies, subscriptions, kinds, 'check');

  /** The tenant, with a reader that holds these and nothing else. */
  const heldBy = (held: readonly RequiredPermission[]): TenantState => ({
    ...world.tenant,
    callers: [
      {
        appId: 'c8888888-0000-4000-8000-000000000000',
        secret: 'walk',
        roles: held.filter(isGraph).map(({ name }) => name),
        armRoles: held.filter(isAzure).map(({ name, scope }) => ({ role: name, scope: scope ?? '' })),
      },
    ],
  });

  /** The evidence of these commands, and of no other. */
  const evidenceOf = (held: readonly RequiredPermission[]): string | null => {
    if (world.evidence === null) return null;
    const folder = join(temporaryFolder(), 'evidence');
    cpSync(world.evidence, folder, { recursive: true });
    const kept = new Set(held.filter(({ api }) => api === 'evidence').map(({ name }) => name));
    for (const { command, file } of loaded.evidence)
      if (!kept.has(command)) rmSync(join(folder, file.split('/').at(-1) ?? ''));
    return folder;
  };

  const gapsWith = async (held: readonly RequiredPermission[]): Promise<readonly string[]> => {
    const state = heldBy(held);
    const emulator = await serve(state);
    try {
      const { config, policies } = world;
      const report = await checkOn(emulator, state, policies, { config, evidence: evidenceOf(held) });
      expect(report.diagnostics).toEqual([]);
      return [...new Set(report.coverage.filter(({ state: found }) => found === 'gap').map(({ kind }) => kind))].sort();
    } finally {
      await emulator.close();
    }
  };

  let whole: readonly string[] = ['not run'];
  beforeAll(async () => {
    whole = await gapsWith(required);
  });

  it('are enough: with all of them nothing is left unread', () => {
    expect(whole).toEqual([]);
  });

  it.each(required.map((one) => ({ name: `${one.name} ${one.scope ?? ''}`, one })))(
    'are not too many: without $name, what states it is unread and nothing else',
    async ({ one }) => {
      expect(one.kinds.length).toBeGreaterThan(0);
      expect(await gapsWith(required.filter((other) => other !== one))).toEqual([...one.kinds].sort());
    },
  );
});
