import { describe, expect, it } from 'vitest';
import { armId, identityId } from '../../src/core/ids.ts';
import { err, ok } from '../../src/core/result.ts';
import { federatedCredential } from '../../src/kinds/federated-credential.ts';
import { contractRows, hasContractExamples } from '../support/contract-example.ts';
import { backupApp, group, otherApp, vault } from '../support/facts.ts';
import { appIdentity, managedIdentity, vaultSystem, vaultUser } from '../support/policies.ts';
import { asking, foundApp, type KindCase, readKind, refused, sayGaps } from '../support/read-kind.ts';

const expanded = `beta/applications?$filter=appId in ('${backupApp}')&$select=id,appId&$expand=federatedIdentityCredentials`;
const alone = `beta/applications(appId='${backupApp}')/federatedIdentityCredentials`;
const user = `${group('rg-backup')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-backup`;
const row = {
  id: 'F1',
  name: 'github',
  issuer: 'https://i',
  subject: 'sub',
  audiences: ['api://AzureADTokenExchange'],
};
const flexible = {
  ...row,
  subject: null,
  claimsMatchingExpression: { value: "claims['sub'] matches '*'", languageVersion: 1 },
};
const app = (...held: readonly unknown[]) => ({ appId: backupApp.toUpperCase(), federatedIdentityCredentials: held });
const reading = (lists: KindCase['lists'], more: KindCase = {}) =>
  readKind(federatedCredential, { ...(lists === undefined ? {} : { lists }), ...more });
const managed = foundApp({ id: identityId(user), application: null });
const onAzure = (armLists: KindCase['armLists']) =>
  readKind(federatedCredential, { identities: [managed], ...(armLists === undefined ? {} : { armLists }) });

describe('federated credentials of an application', () => {
  it('come for 15 applications by one request of beta', async () => {
    const { facts, gaps, paths } = await reading({ $expand: ok([app(row, flexible)]) });
    expect([gaps, paths]).toEqual([[], [expanded]]);
    expect(facts).toMatchObject([
      {
        key: `federated-credential/${backupApp}/f1`,
        subject: 'F1',
        name: 'github',
        claim: 'sub',
        expression: null,
        on: 'application',
      },
      { claim: null, expression: "claims['sub'] matches '*'" },
    ]);
  });

  it('take four requests for fifty applications', async () => {
    const identities = Array.from({ length: 50 }, (_, index) => foundApp({ id: identityId(`${index}`) }));
    expect((await reading({ $expand: ok([app()]) }, { identities })).paths).toHaveLength(4);
  });

  it('are asked for by themselves where twenty came, or where the application did not', async () => {
    const many = Array.from({ length: 20 }, (_, index) => ({ ...row, id: `F${index}` }));
    const full = await reading({ $expand: ok([app(...many)]), [alone]: ok([...many, { ...row, id: 'F20' }]) });
    expect([full.facts.length, full.gaps, full.paths]).toEqual([21, [], [expanded, alone]]);
    const absent = await reading({ $expand: ok([]), [alone]: ok([row]) });
    expect([absent.facts.length, absent.gaps]).toEqual([1, []]);
    const bare = await reading({ $expand: ok([{ appId: backupApp }]), [alone]: ok([row]) });
    expect([bare.facts.length, bare.gaps]).toEqual([1, []]);
  });

  it('are asked for one by one where beta can’t bring them along', async () => {
    const unable = { reason: 'malformed', status: 400, request: 'GET /x', detail: 'HTTP 400, BadRequest' } as const;
    const found = await reading({ $expand: err(unable), [alone]: ok([row]) });
    expect([found.facts.length, found.gaps, found.paths]).toEqual([1, [], [expanded, alone]]);
    const broken = { reason: 'malformed', status: 200, request: 'GET /x', detail: 'no list' } as const;
    expect(sayGaps(await reading({ $expand: err(broken), [alone]: ok([row]) }))).toEqual([
      'federated-credential malformed: no list',
    ]);
  });

  it('of a vendor’s app lie in the vendor’s tenant: nobody asks', async () => {
    expect(await reading({}, { identities: [foundApp({ application: null })] })).toMatchObject({
      facts: [],
      gaps: [],
      paths: [],
    });
  });

  it.skipIf(!hasContractExamples)('are read from Microsoft’s example (skipped without the reference)', async () => {
    const { facts, gaps } = await reading({ $expand: ok([app(...contractRows('graph-fic-list-200'))]) });
    expect([facts, gaps]).toMatchObject([[{ subject: 'bdad0963-4a7a-43ae-b569-e67e1da3f2c0', name: 'testing' }], []]);
  });

  it('that may not be read are a gap, and asked for once', async () => {
    const found = await reading({});
    expect([found.facts, sayGaps(found), found.paths]).toEqual([
      [],
      ['federated-credential forbidden: HTTP 403'],
      [expanded],
    ]);
    expect(found.gaps).toMatchObject([{ needs: 'Application.Read.All' }]);
  });

  it.each([
    ['trust nobody in particular', { ...row, subject: null }, 'a credential has neither subject nor expression'],
    ['have no issuer', { ...row, issuer: undefined }, '`issuer` is undefined where a text belongs'],
    [
      'have an expression in another form',
      { ...row, claimsMatchingExpression: 'x' },
      '`claimsMatchingExpression` is string where an object belongs',
    ],
    ['have one audience as a text', { ...row, audiences: 'x' }, '`audiences` is string where a list belongs'],
  ])('that %s are a gap', async (_, wire, detail) => {
    const found = await reading({ $expand: ok([app(wire)]) });
    expect([found.facts, sayGaps(found)]).toEqual([[], [`federated-credential malformed: ${detail}`]]);
  });
});

