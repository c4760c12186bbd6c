import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/adapters/hash.ts';
import { openJournal } from '../../src/adapters/journal-file.ts';
import { inversePlan, planAgain } from '../../src/app/inverse-plan.ts';
import { hashOf } from '../../src/app/plan-digest.ts';
import { makePlanFile, readPlanFile } from '../../src/app/plan-file.ts';
import { readJournal } from '../../src/app/read-journal.ts';
import { runSteps } from '../../src/app/run-steps.ts';
import { verifyJournal } from '../../src/app/verify-journal.ts';
import type { ApplyContext } from '../../src/apply-context.ts';
import type { Authority } from '../../src/core/authority.ts';
import { renderPlanFile } from '../../src/core/plan-file.ts';
import { ok } from '../../src/core/result.ts';
import { describeError } from '../../src/describe-error.ts';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import type { TenantState } from '../../src/emulator/tenant-state.ts';
import { guardSettingsOf } from '../../src/guard/guard-world.ts';
import { kinds } from '../../src/kinds/index.ts';
import { loadFiles } from '../../src/load-files.ts';
import type { CheckOptions } from '../../src/options.ts';
import { runApply } from '../../src/run-apply.ts';
import { openTenant } from '../../src/run-check.ts';
import { fleet } from '../support/fleet.ts';
import { asOf, optionsOn, serve, snapshotOn, temporaryFolder, writePolicies } from '../support/rig.ts';

const plain = fleet(1, 0);
const group = '/subscriptions/f0000000-0000-4000-8000-000000000001/resourceGroups/rg-0';
const app = 'a0000000-0000-4000-8000-000000000000';
const principalId = 'b0000000-0000-4000-8000-000000000000';
const [caller] = plain.callers ?? [];

/** The app holds two roles that its policy doesn't ask for: one that it may be given again, and one that nobody is. */
const tenant: TenantState = {
  ...plain,
  callers: [
    {
      appId: caller?.appId ?? '',
      secret: caller?.secret ?? '',
      roles: ['Application.Read.All', 'Directory.Read.All', 'AppRoleAssignment.ReadWrite.All'],
      armRoles: [
        { role: 'Reader', scope: '/providers/Microsoft.Management/managementGroups/mg' },
        { role: 'Role Based Access Control Administrator', scope: group },
      ],
    },
  ],
  arm: {
    ...plain.arm,
    roleAssignments: [
      ...(plain.arm?.roleAssignments ?? []),
      { scope: group, roleName: 'Reader', principalId, principalType: 'ServicePrincipal' },
      { scope: group, roleName: 'Website Contributor', principalId, principalType: 'ServicePrincipal' },
      { scope: group, roleName: 'User Access Administrator', principalId, principalType: 'ServicePrincipal' },
    ],
  },
};

const policies = writePolicies({
  'backup.yaml': `apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata: { name: backup, owner: backup-team@contoso.example }
spec:
  enforcement: authoritative
  identities: [{ appId: "${app}", objectId: "${principalId}" }]
  protects:
    - { workload: azure-vm-disk, operations: [backup], scopes: [${group}] }
  access:
    applicationPermissions: { Microsoft Graph: [Sites.Read.All, Files.Read.All] }
    azureRoles: [{ role: Reader, scope: ${group} }, { role: Disk Backup Reader, scope: ${group} }, { role: Tag Contributor, scope: ${group} }]
`,
});

/** Whoever asks may: what is looked at here comes after. */
const everybody: Authority = {
  approve: async ({ hashes }) => ok({ pull: 12, approvers: ['octocat'], allowed: hashes }),
  earlier: async () => ok([]),
  begin: async () => ok({ mayWrite: async () => ok(undefined), end: async () => ok(undefined) }),
};

const clock = () => new Date();
const common = {
  signIn: () => ({
    tenantId: tenant.tenantId,
    clientId: caller?.appId ?? '',
    by: { type: 'secret' as const, secret: caller?.secret ?? '' },
  }),
  progress: () => undefined,
  patience: 60_000,
};
const quick = { pause: async () => undefined, clock, stopped: () => null };

let emulator: Emulator;
beforeAll(async () => {
  emulator = await serve(tenant);
});
afterAll(async () => {
  await emulator.close();
});

const look = () => snapshotOn(emulator, tenant, policies);
const held = async () =>
  (await look()).facts
    .filter(({ kind }) => kind === 'app-role-assignment' || kind === 'azure-role-assignment')
    .map(({ subject }) => subject)
    .sort();

