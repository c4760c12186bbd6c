import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fleet } from '../test/support/fleet.ts';
import { type LargeFleet, largeFleetPolicies } from '../test/support/large-fleet.ts';
import { temporaryFolder, writePolicies } from '../test/support/rig.ts';

const large: LargeFleet = {
  policies: 1_000,
  servicePrincipals: 100_000,
  subscriptions: 1_000,
  roleAssignments: 1_000_000,
};
const bars = { requests: 267, megabytes: 300 };

/** Prints the peak of a process' memory as it ends, in kilobytes. */
const tellPeak = `data:text/javascript,process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS))`;

const hear = async <T>(child: ChildProcess): Promise<T> => (await once(child, 'message'))[0] as T;

/** Requests and peak memory of one check in a tenant of this size. */
export const benchScale = async (size: LargeFleet = large): Promise<void> => {
  const child = fork('scripts/serve-large-fleet.ts', [JSON.stringify(size)], {
    execArgv: ['--max-old-space-size=12000'],
  });
  const { cloud } = await hear<{ cloud: string }>(child);
  const report = join(temporaryFolder(), 'report.json');
  const [caller] = fleet(0, 0).callers ?? [];
  const policies = writePolicies(largeFleetPolicies(size));
  const began = performance.now();
  const run = spawnSync(
    process.execPath,
    [
      '--import',
      tellPeak,
      'dist/cli.js',
      'check',
      '--policies',
      policies,
      '--cloud',
      cloud,
      '--as-of',
      '2026-11-22',
      '--format',
      'json',
      '--output',
      report,
    ],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        AZURE_TENANT_ID: fleet(0, 0).tenantId,
        AZURE_CLIENT_ID: caller?.appId ?? '',
        AZURE_CLIENT_SECRET: caller?.secret ?? '',
      },
    },
  );
  const seconds = (performance.now() - began) / 1000;
  child.send('end');
  const { requests } = await hear<{ requests: number }>(child);
  const peak = Number(/peak (\d+)/.exec(run.stderr)?.[1] ?? Number.NaN) / 1024;
  const { conclusion, coverage } = JSON.parse(readFileSync(report, 'utf8')) as {
    conclusion: string;
    coverage: { kind: string; state: string }[];
  };
  const gaps = coverage.filter(({ state }) => state === 'gap').length;
  console.log(
    `${size.policies} policies in ${size.servicePrincipals} service principals, ${size.subscriptions} subscriptions, ${size.roleAssignments} role assignments`,
  );
  console.log(
    `  requests ${requests} (at most ${bars.requests} beside the stated cost of further kinds), ${gaps} gaps, ${conclusion}, exit ${run.status}`,
  );
  console.log(
    `  peak memory ${peak.toFixed(0)} MB (under ${bars.megabytes}), ${seconds.toFixed(0)} s with the tenant on the same machine`,
  );
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await benchScale();
