import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../src/core/report.ts';
import type { Snapshot } from '../../src/core/snapshot.ts';
import type { FaultScript } from '../../src/emulator/faults.ts';
import type { RequestLogLine } from '../../src/emulator/request-log.ts';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import type { TenantState } from '../../src/emulator/tenant-state.ts';
import { writeCloudFile } from '../../src/emulator/write-cloud-file.ts';
import { knownToEmulator } from '../../src/known-to-emulator.ts';
import { loadFiles } from '../../src/load-files.ts';
import type { CheckOptions } from '../../src/options.ts';
import { chooseTenant, type RunContext, readLive, runCheck } from '../../src/run-check.ts';
import { runScan } from '../../src/run-scan.ts';

/** The day on which tests judge. */
export const asOf = new Date('2026-11-22T00:00:00Z');

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'backup-access-guard-test-'));

/** Writes policy files into a folder of their own and returns it. */
export const writePolicies = (files: Readonly<Record<string, string>>): string => {
  const folder = join(temporaryFolder(), 'policies');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};

export const serve = (tenant: TenantState, faults: FaultScript = []): Promise<Emulator> =>
  startEmulator({ tenant, faults, ...knownToEmulator() });

type Options = Partial<CheckOptions> & Pick<RunContext, 'patience' | 'rules' | 'base'>;

/** Options of a run on a served tenant. */
export const optionsOn = (emulator: Emulator, policies: string, more: Partial<CheckOptions> = {}): CheckOptions => ({
  policies,
  config: null,
  tenant: null,
  cloud: writeCloudFile(emulator, temporaryFolder()),
  snapshot: null,
  evidence: null,
  failOn: 'medium',
  asOf,
  failOnDrift: false,
  live: true,
  ...more,
});

/** What a run against a served tenant is called with, as the tenant's first caller. */
const callOn = (emulator: Emulator, tenant: TenantState, policies: string, options: Options) => {
  const [caller] = tenant.callers ?? [];
  const { patience = 5_000, rules, base, ...rest } = options;
  const judged = { ...(rules === undefined ? {} : { rules }), ...(base === undefined ? {} : { base }) };
  const by = { type: 'secret' as const, secret: caller?.secret ?? '' };
  const signIn = () => ({ tenantId: tenant.tenantId, clientId: caller?.appId ?? '', by });
  return [optionsOn(emulator, policies, rest), { signIn, progress: () => undefined, patience, ...judged }] as const;
};

/** Checks policies against a served tenant through the real SDKs, as its first caller. */
export const checkOn = (
  emulator: Emulator,
  tenant: TenantState,
  policies: string,
  options: Options = {},
): Promise<Report> => runCheck(...callOn(emulator, tenant, policies, options));

/** The same, with whoever looks like backup software and has no policy. */
export const scanOn = (
  emulator: Emulator,
  tenant: TenantState,
  policies: string,
  options: Options = {},
): Promise<Report> => runScan(...callOn(emulator, tenant, policies, options));

/** What a served tenant holds for policies, as `snapshot` saves it. */
export const snapshotOn = async (
  emulator: Emulator,
  tenant: TenantState,
  policies: string,
  options: Options = {},
): Promise<Snapshot> => {
  const [whole, context] = callOn(emulator, tenant, policies, options);
  const files = await loadFiles(whole);
  const { snapshot } = await readLive(files, chooseTenant(files, null), whole, context);
  if (snapshot === null) throw new Error('nothing was read');
  return snapshot;
};

/** HTTP requests of a log, without those that travelled inside a batch. */
export const httpRequests = (log: readonly RequestLogLine[]): readonly RequestLogLine[] =>
  log.filter(({ batch }) => batch === null);
