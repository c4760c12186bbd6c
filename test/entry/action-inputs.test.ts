import { describe, expect, it } from 'vitest';
import { parseAction, signInByOidc } from '../../src/action-inputs.ts';
import type { ConfigTenant } from '../../src/core/config.ts';
import { tenantId } from '../../src/core/ids.ts';
import { UsageError } from '../../src/options.ts';
import { line } from '../support/policies.ts';

const now = new Date('2026-11-22T08:30:00Z');
const signsIn = { 'client-id': 'c1', 'tenant-id': 'T1' };
const oidc = { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x' };
const parse = (inputs: Readonly<Record<string, string>>, environment: NodeJS.ProcessEnv = oidc) =>
  parseAction((name) => inputs[name] ?? '', environment, now);

describe('inputs', () => {
  it('all left out check offline', () => {
    expect(parse({})).toMatchObject({
      reportDir: 'report',
      offline: 'client-id and tenant-id are not given',
      options: { live: false, failOnDrift: false, policies: 'policies' },
    });
  });

  const offline = [
    { name: 'sign-in', inputs: signsIn, says: null },
    { name: 'no client', inputs: { 'tenant-id': 't' }, says: 'client-id is not given' },
    { name: 'no tenant', inputs: { 'client-id': 'c' }, says: 'tenant-id is not given' },
    { name: 'a snapshot', inputs: { snapshot: 's.json' }, says: null },
    {
      name: 'a fork',
      inputs: signsIn,
      environment: {},
      says: 'this run may not ask for an OIDC token: the job needs `permissions: id-token: write`, which pull requests from forks never get',
    },
    { name: 'a fork with a snapshot', inputs: { ...signsIn, snapshot: 's.json' }, environment: {}, says: null },
  ];
  it.each(offline)('$name', ({ inputs, environment = oidc, says }) => {
    const run = parse(inputs, environment);
    expect([run.offline, run.options.live]).toEqual([says, says === null]);
  });

  it('choose between a check and a scan, which has to see the tenant', () => {
    expect(parse(signsIn).mode).toBe('check');
    expect(parse({ ...signsIn, mode: 'scan' })).toMatchObject({ mode: 'scan', offline: null });
    const blind = () => parse({ 'client-id': 'c', mode: 'scan' });
    expect(blind).toThrow(new UsageError('mode `scan` looks through the tenant, but tenant-id is not given'));
  });

  it('are taken over', () => {
    expect(
      parse({
        ...signsIn,
        mode: 'check',
        'report-dir': 'out',
        'fail-on-drift': 'true',
        'fail-on': 'high',
        tenant: 'contoso',
        'as-of': '2026-11-22',
      }),
    ).toMatchObject({
      reportDir: 'out',
      clientId: 'c1',
      tenantId: 't1',
      options: { failOnDrift: true, failOn: 'high', tenant: 'contoso', asOf: new Date('2026-11-22') },
    });
  });

  const wrong = [
    { inputs: { mode: 'chekc' }, says: 'mode takes check, apply, scan, remediate, not `chekc`' },
    { inputs: { mode: 'remediate' }, says: 'mode `remediate` runs on workflow_dispatch and schedule, not on ``' },
    { inputs: { 'fail-on-drift': 'yes' }, says: 'fail-on-drift takes true or false, not `yes`' },
    { inputs: { 'fail-on-drift': 'True' }, says: 'fail-on-drift takes true or false, not `True`' },
    { inputs: { 'fail-on': 'all' }, says: '--fail-on takes critical, high, medium, low, never, not `all`' },
  ];
  it.each(wrong)('$inputs is wrong', ({ inputs, says }) => expect(() => parse(inputs)).toThrow(new UsageError(says)));

  const onPulls = ['pull_request', 'pull_request_review', 'pull_request_review_comment'];
  const writing = onPulls.flatMap((event) => ['apply', 'remediate'].map((mode) => ({ event, mode })));
  it.each(writing)('of $mode are refused on $event', ({ event, mode }) => {
    expect(() => parse({ ...signsIn, mode }, { ...oidc, GITHUB_EVENT_NAME: event })).toThrow(
      new UsageError(
        `mode \`${mode}\` never runs on \`${event}\`: whoever opens a pull request would write to the tenant; run it after the merge, on push`,
      ),
    );
  });

  const reading = [...onPulls, 'merge_group', 'workflow_call', 'workflow_dispatch', 'push', 'schedule'];
  it.each(reading)('of a check are taken on %s', (event) => {
    expect(parse(signsIn, { ...oidc, GITHUB_EVENT_NAME: event })).toMatchObject({ mode: 'check', offline: null });
  });

  const digest = `sha256:${'0a'.repeat(32)}`;
  const writes = [
    { event: 'push', inputs: { mode: 'apply' } },
    { event: 'push', inputs: { mode: 'apply', 'dry-run': 'true' } },
    { event: 'workflow_dispatch', inputs: { mode: 'remediate', 'plan-digest': digest } },
    { event: 'schedule', inputs: { mode: 'remediate', 'dry-run': 'true' } },
  ];
  it.each(writes)('of a mode that writes are taken on $event: $inputs', ({ event, inputs }) => {
    expect(parse({ ...signsIn, ...inputs }, { ...oidc, GITHUB_EVENT_NAME: event })).toMatchObject({
      mode: inputs.mode,
      dryRun: 'dry-run' in inputs,
      planDigest: 'plan-digest' in inputs ? digest : '',
    });
  });

  const neverWrites = [
    {
      event: 'workflow_dispatch',
      inputs: { mode: 'apply' },
      says: 'mode `apply` runs on push, not on `workflow_dispatch`',
    },
    { event: 'merge_group', inputs: { mode: 'apply' }, says: 'mode `apply` runs on push, not on `merge_group`' },
    {
      event: 'push',
      inputs: { mode: 'remediate', 'plan-digest': digest },
      says: 'mode `remediate` runs on workflow_dispatch and schedule, not on `push`',
    },
    {
      event: 'schedule',
      inputs: { mode: 'remediate' },
      says: 'mode `remediate` writes only a plan that somebody looked at: give its plan-digest, which a run with dry-run tells',
    },
    {
      event: 'schedule',
      inputs: { mode: 'remediate', 'plan-digest': 'sha256:0A' },
      says: 'plan-digest takes a digest as `sha256:` and 64 digits of 0-9 and a-f',
    },
    { event: 'push', inputs: { mode: 'apply', 'dry-run': 'yes' }, says: 'dry-run takes true or false, not `yes`' },
    {
      event: 'push',
      inputs: { mode: 'apply', snapshot: 's.json' },
      says: 'mode `apply` writes to the tenant, but a snapshot was given',
    },
    {
      event: 'push',
      inputs: { mode: 'apply', 'client-id': '' },
      says: 'mode `apply` writes to the tenant, but client-id is not given',
    },
  ];
  it.each(neverWrites)('of a mode that writes are refused: $says', ({ event, inputs, says }) => {
    expect(() => parse({ ...signsIn, ...inputs }, { ...oidc, GITHUB_EVENT_NAME: event })).toThrow(new UsageError(says));
  });

  it('of pull_request_target are not even looked at', () => {
    expect(() => parse({}, { GITHUB_EVENT_NAME: 'pull_request_target' })).toThrow(
      'pull_request_target hands the rights of the default branch to whoever opens a pull request: use pull_request',
    );
  });
});

describe('sign-in', () => {
  const tenant = (id: string): ConfigTenant => ({
    name: 'contoso',
    tenantId: tenantId(id),
    cloud: 'usgov',
    subscriptions: [],
    readClientId: null,
    applyClientId: null,
    applyEnvironment: null,
    place: line(1),
  });
  const asked: string[] = [];
  const signIn = signInByOidc(
    parse(signsIn),
    async (audience) => {
      asked.push(audience);
      return 'assertion';
    },
    async (of) => `audience of ${of?.cloud ?? 'nobody'}`,
  );

  it('is for the audience of the tenant’s own cloud, and asks for nothing before it is needed', async () => {
    const { by, ...who } = signIn(tenant('t1'));
    expect([who, asked]).toEqual([{ tenantId: 't1', clientId: 'c1' }, []]);
    if (by.type === 'federated') expect(await by.assertion()).toBe('assertion');
    expect(asked).toEqual(['audience of usgov']);
  });

  it('is not to another tenant than the configuration’s', () => {
    expect(() => signIn(tenant('t2'))).toThrow(
      new UsageError('tenant-id is `t1`, but the configuration says that tenant contoso is `t2`'),
    );
  });
});
