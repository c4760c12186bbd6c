import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/adapters/hash.ts';
import { makePlanFile } from '../../src/app/plan-file.ts';
import { type ApplyFlags, applyCommand } from '../../src/commands/apply.ts';
import { renderPlanFile } from '../../src/core/plan-file.ts';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { UsageError } from '../../src/options.ts';
import { runCheck } from '../../src/run-check.ts';
import { fleet, fleetPolicies } from '../support/fleet.ts';
import { optionsOn, serve, temporaryFolder, writePolicies } from '../support/rig.ts';

const tenant = fleet(1, 0);
const [caller] = tenant.callers ?? [];
const other = '7d1c0f5e-0000-4000-8000-00000000000b';
const policies = writePolicies(fleetPolicies(1));
let emulator: Emulator;
beforeAll(async () => {
  emulator = await serve(tenant);
});
afterAll(() => emulator.close());

describe('sign-in', () => {
  const configured = (id: string): string => {
    const file = join(temporaryFolder(), 'backup-access.yaml');
    const text = `apiVersion: backup-access/v1\nkind: BackupAccessConfig\ntenants:\n  contoso: { tenantId: "${id}" }\n`;
    writeFileSync(file, text);
    return file;
  };
  const signIn = () => ({
    tenantId: tenant.tenantId,
    clientId: caller?.appId ?? '',
    by: { type: 'secret' as const, secret: caller?.secret ?? '' },
  });
  const check = (id: string) =>
    runCheck(optionsOn(emulator, policies, { config: configured(id) }), { signIn, progress: () => undefined });

  it('C04: that led to another tenant than the configuration names reads nothing', async () => {
    const before = emulator.requests().length;
    await expect(check(other)).rejects.toThrow(
      new UsageError(`signed in to tenant ${tenant.tenantId}, but ${other} is meant: nothing was read`),
    );
    const asked = emulator.requests().slice(before);
    expect(asked.filter(({ api }) => api === 'graph' || api === 'resourceManager')).toEqual([]);
  });

  it('to the tenant of the configuration reads it', async () => {
    expect((await check(tenant.tenantId)).tenant?.id).toBe(tenant.tenantId);
  });
});

describe('C06: what else stands in the environment', () => {
  it('is no way to sign in for the Action: only the commands of a terminal look there', () => {
    const from = (pattern: RegExp) =>
      globSync('src/**/*.ts').filter((file) => pattern.test(readFileSync(file, 'utf8')));
    expect(from(/AZURE_CLIENT_SECRET|AZURE_CLIENT_CERTIFICATE_PATH|AzureCliCredential|DefaultAzureCredential/)).toEqual(
      expect.arrayContaining(['src/commands/sign-in-from-environment.ts']),
    );
    const users = from(/sign-in-from-environment/);
    expect(users.length).toBeGreaterThan(0);
    expect(users.filter((file) => !file.startsWith('src/commands/'))).toEqual([]);
    expect(from(/DefaultAzureCredential|ChainedTokenCredential|EnvironmentCredential/)).toEqual([]);
  });
});

describe('C08: `apply` as a person', () => {
  const kept = { ...process.env };
  afterEach(() => {
    process.env = { ...kept };
  });
  const run = async (): Promise<string> => {
    const file = join(temporaryFolder(), 'plan.json');
    const plan = makePlanFile({
      ...{ purpose: 'apply', tenant: tenant.tenantId, policies: [], steps: [], toolVersion: '0.1.0' },
      ...{ now: new Date(), hash: sha256 },
    });
    writeFileSync(file, renderPlanFile(plan));
    const flags: ApplyFlags = {
      ...{ plan: file, approved: plan.digest, journals: temporaryFolder(), emit: null, dryRun: false, asUser: false },
    };
    return applyCommand(optionsOn(emulator, policies), flags, []).then(
      (code) => `ended with ${code}`,
      (error: unknown) => (error instanceof Error ? error.message : 'no error'),
    );
  };

  it('is refused without a word that it is meant, before anybody is asked', async () => {
    for (const name of Object.keys(process.env).filter((one) => one.startsWith('AZURE_'))) delete process.env[name];
    const before = emulator.requests().length;
    expect(await run()).toBe(
      'nobody but the apply identity writes: set AZURE_CLIENT_ID with AZURE_CLIENT_SECRET, AZURE_CLIENT_CERTIFICATE_PATH or AZURE_FEDERATED_TOKEN_FILE, or give --as-user to write as whom `az login` says you are',
    );
    expect(emulator.requests()).toHaveLength(before);
  });

  it('is none where an identity of its own signs in', async () => {
    process.env['AZURE_TENANT_ID'] = tenant.tenantId;
    process.env['AZURE_CLIENT_ID'] = caller?.appId ?? '';
    process.env['AZURE_CLIENT_SECRET'] = caller?.secret ?? '';
    expect(await run()).toMatch(/^ended with \d$/);
  });
});
