import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { permissionsFor } from '../../src/app/permissions-for.ts';
import type { PermissionList, RequiredPermission } from '../../src/core/permission-list.ts';
import { loadTenantFile } from '../../src/emulator/tenant-file.ts';
import type { TenantState } from '../../src/emulator/tenant-state.ts';
import { kinds } from '../../src/kinds/index.ts';
import { loadFiles } from '../../src/load-files.ts';
import { asOf, checkOn, serve, temporaryFolder } from '../support/rig.ts';

const example = 'examples/least-privilege';
const files = {
  policies: `${example}/policies`,
  config: `${example}/backup-access.yaml`,
  evidence: `${example}/evidence`,
};
const loaded = await loadFiles({ ...files, asOf });
const subscriptions = loaded.config.tenants[0]?.subscriptions ?? [];
const list: PermissionList = permissionsFor(loaded.policies, subscriptions, kinds, 'check');
const tenant = loadTenantFile(`${example}/tenant.yaml`);

const isGraph = ({ api }: RequiredPermission) => api === 'graph';
const isAzure = ({ api }: RequiredPermission) => api === 'azure';

/** The tenant, with a reader that holds these and nothing else. */
const heldBy = (held: readonly RequiredPermission[]): TenantState => ({
  ...tenant,
  callers: [
    {
      appId: 'c9999999-0000-4000-8000-000000000000',
      secret: 'walk',
      roles: held.filter(isGraph).map(({ name }) => name),
      armRoles: held.filter(isAzure).map(({ name, scope }) => ({ role: name, scope: scope ?? '' })),
    },
  ],
});

/** The evidence of these commands, and of no other. */
const evidenceOf = (held: readonly RequiredPermission[]): string => {
  const folder = join(temporaryFolder(), 'evidence');
  cpSync(files.evidence, folder, { recursive: true });
  const kept = new Set(held.filter(({ api }) => api === 'evidence').map(({ name }) => name));
  for (const { command, file } of loaded.evidence)
    if (!kept.has(command)) rmSync(join(folder, file.split('/').at(-1) ?? ''));
  return folder;
};

const gapsWith = async (held: readonly RequiredPermission[]): Promise<readonly string[]> => {
  const state = heldBy(held);
  const emulator = await serve(state);
  try {
    const report = await checkOn(emulator, state, files.policies, { config: files.config, evidence: evidenceOf(held) });
    return [...new Set(report.coverage.filter(({ state: found }) => found === 'gap').map(({ kind }) => kind))].sort();
  } finally {
    await emulator.close();
  }
};

describe('the permissions that the program asks for', () => {
  let whole: readonly string[] = ['not run'];
  beforeAll(async () => {
    whole = await gapsWith(list.required);
  });

  it('are enough: with all of them nothing is left unread', () => {
    expect(whole).toEqual([]);
  });

  it.each(list.required.map((one) => ({ name: `${one.name} ${one.scope ?? ''}`, one })))(
    'are not too many: without $name, what states it is unread and nothing else',
    async ({ one }) => {
      expect(one.kinds.length).toBeGreaterThan(0);
      expect(await gapsWith(list.required.filter((other) => other !== one))).toEqual([...one.kinds].sort());
    },
  );
});
