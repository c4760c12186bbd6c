import { describe, expect, it } from 'vitest';
import { identityId, objectId } from '../../src/core/ids.ts';
import type { Policy, PolicyIdentity } from '../../src/core/policy.ts';
import { err, ok } from '../../src/core/result.ts';
import { conditionalAccess } from '../../src/kinds/conditional-access.ts';
import { backupObject } from '../support/facts.ts';
import { line } from '../support/policies.ts';
import { asking, desiredOf, foundApp, type KindCase, readKind, refused, sayGaps } from '../support/read-kind.ts';

const path = '/identity/conditionalAccess/policies';
const userId = 'b2000000-0000-4000-8000-000000000001';
const rule = (conditions: object, more: object = {}) => ({
  id: 'P1',
  displayName: 'Block all but ours',
  state: 'enabled',
  conditions,
  grantControls: { operator: 'OR', builtInControls: ['block'] },
  ...more,
});
const apps = (include: readonly string[], exclude: readonly string[] = []) => ({
  clientApplications: { includeServicePrincipals: include, excludeServicePrincipals: exclude },
});
const people = (include: readonly string[], exclude: readonly string[]) => ({
  users: { includeUsers: include, excludeUsers: exclude },
});
const flows = (transferMethods: string) => ({
  users: { includeUsers: ['All'] },
  authenticationFlows: { transferMethods },
});

const reading = (row: unknown, more: Partial<KindCase> = {}) =>
  readKind(conditionalAccess, { policies: [asking({})], lists: { [path]: ok([row]) }, ...more });
const told = ({ facts }: Awaited<ReturnType<typeof readKind>>): string[] =>
  facts.map((fact) =>
    fact.kind === 'conditional-access'
      ? `${fact.about} ${fact.bears} ${fact.state}${fact.blocks ? ' blocks' : ''}${fact.person === undefined ? '' : ` ${fact.person}`}`
      : fact.kind,
  );

describe('a policy', () => {
  it.each([
    ['that names the app', rule(apps([backupObject.toUpperCase()])), 'workload-identity covers enabled blocks'],
    [
      'on every app of the tenant',
      rule(apps(['ServicePrincipalsInMyTenant'])),
      'workload-identity covers enabled blocks',
    ],
    [
      'that leaves the app out',
      rule(apps(['ServicePrincipalsInMyTenant'], [backupObject])),
      'workload-identity excludes enabled blocks',
    ],
    [
      'that only reports',
      rule(apps([backupObject]), { state: 'enabledForReportingButNotEnforced' }),
      'workload-identity covers reporting blocks',
    ],
    ['that is off', rule(apps([backupObject]), { state: 'disabled' }), 'workload-identity covers disabled blocks'],
    ['that asks for more', rule(apps([backupObject]), { grantControls: null }), 'workload-identity covers enabled'],
    ['on device codes', rule(flows('deviceCodeFlow')), 'device-code covers enabled blocks'],
    [
      'on device codes among others',
      rule(flows('deviceCodeFlow,authenticationTransfer')),
      'device-code covers enabled blocks',
    ],
  ])('%s bears on it', async (_, row, fact) => {
    const found = await reading(row);
    expect([told(found), found.gaps, found.paths]).toEqual([[fact], [], [path]]);
    expect(found.facts[0]).toMatchObject({ subject: 'p1', displayName: 'Block all but ours' });
  });

  it.each([
    ['on other apps', rule(apps(['other']))],
    ['on people', rule(people(['All'], []))],
    ['that leaves somebody else out', rule(people(['All'], [userId]))],
    ['on another way of signing in', rule(flows('authenticationTransfer'))],
    ['without conditions', rule({}, { conditions: null })],
  ])('%s does not', async (_, row) => {
    expect(await reading(row)).toMatchObject({ facts: [], gaps: [], paths: [path] });
  });

  it('is asked for once, however many policies there are', async () => {
    const found = await reading(rule(apps([backupObject])), { policies: [asking({}), asking({})] });
    expect(found.paths).toEqual([path]);
  });
});

