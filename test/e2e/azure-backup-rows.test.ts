import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/core/report.ts';
import { sameArmId } from '../../src/core/scope.ts';
import { backupRows } from '../support/azure-backup-rows.ts';
import { identityIn, placeIn, rowPolicy, rowsTenant } from '../support/azure-backup-tenant.ts';
import { checkOn, serve, writePolicies } from '../support/rig.ts';

const numbered = backupRows.map((row, number) => ({ row, number, title: row.title }));

const checkRows = async (faulty: boolean, access: string): Promise<Report> => {
  const tenant = rowsTenant(backupRows, faulty);
  const emulator = await serve(tenant);
  try {
    const files = numbered.map(({ row, number }) => [`row-${number}.yaml`, rowPolicy(row, number, access)] as const);
    return await checkOn(emulator, tenant, writePolicies(Object.fromEntries(files)), { patience: 60_000 });
  } finally {
    await emulator.close();
  }
};

describe.each([
  ['policies that leave access open', ''],
  ['policies that ask for the least', '  access: minimal\n'],
])('the rows of Azure Backup under %s', (_, access) => {
  let faulty: Report;
  let clean: Report;
  beforeAll(async () => {
    faulty = await checkRows(true, access);
    clean = await checkRows(false, access);
  }, 120_000);

  const isFound = (number: number, rule: string, [subject, place]: readonly [string, string]): boolean =>
    faulty.findings.some(
      (finding) =>
        finding.rule === rule &&
        finding.policy === `row-${number}` &&
        sameArmId(finding.identity, identityIn(number, backupRows[number] as (typeof backupRows)[number])) &&
        finding.subject === subject &&
        sameArmId(finding.scope ?? '', placeIn(number, place)),
    );

  it('are 18, read whole', () => {
    expect(backupRows).toHaveLength(18);
    expect(faulty.coverage.filter(({ state }) => state === 'gap')).toEqual([]);
    expect(faulty.exitCode).toBe(1);
  });

  it.each(numbered)('$title: its three faults are told', ({ row, number }) => {
    const { missing, wide, left } = row;
    if (typeof missing !== 'string') expect(isFound(number, 'missing-for-workload', missing), 'missing').toBe(true);
    expect(isFound(number, wide.rule, wide.grant), 'too wide').toBe(true);
    if (typeof left !== 'string') expect(isFound(number, left.rule, left.grant), 'left behind').toBe(true);
  });

  it.each(numbered)('$title: the clean twin has no finding', ({ row, number }) => {
    const own = clean.findings.filter(({ policy }) => policy === `row-${number}`);
    expect(own.filter(({ exception }) => exception === null).map(({ message }) => message)).toEqual([]);
    expect(own.map(({ rule }) => rule)).toEqual(row.stale === undefined ? [] : [row.stale]);
  });

  it('clean twins end with 0, without drift and without gaps', () => {
    expect(clean.drift).toEqual([]);
    expect(clean.coverage.filter(({ state }) => state === 'gap')).toEqual([]);
    expect(clean.exitCode).toBe(0);
  });
});
