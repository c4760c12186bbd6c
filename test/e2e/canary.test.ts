import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCloud } from '../../src/adapters/cloud.ts';
import { createHttp } from '../../src/adapters/http.ts';
import { createCredential } from '../../src/adapters/sign-in.ts';
import { createTokens } from '../../src/adapters/tokens.ts';
import { waitBudget } from '../../src/adapters/wait-budget.ts';
import type { Report } from '../../src/core/report.ts';
import type { FaultScript } from '../../src/emulator/faults.ts';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { writeCloudFile } from '../../src/emulator/write-cloud-file.ts';
import { formats } from '../../src/options.ts';
import { renderReport } from '../../src/render-outputs.ts';
import { renderAnnotations } from '../../src/report/render-annotations.ts';
import { fleet, fleetPolicies } from '../support/fleet.ts';
import { checkOn, serve, temporaryFolder, writePolicies } from '../support/rig.ts';
import { runAction } from '../support/run-action.ts';
import { runCli } from '../support/run-cli.ts';
import { vaultPolicy, withVault } from '../support/vault.ts';

const secret = 'canary-secret-8c1f';
const plain = withVault(fleet(1, 0));
const [caller, ...rest] = plain.callers ?? [];
const tenant = { ...plain, callers: caller === undefined ? rest : [{ ...caller, secret }, ...rest] };
const policies = writePolicies({ ...fleetPolicies(1), 'vault.yaml': vaultPolicy });
const token = /eyJ[\w-]{10,}\.[\w-]{10,}/;

const outputs = (report: Report): string[] => [
  ...formats.map((format) => renderReport(report, format, { color: true, width: 80 })),
  JSON.stringify(renderAnnotations(report)),
  JSON.stringify(report),
];

/** Services that send back what they were sent: what an error may hold at worst. */
const echoing = (body: unknown): FaultScript => [
  { match: { api: 'graph', times: 'always' }, answer: { status: 400, body } },
  { match: { api: 'resourceManager', times: 'always' }, answer: { status: 400, body } },
];
const echoingAuthority = (body: string): FaultScript => [
  { match: { api: 'authority', path: 'token', times: 'always' }, answer: { status: 400, body } },
];

describe('no secret, token or assertion', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await serve(tenant);
  });
  afterAll(() => emulator.close());

  const tokenOf = async (): Promise<string> => {
    const cloud = await readCloud(writeCloudFile(emulator, temporaryFolder()));
    const budget = waitBudget(0);
    const signIn = {
      tenantId: tenant.tenantId,
      clientId: caller?.appId ?? '',
      by: { type: 'secret' as const, secret },
    };
    const answer = await createTokens(await createCredential(signIn, cloud, createHttp(cloud, budget)), budget).get(
      cloud.graphScope,
    );
    if (!answer.ok) throw new Error(answer.error.detail);
    return answer.value;
  };

  it('is in any output of a check', async () => {
    expect(await tokenOf()).toMatch(token);
    for (const text of outputs(await checkOn(emulator, tenant, policies))) {
      expect(text).not.toContain(secret);
      expect(text).not.toMatch(token);
    }
  });

  it('is in any output where services send back what they were sent', async () => {
    const words = `Authorization: Bearer ${await tokenOf()}`;
    const json = { error: { code: 'BadRequest', message: words } };
    const scripts = [
      echoing(words),
      echoing(json),
      echoing(json).slice(1),
      echoingAuthority(`client_secret=${secret}`),
    ];
    for (const script of scripts) {
      const faulty = await serve(tenant, script);
      const report = await checkOn(faulty, tenant, policies, { patience: 0 });
      await faulty.close();
      expect(report).toMatchObject({ exitCode: 3, conclusion: 'incomplete' });
      for (const text of outputs(report)) {
        expect(text).not.toContain(secret);
        expect(text).not.toMatch(token);
      }
    }
  });

  it('is in what the command line prints and saves', async () => {
    const folder = temporaryFolder();
    const cloud = writeCloudFile(emulator, folder);
    const env = { AZURE_TENANT_ID: tenant.tenantId, AZURE_CLIENT_ID: caller?.appId ?? '', AZURE_CLIENT_SECRET: secret };
    const common = ['--policies', policies, '--cloud', cloud, '--as-of', '2026-11-22'];
    const runs = [
      await runCli(['snapshot', ...common, '--out', join(folder, 'snapshot.json')], env),
      await runCli(['check', ...common, '--format', 'json', '--fail-on', 'never'], env),
      await runCli(['check', ...common], { ...env, AZURE_CLIENT_SECRET: `${secret}-wrong` }),
      await runCli(['check', ...common, '--cloud', folder], env),
    ];
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 3, 2]);
    const said = [
      ...runs.flatMap(({ stdout, stderr }) => [stdout, stderr]),
      readFileSync(join(folder, 'snapshot.json'), 'utf8'),
    ];
    for (const text of said) {
      expect(text).not.toContain(secret);
      expect(text).not.toMatch(token);
    }
  });

  it('is in what the action prints and leaves behind', async () => {
    const folder = temporaryFolder();
    const inputs = {
      policies,
      cloud: writeCloudFile(emulator, folder),
      'as-of': '2026-11-22',
      'client-id': caller?.appId ?? '',
      'tenant-id': tenant.tenantId,
    };
    const env = {
      ACTIONS_ID_TOKEN_REQUEST_URL: emulator.github.oidcUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: emulator.github.requestToken,
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    };
    // This tenant trusts no repository: the assertion is sent, and refused.
    const step = await runAction({ inputs, env });
    expect(step.code).toBe(3);
    const reports = readdirSync(join(step.workspace, 'report')).map((name) =>
      readFileSync(join(step.workspace, 'report', name), 'utf8'),
    );
    // The runner takes `add-mask` lines to hide what they name.
    const printed = step.stdout
      .split('\n')
      .filter((line) => !line.startsWith('::add-mask::'))
      .join('\n');
    for (const text of [...reports, printed, step.summary, JSON.stringify(step.outputs), step.environment]) {
      expect(text).not.toContain(emulator.github.requestToken);
      expect(text).not.toMatch(token);
    }
  });
});