describe('administrators of the backup', () => {
  const user: PolicyIdentity = { type: 'user', id: identityId(userId), objectId: objectId(userId), place: line(8) };
  const asUser = {
    policies: [asking({}, { identities: [user] })],
    identities: [foundApp({ id: user.id, objectId: user.objectId, appId: null, displayName: 'Backup operator' })],
  };
  const naming = (name: string): Policy =>
    asking({}, { mustNotExist: [{ appId: null, userPrincipalName: name, purpose: null, place: line(40) }] });
  const name = 'BackupAdmin@contoso.example';
  const lookup = "/users?$filter=userPrincipalName in ('backupadmin%40contoso.example')";
  const listing = (row: unknown, users: KindCase['lists'] = {}) => ({
    policies: [naming(name)],
    lists: { ...users, [path]: ok([row]) },
  });

  it('are told where a policy on everybody leaves out a person who is the identity', async () => {
    const found = await reading(rule(people(['All'], [userId.toUpperCase()])), asUser);
    expect([told(found), found.paths]).toEqual([['administrators excludes enabled blocks Backup operator'], [path]]);
  });

  it('are told where it leaves out somebody whom the policy names, by one request more', async () => {
    const users = { [lookup]: ok([{ id: userId, userPrincipalName: name }]) };
    const found = await reading(null, listing(rule(people(['All'], [userId])), users));
    expect(told(found)).toEqual([`administrators excludes enabled blocks ${name}`]);
    expect(found.paths).toHaveLength(2);
  });

  it.each([
    ['a policy on few people leaves the identity out', rule(people(['group'], [userId])), asUser],
    ['nobody is left out', rule(people(['All'], [])), listing(rule(people(['All'], [])))],
  ])('are not told where %s', async (_, row, more) => {
    expect(await reading(row, { lists: { [path]: ok([row]) }, ...more })).toMatchObject({
      facts: [],
      gaps: [],
      paths: [path],
    });
  });

  it('leave a gap where nobody says who they are', async () => {
    const found = await reading(null, listing(rule(people(['All'], [userId])), { '/users': err(refused) }));
    expect([found.facts, sayGaps(found), found.gaps[0]?.needs]).toEqual([
      [],
      ['conditional-access forbidden: HTTP 403'],
      'User.Read.All',
    ]);
    expect(conditionalAccess.subjects?.(naming(name))).toEqual([name.toLowerCase()]);
  });
});

describe('what could not be read', () => {
  it.each([
    ['a refusal', err(refused), 'forbidden: HTTP 403'],
    ['a policy of no known state', ok([rule({}, { state: 'on' })]), 'malformed: `state` is of no known name'],
    ['a policy without id', ok([{ state: 'enabled' }]), 'malformed: `id` is undefined where a text belongs'],
    ['conditions that are a list', ok([rule([])]), 'malformed: `conditions` is a list where an object belongs'],
  ])('is a gap: %s', async (_, answer, gap) => {
    const found = await reading(null, { lists: { [path]: answer } });
    expect([found.facts, sayGaps(found), found.gaps[0]?.needs]).toEqual([
      [],
      [`conditional-access ${gap}`],
      'Policy.Read.All',
    ]);
  });

  it('is nothing in a tenant without the licence, which has no such policy', async () => {
    const answer = err({ ...refused, detail: 'AccessDenied: Your account is not licensed for this feature' });
    expect(await reading(null, { lists: { [path]: answer } })).toMatchObject({ facts: [], gaps: [] });
  });

  it('is asked for by no policy, and read where the program may', () => {
    expect([conditionalAccess.asks(asking({})), conditionalAccess.optional]).toEqual([[], 'Policy.Read.All']);
    expect(desiredOf(conditionalAccess, asking({}))).toEqual({ facts: [], problems: [] });
  });
});
