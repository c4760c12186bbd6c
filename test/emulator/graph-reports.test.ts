import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import type { TenantState } from '../../src/emulator/tenant-state.ts';
import { knownToEmulator } from '../../src/known-to-emulator.ts';
import { send, start, tokenFor } from './connect.ts';
import { BACKUP, BACKUP_SP, state } from './tenant.ts';

const AUDITOR = 'dddddddd-0000-4000-8000-000000000001';
const DIRECTORY = 'dddddddd-0000-4000-8000-000000000002';
const APPS = 'dddddddd-0000-4000-8000-000000000003';
const OTHER = 'dddddddd-0000-4000-8000-000000000004';
const flexible = { value: "claims['sub'] matches '*'", languageVersion: 1 };

const withLogs = (): TenantState => {
  const plain = state();
  return {
    ...plain,
    apis: [],
    callers: [
      { appId: AUDITOR, secret: 's', roles: ['AuditLog.Read.All'] },
      { appId: DIRECTORY, secret: 's', roles: ['AuditLog.Read.All', 'Directory.Read.All'] },
      { appId: APPS, secret: 's', roles: ['Application.Read.All'] },
    ],
    graph: {
      ...plain.graph,
      applications: [
        {
          appId: OTHER,
          displayName: 'Flexible',
          federatedIdentityCredentials: [
            { id: 'f', name: 'f', issuer: 'https://i', subject: null, claimsMatchingExpression: flexible },
          ],
        },
      ],
      users: [],
      deletedItems: [
        { '@odata.type': '#microsoft.graph.user', id: AUDITOR, userPrincipalName: 'gone@contoso.example' },
      ],
      auditLogs: [
        {
          activityDisplayName: 'Consent to application',
          activityDateTime: '2026-11-20T08:00:00Z',
          targetResources: [{ id: BACKUP_SP }],
        },
        {
          activityDisplayName: 'Consent to application',
          activityDateTime: '2026-11-19T08:00:00Z',
          targetResources: [{ id: OTHER }],
        },
      ],
      signInActivities: [
        { appId: BACKUP, lastSignInActivity: { lastSignInDateTime: '2026-11-01T00:00:00Z' } },
        { appId: BACKUP, keyId: 'k', signInActivity: { lastSignInDateTime: '2026-11-01T00:00:00Z' } },
      ],
    },
  };
};

let tenant: Emulator;
beforeAll(async () => {
  tenant = await start({ tenant: withLogs(), ...knownToEmulator() });
});
afterAll(() => tenant.close());

const ask = async (path: string, as: string) =>
  send(`${tenant.cloud.graph}${path}`, await tokenFor(tenant, 'graph', as, 's'));
const log = '/v1.0/auditLogs/directoryAudits';
const reports = ['servicePrincipalSignInActivities', 'appCredentialSignInActivities'];

describe('the audit log', () => {
  test('tells what was done to one of several', async () => {
    const { body } = await ask(
      `${log}?$filter=targetResources/any(t:t/id eq '${BACKUP_SP}') or targetResources/any(t:t/id eq 'x')`,
      DIRECTORY,
    );
    expect(body.value).toMatchObject([{ result: 'success', activityDateTime: '2026-11-20T08:00:00Z' }]);
  });
  test('takes both permissions', async () => {
    expect((await ask(log, AUDITOR)).status).toBe(403);
    expect((await ask(log, APPS)).status).toBe(403);
  });
});

describe('reports of sign-ins', () => {
  test.each(reports)('%s is of beta, for who may read logs', async (report) => {
    const path = `/reports/${report}?$filter=appId eq '${BACKUP}'`;
    expect((await ask(`/beta${path}`, AUDITOR)).body.value).toHaveLength(1);
    expect((await ask(`/beta${path.replace(BACKUP, OTHER)}`, AUDITOR)).body.value).toEqual([]);
    expect((await ask(`/v1.0${path}`, AUDITOR)).status).toBeGreaterThanOrEqual(400);
    expect((await ask(`/beta${path}`, APPS)).status).toBe(403);
  });
});

describe('what comes along with an application', () => {
  const path = `/applications?$filter=appId in ('${OTHER}')&$select=id,appId&$expand=federatedIdentityCredentials`;
  test('are its federated credentials, whose expressions v1.0 hides', async () => {
    const [beta] = (await ask(`/beta${path}`, APPS)).body.value;
    expect(beta.federatedIdentityCredentials).toMatchObject([{ subject: null, claimsMatchingExpression: flexible }]);
    const [stable] = (await ask(`/v1.0${path}`, APPS)).body.value;
    expect(Object.keys(stable.federatedIdentityCredentials[0])).not.toContain('claimsMatchingExpression');
  });
  test('takes the permission that the collection takes', async () => {
    expect((await ask(`/beta${path}`, DIRECTORY)).status).toBe(403);
    expect((await ask(`/beta${path.split('&$expand')[0]}`, DIRECTORY)).status).toBe(200);
  });
  test('are its owners, each with its type', async () => {
    const { body } = await ask('/v1.0/applications?$select=id&$expand=owners($select=id)', APPS);
    expect(body.value).toMatchObject([{ owners: [] }]);
  });
});

describe('deleted users', () => {
  test('are for who may read users', async () => {
    const path = '/v1.0/directory/deletedItems/microsoft.graph.user';
    expect((await ask(path, DIRECTORY)).body.value).toMatchObject([{ userPrincipalName: 'gone@contoso.example' }]);
    expect((await ask(path, APPS)).status).toBe(403);
  });
});
