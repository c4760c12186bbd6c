import { describe, expect, it } from 'vitest';
import { diff } from '../../src/core/diff.ts';
import { appId } from '../../src/core/ids.ts';
import type { Policy } from '../../src/core/policy.ts';
import type { Answer } from '../../src/core/ports.ts';
import { err, ok } from '../../src/core/result.ts';
import { kinds } from '../../src/kinds/index.ts';
import { siteGrant } from '../../src/kinds/site-grant.ts';
import { contractExample, contractRows, hasContractExamples } from '../support/contract-example.ts';
import { finance, siteGrant as grant, legal } from '../support/door-facts.ts';
import { backupApp, otherApp } from '../support/facts.ts';
import { appIdentity, line, protects } from '../support/policies.ts';
import { asking, desiredOf, foundApp, type KindCase, readKind, refused, sayGaps } from '../support/read-kind.ts';

const granting = (grants: readonly (readonly [site: string, role: string])[], more: Partial<Policy> = {}): Policy =>
  asking({ siteGrants: grants.map(([site, role], index) => ({ site, role, place: line(30 + index) })) }, more);

const siteId = 'contoso.sharepoint.com,1,2';
const site = '/sites/contoso.sharepoint.com:/sites/finance?$select=id';
const list = `/sites/${siteId}/permissions`;
const listed = (id: string, app = backupApp) => ({ id, grantedToIdentities: [{ application: { id: app } }] });

interface Answers {
  readonly gets?: Readonly<Record<string, Answer<unknown>>>;
  readonly rows?: readonly unknown[];
  readonly lists?: KindCase['lists'];
}
const reading = ({ gets, rows = [listed('g1')], lists }: Answers, policies = [granting([[finance, 'read']])]) =>
  readKind(siteGrant, {
    policies,
    gets: { [site]: ok({ id: siteId }), [`${list}/g1`]: ok({ id: 'g1', roles: ['read'] }), ...gets },
    lists: lists ?? { [list]: ok(rows) },
  });
const told = ({ facts }: Awaited<ReturnType<typeof readKind>>): string[] =>
  facts.map((fact) => `${fact.identity.slice(-2)} ${fact.subject} on ${fact.kind === 'site-grant' ? fact.site : '?'}`);

describe('what is read', () => {
  it('is the site by its address, its list, and each grant of the identity: 2 requests a site and 1 a grant', async () => {
    const found = await reading({ rows: [listed('g1'), listed('g2', otherApp)] });
    expect([told(found), found.gaps]).toEqual([[`01 read on ${finance}`], []]);
    expect(found.paths).toEqual([site, list, `${list}/g1`]);
    expect(found.facts[0]).toMatchObject({ siteId, permissionId: 'g1' });
  });

  it.each([
    ['reads', ['read'], 'read'],
    ['writes', ['write'], 'write'],
    ['manages', ['manage'], 'manage'],
    ['has full control', ['fullcontrol'], 'fullcontrol'],
    ['has full control by another name', ['owner'], 'fullcontrol'],
    ['has several roles, of which the widest counts', ['read', 'fullcontrol', 'write'], 'fullcontrol'],
    ['has a role that nobody knows, which counts as the widest', ['write', 'sp.new'], 'sp.new'],
  ])('%s', async (_, roles, role) => {
    const found = await reading({ gets: { [`${list}/g1`]: ok({ id: 'g1', roles }) } });
    expect([told(found), found.gaps]).toEqual([[`01 ${role} on ${finance}`], []]);
  });

  it('counts several grants as the widest of them', async () => {
    const gets = { [`${list}/g2`]: ok({ id: 'g2', roles: ['write'] }) };
    expect(told(await reading({ rows: [listed('g1'), listed('g2')], gets }))).toEqual([`01 write on ${finance}`]);
  });

  it('knows whom a grant is for by either field, in any case', async () => {
    const row = { id: 'g1', grantedToIdentitiesV2: [{ application: { id: backupApp.toUpperCase() } }] };
    expect(told(await reading({ rows: [row] }))).toEqual([`01 read on ${finance}`]);
  });

  it('holds nothing where the site has no grant of the identity', async () => {
    const found = await reading({ rows: [listed('g2', otherApp), { id: 'g3', grantedToV2: { user: {} } }] });
    expect([found.facts, found.gaps, found.paths]).toEqual([[], [], [site, list]]);
  });

  it.each([
    ['https://contoso.sharepoint.com', '/sites/contoso.sharepoint.com'],
    ['https://contoso.sharepoint.com/', '/sites/contoso.sharepoint.com'],
    ['https://Contoso.sharepoint.com/sites/Finance/', '/sites/contoso.sharepoint.com:/sites/finance'],
    ['https://contoso.sharepoint.com/sites/a/b%20c', '/sites/contoso.sharepoint.com:/sites/a/b%20c'],
    ['https://contoso.sharepoint.com/sites/100%', '/sites/contoso.sharepoint.com:/sites/100%25'],
  ])('of %s is asked for under %s', async (address, path) => {
    const found = await readKind(siteGrant, { policies: [granting([[address, 'read']])], gets: {} });
    expect(found.paths).toEqual([`${path}?$select=id`]);
  });

  it('asks once for a site that several policies name, and looks at protected sites too', async () => {
    const other = granting([], {
      identities: [appIdentity(otherApp)],
      protects: [protects('sharepoint', { source: [`${finance}/`] })],
    });
    const found = await readKind(siteGrant, {
      policies: [granting([[finance, 'read']]), other],
      identities: [foundApp(), foundApp({ id: appIdentity(otherApp).id, appId: appId(otherApp) })],
      gets: {
        [site]: ok({ id: siteId }),
        [`${list}/g1`]: ok({ roles: ['read'] }),
        [`${list}/g2`]: ok({ roles: ['write'] }),
      },
      lists: { [list]: ok([listed('g1'), listed('g2', otherApp)]) },
    });
    expect(told(found)).toEqual([`01 read on ${finance}`, `0b write on ${finance}`]);
    expect(found.paths).toEqual([site, list, `${list}/g1`, `${list}/g2`]);
  });

  it.each([
    ['manages no site grants', asking({})],
    ['manages none on no site', granting([])],
    ['has retired without having had any', asking({}, { state: 'retired' })],
  ])('is nothing where the policy %s', async (_, policy) => {
    expect(siteGrant.asks(policy)).toEqual([]);
    expect(await readKind(siteGrant, { policies: [policy] })).toMatchObject({ facts: [], gaps: [], paths: [] });
  });
});

