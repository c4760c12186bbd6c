import { describe, expect, it } from 'vitest';
import { identityId, objectId } from '../../src/core/ids.ts';
import type { Policy, PolicyIdentity } from '../../src/core/policy.ts';
import type { Answer } from '../../src/core/ports.ts';
import { err, ok } from '../../src/core/result.ts';
import { administrator } from '../../src/kinds/administrator.ts';
import { findDirectoryRole } from '../../src/knowledge/directory-roles.ts';
import { appIdentity, line } from '../support/policies.ts';
import { asking, desiredOf, foundApp, readKind, refused, sayGaps } from '../support/read-kind.ts';

const idOf = (role: string) => findDirectoryRole(role)?.id ?? '';
const [global, privileged] = ['Global Administrator', 'Privileged Role Administrator'].map(idOf);
const roleList = (id: string | undefined) =>
  `/roleManagement/directory/roleAssignments?$filter=roleDefinitionId eq '${id}'`;
const userId = 'b2000000-0000-4000-8000-000000000001';
const named = 'BackupAdmin@contoso.example';

const product = { value: 'ninjaone', place: line(5) };
const ninja = asking({}, { product });
const user: PolicyIdentity = { type: 'user', id: identityId(userId), objectId: objectId(userId), place: line(8) };
const presence = { appId: null, userPrincipalName: named, purpose: null, place: line(40) };

const person = (more: object = {}) => ({
  id: userId.toUpperCase(),
  userPrincipalName: 'someone@contoso.example',
  displayName: 'Someone',
  mail: 'someone@contoso.example',
  assignedLicenses: [{ skuId: 'x' }],
  assignedPlans: [],
  ...more,
});
const backupPerson = person({ userPrincipalName: named });
const holds = (id = userId, directoryScopeId = '/') => ({ principalId: id, directoryScopeId });

interface Answers {
  readonly globals?: Answer<readonly unknown[]>;
  readonly privileged?: Answer<readonly unknown[]>;
  readonly users?: Answer<readonly unknown[]>;
  readonly owners?: readonly unknown[];
}
const reading = (policy: Policy, { globals, privileged: others, users, owners }: Answers = {}) =>
  readKind(administrator, {
    policies: [policy],
    identities: [foundApp({ application: { id: 'x', owners: owners ?? [] } })],
    lists: {
      [roleList(global)]: globals ?? ok([holds()]),
      [roleList(privileged)]: others ?? ok([]),
      '/users': users ?? ok([backupPerson]),
    },
  });
const told = ({ facts }: Awaited<ReturnType<typeof readKind>>): string[] =>
  facts.map((fact) =>
    fact.kind === 'administrator'
      ? `${fact.identity.slice(0, 2)} ${fact.subject} by ${fact.by}: ${fact.roles.join(', ')}${fact.hasMailbox === true ? ', mail' : ''}`
      : fact.kind,
  );

