import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changedFact } from '../../src/core/change.ts';
import type { Report } from '../../src/core/report.ts';
import { loadTenantFile } from '../../src/emulator/tenant-file.ts';
import { checkOn, serve } from '../support/rig.ts';

const folder = join(import.meta.dirname, '../../../shared/acceptance');
const isThere = existsSync(folder);

/** One line of an answer key: a thing that must, or must not, be reported. */
interface Entry {
  readonly identity: string;
  readonly subject: string;
  readonly acceptsIdentity?: readonly string[];
  readonly accepts?: readonly string[];
  readonly api?: string;
  readonly scope?: string;
  readonly cause?: string;
}

const isOne = (found: string, first: string, others: readonly string[] = []): boolean =>
  [first, ...others].some((one) => one.toLowerCase() === found.toLowerCase());
const fits = (found: { identity: string; subject: string; api?: string | null }, entry: Entry): boolean =>
  isOne(found.identity, entry.identity, entry.acceptsIdentity) &&
  isOne(found.subject, entry.subject, entry.accepts) &&
  (entry.api === undefined || found.api == null || isOne(found.api, entry.api));

const checkCase = async (name: string): Promise<Report> => {
  const tenant = loadTenantFile(join(folder, name, 'tenant.json'));
  const emulator = await serve(tenant);
  try {
    return await checkOn(emulator, tenant, join(folder, name, 'policies'), {
      evidence: join(folder, name, 'evidence'),
    });
  } finally {
    await emulator.close();
  }
};

describe.skipIf(!isThere)('tenants with an answer key (skipped where the keys are not there)', () => {
  it.each(['vplus-as-documented', 'hubstor-as-documented', 'hubstor-least'])('%s', async (name) => {
    const key = JSON.parse(readFileSync(join(folder, name, 'key.json'), 'utf8')) as {
      readonly expected?: readonly Entry[];
      readonly drift?: readonly Entry[];
      readonly exitCode: readonly number[] | number;
    };
    const { findings, drift, coverage, exitCode, diagnostics } = await checkCase(name);
    expect(diagnostics).toEqual([]);
    expect(coverage.filter(({ state }) => state === 'gap')).toEqual([]);
    expect([key.exitCode].flat()).toContain(exitCode);
    expect((key.expected ?? []).filter((entry) => !findings.some((finding) => fits(finding, entry)))).toEqual([]);
    const drifted = drift.map(({ change }) => ({ ...changedFact(change), cause: change.cause }));
    expect(
      (key.drift ?? []).filter((entry) => !drifted.some((found) => found.cause === entry.cause && fits(found, entry))),
    ).toEqual([]);
  });
});