describe('what could not be read is a gap', () => {
  const full = 'Sites.FullControl.All';
  it.each<[string, Answers, string, string]>([
    ['a refused site', { gets: { [site]: err(refused) } }, 'forbidden: HTTP 403', full],
    [
      'a site that is not there',
      { gets: { [site]: err({ ...refused, reason: 'not-found' }) } },
      'not-found: HTTP 403',
      'the address of a site that is there',
    ],
    ['a site without id', { gets: { [site]: ok({}) } }, 'malformed: `id` is undefined where a text belongs', full],
    ['a refused list', { lists: { [list]: err(refused) } }, 'forbidden: HTTP 403', full],
    ['a list of no grants', { rows: ['g1'] }, 'malformed: a grant is string where an object belongs', full],
    ['a refused grant', { gets: { [`${list}/g1`]: err(refused) } }, 'forbidden: HTTP 403', full],
    [
      'a grant without roles',
      { gets: { [`${list}/g1`]: ok({ id: 'g1' }) } },
      'malformed: `roles` is empty where roles belong',
      full,
    ],
    [
      'roles that are no texts',
      { gets: { [`${list}/g1`]: ok({ roles: [1] }) } },
      'malformed: `roles` holds number where texts belong',
      full,
    ],
  ])('%s', async (_, answers, gap, needs) => {
    const found = await reading(answers);
    expect([found.facts, sayGaps(found), found.gaps[0]?.needs]).toEqual([[], [`site-grant ${gap}`], needs]);
  });
});

describe('what a policy asks for', () => {
  it('is each grant for each identity, by address without case or slash', () => {
    const policy = granting([
      [`${finance}/`, 'read'],
      [legal, 'write'],
    ]);
    expect(desiredOf(siteGrant, policy)).toEqual({ facts: ['read at 30', 'write at 31'], problems: [] });
    expect(siteGrant.subjects?.(policy)).toEqual([finance, legal]);
    expect(desiredOf(siteGrant, { ...policy, state: 'retired' }).facts).toEqual([]);
  });

  it('takes full control of all sites to read, which finds them as well', () => {
    expect(siteGrant.asks(granting([[finance, 'read']]))).toEqual([
      { api: 'graph', permission: 'Sites.FullControl.All', or: [] },
      { api: 'graph', permission: 'Sites.Read.All', or: ['Sites.ReadWrite.All', 'Sites.FullControl.All'] },
    ]);
  });

  it.each([
    ['alike', [grant('read')], [grant('read')], []],
    ['another role', [grant('read')], [grant('write')], ['changed']],
    ['nothing', [grant('read')], [], ['missing']],
    ['a grant more', [], [grant('read')], ['undeclared']],
  ])('differs where the tenant has %s', (_, desired, actual, causes) => {
    const changes = diff({ kinds, desired, actual, governs: () => true, wasRead: () => true });
    expect(changes.map(({ cause }) => cause)).toEqual(causes);
  });
});

describe.skipIf(!hasContractExamples)('recorded answers', () => {
  it('are read: a list without roles, then a grant with them', async () => {
    const rows = contractRows('graph-site-permissions-list-200-no-roles');
    const single = contractExample('graph-site-permission-patch-200');
    const app = appId('89ea5c94-7736-4e25-95ad-3fa95f62b66e');
    const found = await readKind(siteGrant, {
      policies: [granting([[finance, 'read']], { identities: [appIdentity(app)] })],
      identities: [foundApp({ id: appIdentity(app).id, appId: app })],
      gets: { [site]: ok({ id: siteId }), [`${list}/${rows[0]?.['id']}`]: ok(single) },
      lists: { [list]: ok(rows) },
    });
    expect([told(found), found.gaps]).toEqual([[`6e write on ${finance}`], []]);
    expect(found.paths).toHaveLength(3);
  });
});
