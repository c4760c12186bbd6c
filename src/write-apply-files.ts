import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from './adapters/hash.ts';
import { writeSnapshot } from './adapters/snapshot-file.ts';
import { makePlanFile } from './app/plan-file.ts';
import type { ApplyOutcome } from './apply-report.ts';
import { renderPlanFile } from './core/plan-file.ts';
import { version } from './version.ts';

/** Writes what an audit needs beside the report and the journal: the plan, and what the tenant held before and after. */
export const writeApplyFiles = async ({ report, before, after }: ApplyOutcome, folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const { tenant, plan, asOf } = report;
  if (tenant !== null) {
    const { steps, policies = [] } = plan;
    const source = { purpose: 'apply' as const, tenant: tenant.id, policies, steps, toolVersion: version };
    const file = makePlanFile({ ...source, now: new Date(asOf), hash: sha256 });
    await writeFile(join(folder, 'plan.json'), renderPlanFile(file));
  }
  if (before !== null) await writeSnapshot(join(folder, 'before.json'), before);
  if (after !== null) await writeSnapshot(join(folder, 'after.json'), after);
};
