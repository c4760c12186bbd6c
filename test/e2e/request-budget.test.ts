import { expect, it } from 'vitest';
import { fleet, fleetPolicies } from '../support/fleet.ts';
import { checkOn, httpRequests, serve, writePolicies } from '../support/rig.ts';

/** Requests that a check of `policies` policies makes in a tenant with `others` more service principals. */
const countRequests = async (policies: number, others: number): Promise<number> => {
  const tenant = fleet(policies, others);
  const emulator = await serve(tenant);
  try {
    // What is found is not the matter here.
    const report = await checkOn(emulator, tenant, writePolicies(fleetPolicies(policies)), { rules: [] });
    const log = httpRequests(emulator.requests());
    expect(report).toMatchObject({ conclusion: 'clean', exitCode: 0, diagnostics: [], drift: [] });
    expect(report.requests.graph + report.requests.resourceManager + report.requests.token).toBe(log.length);
    expect(emulator.requests().filter(({ write }) => write)).toEqual([]);
    return log.length;
  } finally {
    await emulator.close();
  }
};

const cases = [
  { policies: 1, others: 50, atMost: 7 },
  { policies: 50, others: 50, atMost: 18 },
];

it.each(cases)('$policies policies take at most $atMost requests', async ({ policies, others, atMost }) => {
  expect(await countRequests(policies, others)).toBeLessThanOrEqual(atMost);
});

it('takes the same requests in a tenant of 100,000 service principals', async () => {
  expect(await countRequests(1, 100_000)).toBe(await countRequests(1, 50));
  expect(await countRequests(50, 100_000)).toBe(await countRequests(50, 50));
}, 120_000);

it('takes one request more for a subscription that differs', async () => {
  const tenant = fleet(1, 0);
  const emulator = await serve({ ...tenant, arm: { ...tenant.arm, roleAssignments: [] } });
  try {
    const report = await checkOn(emulator, tenant, writePolicies(fleetPolicies(1)), { rules: [] });
    const paths = httpRequests(emulator.requests()).map(({ method, path }) => `${method} ${path.split('?')[0]}`);
    expect(paths.filter((path) => path.endsWith('/roleAssignments'))).toHaveLength(1);
    // Seven, and Azure's own word on that subscription.
    expect(paths.length).toBeLessThanOrEqual(8);
    expect(report.drift.map(({ change }) => change.cause)).toEqual(['missing']);
  } finally {
    await emulator.close();
  }
});