describe('federated credentials of a user-assigned identity', () => {
  const properties = { issuer: 'https://i', subject: 'sub', audiences: [] };
  const path = `${user}/federatedIdentityCredentials`;

  it('are read from Azure', async () => {
    const { facts, gaps, paths } = await onAzure({ [path]: ok([{ name: 'aks', properties }]) });
    expect([gaps, paths]).toEqual([[], [`arm ${path}`]]);
    expect(facts).toMatchObject([{ subject: 'aks', name: 'aks', claim: 'sub', on: 'managed-identity' }]);
  });

  it('are asked for by the last stable version where the newer one is unknown', async () => {
    const unknown = {
      reason: 'malformed',
      status: 400,
      request: 'GET /x',
      detail: 'NoRegisteredProviderFound',
    } as const;
    const { paths, gaps } = await onAzure({ [path]: err(unknown) });
    expect([paths, gaps.length]).toEqual([[`arm ${path}`, `arm ${path}`], 1]);
  });

  it.skipIf(!hasContractExamples)('are read from Azure’s example (skipped without the reference)', async () => {
    const { facts, gaps } = await onAzure({ [path]: ok(contractRows('arm-msi-fic-list-200')) });
    expect([facts, gaps]).toMatchObject([
      [{ subject: 'ficResourceName', claim: 'system:serviceaccount:ns:svcaccount' }],
      [],
    ]);
  });

  it('that may not be read, or make no sense, are a gap', async () => {
    expect(sayGaps(await onAzure({}))).toEqual(['federated-credential forbidden: HTTP 403']);
    expect((await onAzure({ [path]: err(refused) })).gaps).toMatchObject([
      {
        needs:
          'Reader at the managed identity (Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read)',
      },
    ]);
    expect(sayGaps(await onAzure({ [path]: ok([{ name: 'aks' }]) }))).toEqual([
      'federated-credential malformed: `properties` is undefined where an object belongs',
    ]);
  });
});

describe('what a policy needs of them', () => {
  const asks = (
    ...identities: Parameters<typeof asking>[1] extends infer _ ? readonly ReturnType<typeof appIdentity>[] : never
  ) => federatedCredential.asks(asking({}, { identities }));
  it('goes by its identities, and nothing wider does for an app', () => {
    expect(asks(appIdentity(otherApp))).toEqual([{ api: 'graph', permission: 'Application.Read.All', or: [] }]);
    expect(asks(vaultUser(vault(), user))).toEqual([{ api: 'azure', scope: user }]);
    expect(asks(managedIdentity(armId(user)))).toEqual([{ api: 'azure', scope: user }]);
    expect(asks(vaultSystem(vault()))).toEqual([]);
  });
  it('is no plan, and nothing is asked for by name', () => {
    expect([federatedCredential.planned, federatedCredential.governs(asking({}))]).toEqual([false, false]);
  });
});
