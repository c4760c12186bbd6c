import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSnapshot } from '../../src/adapters/snapshot-file.ts';
import { redactSnapshot } from '../../src/app/redact-snapshot.ts';
import type { Report } from '../../src/core/report.ts';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { loadTenantFile } from '../../src/emulator/tenant-file.ts';
import { renderJson } from '../../src/report/render-json.ts';
import { checkOn, serve, snapshotOn, temporaryFolder } from '../support/rig.ts';

const examples = [
  { example: 'contoso', policies: 'policies' },
  { example: 'least-privilege', policies: 'examples/least-privilege/policies' },
];

/** The report as a file, without what tells how the tenant was seen. */
const text = (report: Report): string =>
  renderJson({ ...report, source: 'snapshot', requests: { graph: 0, resourceManager: 0, token: 0 } });

describe.each(examples)('$example', ({ example, policies }) => {
  const folder = `examples/${example}`;
  const tenant = loadTenantFile(`${folder}/tenant.yaml`);
  const options = { config: `${folder}/backup-access.yaml`, evidence: `${folder}/evidence` };
  const file = join(temporaryFolder(), 'tenant.json');
  const redacted = join(temporaryFolder(), 'redacted.json');
  let emulator: Emulator;
  let live: Report;
  const replay = (snapshot: string) => checkOn(emulator, tenant, policies, { ...options, evidence: null, snapshot });

  beforeAll(async () => {
    emulator = await serve(tenant);
    live = await checkOn(emulator, tenant, policies, options);
    const snapshot = await snapshotOn(emulator, tenant, policies, options);
    await writeSnapshot(file, snapshot);
    await writeSnapshot(redacted, redactSnapshot(snapshot));
  }, 60_000);
  afterAll(() => emulator.close());

  it('is told by its snapshot byte for byte as live, without evidence at hand', async () => {
    expect(text(await replay(file))).toBe(text(live));
  });

  it('has no secret of the tenant file in its snapshot', () => {
    const saved = readFileSync(file, 'utf8');
    for (const { secret } of tenant.callers ?? []) expect(saved).not.toContain(secret);
    expect(saved).not.toMatch(/secretText|hint|eyJ[\w-]{10,}\./);
  });

  it('gives the same findings, redacted', async () => {
    const { findings } = await replay(redacted);
    const key = ({ rule, severity, identity }: Report['findings'][number]) => `${severity} ${rule} ${identity}`;
    expect(findings.map(key).toSorted()).toEqual(live.findings.map(key).toSorted());
  });
});
