import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { fleet, fleetPolicies } from '../test/support/fleet.ts';
import { checkOn, httpRequests, serve, temporaryFolder, writePolicies } from '../test/support/rig.ts';
import { benchAlgebra } from './bench-algebra.ts';

/** Rounds of each start-up measurement; the programs take turns, so that a busy machine slows all of them. */
const rounds = 9;

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** Milliseconds until a program ends. */
const time = (args: readonly string[]): number => {
  const began = performance.now();
  spawnSync(process.execPath, args, { stdio: 'ignore' });
  return performance.now() - began;
};

/** Milliseconds until a program opens its first connection to `port`. */
const timeToConnection = (args: readonly string[], server: Server, env: NodeJS.ProcessEnv): Promise<number> =>
  new Promise((done) => {
    const began = performance.now();
    const child = spawn(process.execPath, args, { stdio: 'ignore', env });
    server.once('connection', (socket) => {
      done(performance.now() - began);
      socket.destroy();
      child.kill();
    });
  });

/** Start-up beside an empty Node, as ratios: milliseconds say more of the machine than of us. */
const startUp = async (): Promise<void> => {
  const empty = join(temporaryFolder(), 'empty.mjs');
  writeFileSync(empty, '');
  const policies = writePolicies(fleetPolicies(1));
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const check = [
    'dist/cli.js',
    'check',
    '--policies',
    policies,
    '--cloud',
    cloudAt((server.address() as AddressInfo).port),
  ];
  const env = {
    ...process.env,
    AZURE_TENANT_ID: fleet(0, 0).tenantId,
    AZURE_CLIENT_ID: fleet(0, 0).tenantId,
    AZURE_CLIENT_SECRET: 'none',
  };
  const programs: Readonly<Record<string, () => number | Promise<number>>> = {
    '--help': () => time(['dist/cli.js', '--help']),
    'validate, one policy': () => time(['dist/cli.js', 'validate', policies]),
    'check --offline, one policy': () => time(['dist/cli.js', 'check', '--offline', '--policies', policies]),
    'check, to its first request': () => timeToConnection(check, server, env),
  };
  const ratios = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    const base = time([empty]);
    for (const [name, run] of Object.entries(programs))
      ratios.set(name, [...(ratios.get(name) ?? []), (await run()) / base]);
  }
  server.close();
  console.log(`start-up, times an empty Node (median and smallest of ${rounds} rounds)`);
  for (const [name, list] of ratios)
    console.log(`  ${name.padEnd(30)} ${median(list).toFixed(2)}  ${Math.min(...list).toFixed(2)}`);
};

const cloudAt = (port: number): string => {
  const file = join(temporaryFolder(), 'cloud.json');
  const here = `https://127.0.0.1:${port}`;
  writeFileSync(file, JSON.stringify({ name: 'bench', authority: here, graph: here, resourceManager: here }));
  return file;
};

/** Requests of a check by number of policies and size of the tenant. */
const requests = async (): Promise<void> => {
  console.log(
    'requests of a check: policies, service principals beside them, requests (token, Graph, Resource Manager)',
  );
  for (const [policies, others] of [
    [1, 50],
    [1, 100_000],
    [50, 50],
    [50, 100_000],
  ] as const) {
    const tenant = fleet(policies, others);
    const emulator = await serve(tenant);
    const report = await checkOn(emulator, tenant, writePolicies(fleetPolicies(policies)));
    const total = httpRequests(emulator.requests()).length;
    const { token, graph, resourceManager } = report.requests;
    console.log(
      `  ${String(policies).padStart(3)}  ${String(others).padStart(7)}  ${String(total).padStart(3)}  (${token}, ${graph}, ${resourceManager})  ${report.conclusion}`,
    );
    await emulator.close();
  }
};

await requests();
await startUp();
benchAlgebra();