describe('an administrator', () => {
  it('is found by the roles and then by name: 2 requests, and 1 for 15 people', async () => {
    const found = await reading(ninja, { privileged: ok([holds()]) });
    expect(found.paths.map((path) => path.split('&')[0])).toEqual([
      roleList(global),
      roleList(privileged),
      `/users?$filter=id in ('${userId}')`,
    ]);
    expect([told(found), found.gaps]).toEqual([
      [`6f ${named} by name: Global Administrator, Privileged Role Administrator, mail`],
      [],
    ]);
  });

  it.each<[string, Policy, Answers, string]>([
    ['an identity of the policy', asking({}, { identities: [user] }), {}, 'b2 BackupAdmin@contoso.example by identity'],
    ['named as one who must be gone', asking({}, { mustNotExist: [presence] }), {}, `6f ${named} by presence`],
    ['named as one who must be there', asking({}, { mustExist: [presence] }), {}, `6f ${named} by presence`],
    [
      'an owner of the app',
      ninja,
      { owners: [{ id: userId.toUpperCase() }], users: ok([person()]) },
      '6f someone@contoso.example by owner',
    ],
    [
      'called after the product',
      ninja,
      { users: ok([person({ userPrincipalName: 'svc-ninjaone@contoso.example' })]) },
      '6f svc-ninjaone@contoso.example by name',
    ],
    [
      'shown by the name of backup',
      ninja,
      { users: ok([person({ displayName: 'Cloud Backup' })]) },
      '6f someone@contoso.example by name',
    ],
  ])('counts who is %s', async (_, policy, answers, start) => {
    expect(told(await reading(policy, answers))).toEqual([`${start}: Global Administrator, mail`]);
  });

  it('is told once by a name, and not by that where another policy is about that very person', async () => {
    const several = (policies: readonly Policy[]) =>
      readKind(administrator, {
        policies,
        identities: [foundApp(), foundApp({ id: user.id, appId: null })],
        lists: { [roleList(global)]: ok([holds()]), [roleList(privileged)]: ok([]), '/users': ok([backupPerson]) },
      });
    const other = asking({}, { product, identities: [appIdentity('6f000000-0000-4000-8000-000000000009')] });
    expect(told(await several([ninja, other]))).toEqual([`6f ${named} by name: Global Administrator, mail`]);
    expect(told(await several([ninja, asking({}, { identities: [user] })]))).toEqual([
      `b2 ${named} by identity: Global Administrator, mail`,
    ]);
  });

  it.each<[string, Answers]>([
    ['somebody else', { users: ok([person()]) }],
    [
      'somebody of a domain that is called after backup',
      { users: ok([person({ userPrincipalName: 'a@backup.example' })]) },
    ],
    ['no user', { users: ok([]) }],
    ['one with a part of the directory', { globals: ok([holds(userId, '/administrativeUnits/1')]) }],
    ['nobody', { globals: ok([]) }],
  ])('is not told where it is %s', async (_, answers) => {
    expect(await reading(ninja, answers)).toMatchObject({ facts: [], gaps: [] });
  });

  it.each([
    ['a plan of Exchange', { assignedPlans: [{ service: 'exchange', capabilityStatus: 'Enabled' }] }, true],
    ['a licence and an address', {}, true],
    ['a plan that is off', { assignedPlans: [{ service: 'exchange', capabilityStatus: 'Deleted' }] }, false],
    ['another plan', { assignedPlans: [{ service: 'SharePoint', capabilityStatus: 'Enabled' }] }, false],
    ['no licence', { assignedLicenses: [] }, false],
    ['no address', { mail: null }, false],
  ])('has a mailbox by %s: %o', async (_, more, hasMailbox) => {
    const found = await reading(ninja, { users: ok([{ ...backupPerson, ...more }]) });
    expect(found.facts[0]).toMatchObject({ hasMailbox });
  });
});

describe('a policy', () => {
  it.each([
    ['of a product whose page has a Global Administrator do something', ninja],
    ['that names a person', asking({}, { identities: [user] })],
    ['that wants a user gone', asking({}, { mustNotExist: [presence] })],
  ])('%s asks for them', (_, policy) => {
    expect(administrator.asks(policy)).toEqual([
      { api: 'graph', permission: 'RoleManagement.Read.Directory', or: ['Directory.Read.All'] },
      { api: 'graph', permission: 'User.Read.All', or: ['Directory.Read.All'] },
    ]);
  });

  it.each([
    ['of an app alone', asking({})],
    ['of another product', asking({}, { product: { ...product, value: 'hubstor' } })],
    [
      'that wants an app gone',
      asking({}, { mustNotExist: [{ ...presence, appId: appIdentity().id as never, userPrincipalName: null }] }),
    ],
    ['that is retired', { ...ninja, state: 'retired' as const }],
  ])('%s does not', (_, policy) => {
    expect(administrator.asks(policy)).toEqual([]);
    expect(desiredOf(administrator, policy)).toEqual({ facts: [], problems: [] });
  });
});

describe('what could not be read is a gap', () => {
  it.each<[string, Answers, string, string]>([
    ['who holds a role', { globals: err(refused) }, 'forbidden: HTTP 403', 'RoleManagement.Read.Directory'],
    ['who they are', { users: err({ ...refused, request: 'GET /users' }) }, 'forbidden: HTTP 403', 'User.Read.All'],
    [
      'a role without holder',
      { privileged: ok([{}]) },
      'malformed: `principalId` is undefined where a text belongs',
      'RoleManagement.Read.Directory',
    ],
    ['a user without id', { users: ok([{}]) }, 'malformed: `id` is undefined where a text belongs', 'User.Read.All'],
  ])('%s', async (_, answers, gap, needs) => {
    const found = await reading(ninja, answers);
    expect([found.facts, sayGaps(found), found.gaps[0]?.needs]).toEqual([[], [`administrator ${gap}`], needs]);
  });
});
