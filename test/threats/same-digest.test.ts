import { afterEach, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator/start-emulator.ts';
import { knownToEmulator } from '../../src/known-to-emulator.ts';
import { fleet, fleetPolicies } from '../support/fleet.ts';
import { checkOn, writePolicies } from '../support/rig.ts';

const tenant = fleet(3, 0);
const policies = writePolicies(
  Object.fromEntries(
    Object.entries(fleetPolicies(3)).map(([name, text]) => [
      name,
      text.replace('spec:', 'spec:\n  enforcement: authoritative').replace('[Sites.Read.All]', '[Files.Read.All]'),
    ]),
  ),
);

/** The plan of a tenant that is served in pages of this size, by a program that is here and today. */
const planOf = async (pageSize: number, timeZone: string, asOf: string, reverse = false) => {
  process.env['TZ'] = timeZone;
  const graph = tenant.graph ?? {};
  const turned = { ...tenant, graph: { ...graph, appRoleAssignments: (graph.appRoleAssignments ?? []).toReversed() } };
  const emulator = await startEmulator({ tenant: reverse ? turned : tenant, pageSize, ...knownToEmulator() });
  try {
    return (await checkOn(emulator, tenant, policies, { rules: [], asOf: new Date(asOf) })).plan;
  } finally {
    await emulator.close();
  }
};

describe('A19: one plan has one digest', () => {
  const zone = process.env['TZ'];
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  it('whatever the size and order of pages, the time zone and the day', async () => {
    const first = await planOf(100, 'UTC', '2026-11-22');
    expect(first.steps).toHaveLength(3);
    const others = [
      await planOf(1, 'Pacific/Kiritimati', '2026-11-23'),
      await planOf(2, 'America/Anchorage', '2027-02-28', true),
    ];
    for (const { digest, steps } of others) {
      expect(digest).toBe(first.digest);
      expect(steps.map(({ id }) => id)).toEqual(first.steps.map(({ id }) => id));
    }
  });
});