describe('what a run did is taken back', () => {
  const folder = temporaryFolder();
  const before = ['Disk Backup Reader', 'Reader', 'Sites.Read.All', 'User Access Administrator', 'Website Contributor'];
  const wanted = ['Disk Backup Reader', 'Files.Read.All', 'Reader', 'Sites.Read.All', 'Tag Contributor'];
  const journal = () => {
    const read = readJournal(readFileSync(join(folder, 'apply.jsonl'), 'utf8'), sha256);
    if (!read.ok) throw new Error(read.error);
    return read.value.lines;
  };
  const input = async () => {
    const files = await loadFiles(optionsOn(emulator, policies));
    const guards = guardSettingsOf(files.config);
    return { policies: files.policies, snapshot: await look(), kinds, hash: sha256, guards, now: asOf };
  };

  const contextOf = async (options: CheckOptions, name: string): Promise<ApplyContext> => {
    const files = await loadFiles(options);
    const brake = { ...files.config.brake, revokes: 100, percent: 100, perIdentity: 100 };
    return {
      ...common,
      ...quick,
      mode: 'apply',
      isDryRun: false,
      commit: null,
      run: null,
      files,
      authority: everybody,
      bar: { ...files.config, brake },
      journal: () => openJournal(join(folder, name), clock),
    };
  };

  it('of which the journal says nothing that can’t be so', { timeout: 60_000 }, async () => {
    expect(await held()).toEqual(before);
    const options = optionsOn(emulator, policies, { failOn: 'never' });
    const outcome = await runApply(options, await contextOf(options, 'apply.jsonl'));
    expect(outcome.report.apply?.refusals).toEqual([]);
    expect(outcome.report.apply?.results.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
    expect(await held()).toEqual(wanted);
    expect(verifyJournal(journal(), null, sha256)).toEqual([]);
  });

  it('but for what is never granted, by a file that is planned again', { timeout: 60_000 }, async () => {
    const { steps, withheld, left } = inversePlan(journal(), await input());
    expect(left).toEqual([]);
    expect(withheld.map(({ code, change }) => [code, change.after?.subject])).toEqual([
      ['never-grant', 'User Access Administrator'],
    ]);
    expect(steps.map(({ change }) => `${change.action} ${(change.after ?? change.before).subject}`)).toEqual([
      'create Website Contributor',
      'delete Files.Read.All',
      'delete Tag Contributor',
    ]);
    const made = { purpose: 'rollback' as const, tenant: tenant.tenantId, policies: [], toolVersion: '0.1.0' };
    const file = readPlanFile(renderPlanFile(makePlanFile({ ...made, steps, now: asOf, hash: sha256 })), sha256);
    if (!file.ok) throw new Error(file.error);
    const again = planAgain(file.value, await input());
    expect(again.withheld).toEqual([]);
    expect(again.steps.map((step) => hashOf(step, sha256))).toEqual(steps.map((step) => hashOf(step, sha256)));
    const live = await openTenant(null, optionsOn(emulator, policies), common, { write: true });
    const { ports, write } = live.connection;
    if (write === undefined) throw new Error('no sender');
    const second = await openJournal(join(folder, 'rollback.jsonl'), clock);
    const { results } = await runSteps({
      ...quick,
      steps: again.steps,
      ports,
      write,
      now: clock,
      journal: second,
      mayWrite: async () => ok(undefined),
      patience: 60_000,
      progress: () => undefined,
    });
    await second.write({ type: 'end', stopped: null });
    expect(results.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(await held()).toEqual(before.filter((name) => name !== 'User Access Administrator'));
  });

  it('once: then there is nothing of it left', { timeout: 60_000 }, async () => {
    const { steps, left } = inversePlan(journal(), await input());
    expect(steps).toEqual([]);
    expect(left.map(({ why }) => why).sort()).toEqual([
      'it is not there any more',
      'it is not there any more',
      'it is there again',
    ]);
  });

  it('a mistake of ours amid the writes is never told as if nothing was changed', { timeout: 60_000 }, async () => {
    const options = optionsOn(emulator, policies, { failOn: 'never' });
    const pause = () => Promise.reject(new TypeError('x is not a function'));
    const broken = await runApply(options, { ...(await contextOf(options, 'broken.jsonl')), pause }).catch(
      (error: unknown) => error,
    );
    expect(describeError(broken)).toMatchObject({
      code: 70,
      text: expect.stringMatching(/it came while the tenant was written to: .*\nTypeError: x is not a function/),
    });
    expect(readJournal(readFileSync(join(folder, 'broken.jsonl'), 'utf8'), sha256)).toMatchObject({ ok: true });
    const outcome = await runApply(options, await contextOf(options, 'mended.jsonl'));
    expect(outcome.report.apply?.stopped).toBeNull();
    expect(await held()).toEqual(wanted);
  });
});
