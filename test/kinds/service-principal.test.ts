import { describe, expect, it } from 'vitest';
import { createNames } from '../../src/app/create-names.ts';
import { ok } from '../../src/core/result.ts';
import { servicePrincipal } from '../../src/kinds/service-principal.ts';
import { backupApp, backupObject } from '../support/facts.ts';
import { appIdentity, line } from '../support/policies.ts';
import { asking, foundApp, readKind, sayGaps } from '../support/read-kind.ts';

const principal = {
  id: backupObject.toUpperCase(),
  appId: backupApp,
  displayName: 'Backup',
  accountEnabled: false,
  servicePrincipalType: 'Application',
  signInAudience: 'AzureADMultipleOrgs',
  appOwnerOrganizationId: '22222222-2222-4222-8222-22222222222A',
};
const owner = { '@odata.type': '#microsoft.graph.user', id: 'U1' };
const none = { owners: ok([]) };
const reading = (
  servicePrincipalWire: unknown,
  application: unknown,
  lists: Parameters<typeof readKind>[1]['lists'] = none,
) =>
  readKind(servicePrincipal, {
    identities: [foundApp({ servicePrincipal: servicePrincipalWire, application })],
    ...(lists ? { lists } : {}),
  });

describe('an identity', () => {
  it('is read with its owners on both objects', async () => {
    const { facts, gaps } = await reading(
      principal,
      { signInAudience: 'AzureADMyOrg' },
      { '/applications': ok([owner]), '/servicePrincipals': ok([{ id: 'S1' }]) },
    );
    expect(gaps).toEqual([]);
    expect(facts).toMatchObject([
      {
        key: `service-principal/${backupApp}`,
        objectId: backupObject,
        enabled: false,
        type: 'Application',
        audience: 'AzureADMyOrg',
        ownerTenant: '22222222-2222-4222-8222-22222222222a',
        hasApplication: true,
        owners: [
          { id: 'u1', type: 'user', on: 'application' },
          { id: 's1', type: 'unknown', on: 'service-principal' },
        ],
      },
    ]);
  });

  it('has the owners that come along, unless there may be more', async () => {
    const few = { ...principal, owners: [owner] };
    const { facts, gaps, paths } = await reading(few, { owners: [] }, {});
    expect([gaps, paths]).toEqual([[], []]);
    expect(facts).toMatchObject([{ owners: [{ id: 'u1', type: 'user', on: 'service-principal' }] }]);
    const twenty = { ...principal, owners: Array.from({ length: 20 }, (_, index) => ({ ...owner, id: `U${index}` })) };
    const all = Array.from({ length: 21 }, (_, index) => ({ ...owner, id: `U${index}` }));
    const more = await reading(twenty, { owners: [] }, { '/servicePrincipals': ok(all) });
    expect([more.facts[0]?.kind === 'service-principal' && more.facts[0].owners.length, more.paths]).toEqual([
      21,
      [`/servicePrincipals/${backupObject}/owners?$select=id`],
    ]);
    const broken = await reading({ ...principal, owners: [{}] }, null, {});
    expect(sayGaps(broken)).toEqual(['service-principal malformed: `id` is undefined where a text belongs']);
  });

  it.each([
    ['everything', { isEnabled: true, allProperties: true }, 'all'],
    ['credentials that verify', { isEnabled: true, allProperties: false, credentialsWithUsageVerify: true }, 'some'],
    ['nothing', { isEnabled: true, allProperties: false }, 'none'],
    ['nothing any more', { isEnabled: false, allProperties: true }, 'none'],
    ['nobody knows what', null, null],
  ])('locks %s on its service principals', async (_, servicePrincipalLockConfiguration, propertyLock) => {
    const { facts } = await reading(principal, { servicePrincipalLockConfiguration });
    expect(facts).toMatchObject([{ propertyLock }]);
  });

  it('says whether an assignment is needed, and whose it is', async () => {
    const publisher = { displayName: 'Fabrikam', verifiedPublisherId: '1', addedDateTime: null };
    const said = { ...principal, appRoleAssignmentRequired: true, verifiedPublisher: publisher };
    expect((await reading(said, null)).facts).toMatchObject([
      { assignmentRequired: true, verifiedPublisher: 'Fabrikam' },
    ]);
    const unverified = { ...principal, verifiedPublisher: { displayName: null } };
    expect((await reading(unverified, null)).facts).toMatchObject([{ verifiedPublisher: null }]);
    const [silent] = (await reading(principal, null)).facts;
    expect(Object.keys(silent ?? {}).filter((key) => /lock|publisher|required/i.test(key))).toEqual([]);
  });

  it('of a vendor has no application here, and nobody asks for its owners', async () => {
    const { facts, paths } = await reading(principal, null);
    expect(facts).toMatchObject([{ hasApplication: false, audience: 'AzureADMultipleOrgs', owners: [], requests: [] }]);
    expect(paths).toEqual([`/servicePrincipals/${backupObject}/owners?$select=id`]);
  });

  it('that says little is an enabled application', async () => {
    const { facts } = await reading({ id: backupObject }, null);
    expect(facts).toMatchObject([
      { enabled: true, type: 'Application', appId: null, audience: null, ownerTenant: null, displayName: '' },
    ]);
  });

  const malformed = [
    { name: 'without id', wire: { ...principal, id: null }, app: null, detail: '`id` is null where a text belongs' },
    {
      name: 'enabled in words',
      wire: { ...principal, accountEnabled: 'yes' },
      app: null,
      detail: '`accountEnabled` is string where true or false belongs',
    },
    { name: 'that is a text', wire: 'x', app: null, detail: 'the service principal is string where an object belongs' },
    {
      name: 'whose application is a list',
      wire: principal,
      app: [],
      detail: 'the application is a list where an object belongs',
    },
    {
      name: 'whose application asks for nothing known',
      wire: principal,
      app: { requiredResourceAccess: [{}] },
      detail: '`resourceAppId` is undefined where a text belongs',
    },
  ];
  it.each(malformed)('$name leaves a gap and no fact', async ({ wire, app, detail }) => {
    const found = await reading(wire, app);
    expect([found.facts, sayGaps(found)]).toEqual([[], [`service-principal malformed: ${detail}`]]);
  });

  it('whose owners can’t be read, or are none, leaves a gap beside its fact', async () => {
    const refusedOwners = await reading(principal, {}, {});
    expect([refusedOwners.facts.length, sayGaps(refusedOwners)]).toEqual([
      1,
      ['service-principal forbidden: HTTP 403', 'service-principal forbidden: HTTP 403'],
    ]);
    const broken = await reading(principal, null, { owners: ok([{ '@odata.type': '#microsoft.graph.user' }]) });
    expect(sayGaps(broken)).toEqual(['service-principal malformed: `id` is undefined where a text belongs']);
  });
});

describe('what a policy says of it', () => {
  const names = createNames(null, false);
  const wanted = (pinned: string | null) =>
    servicePrincipal.desired(asking({}, { identities: [appIdentity(backupApp, pinned)] }), names).facts;

  it('is the object id that it pins, and nothing without one', () => {
    expect(wanted(backupObject).map(({ fact, place }) => [fact.subject, place])).toEqual([[backupObject, line(8)]]);
    expect(wanted(null)).toEqual([]);
  });

  it('differs from a service principal that was made anew, and from no other trait', async () => {
    const [held] = (await reading(principal, {})).facts;
    const [same] = wanted(backupObject);
    const [other] = wanted('0d3b0f5e-0000-4000-8000-0000000000ff');
    if (held === undefined || same === undefined || other === undefined) throw new Error('nothing to compare');
    expect([servicePrincipal.same(same.fact, held), servicePrincipal.same(other.fact, held)]).toEqual([true, false]);
    expect(servicePrincipal.planned).toBe(false);
  });
});
