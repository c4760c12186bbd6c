import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tellAccess } from '../../src/app/tell-access.ts';
import type { EscalationPath } from '../../src/core/effective.ts';
import type { Fact, KindId } from '../../src/core/fact.ts';
import { objectId } from '../../src/core/ids.ts';
import { azureReaches, tenantReaches } from '../../src/knowledge/reaches.ts';
import {
  accessPolicy,
  administrator,
  eligibleRole,
  exchangeRole,
  federatedCredential,
  keyVaultAccess,
  siteGrant,
} from '../support/access-facts.ts';
import {
  acsPrincipal,
  allows,
  appRole,
  azureAdGraph,
  azureRole,
  certificate,
  delegated,
  directoryRole,
  disk,
  exchange,
  group,
  secret,
  servicePrincipal,
  sharePoint,
  subscription,
  vault,
  vaultIdentity,
} from '../support/facts.ts';
import { policy, vaultSystem } from '../support/policies.ts';
import { accessOf, type Seen } from '../support/tell-reaches.ts';

const owner = (id: string, type = 'user', on: 'application' | 'service-principal' = 'application') => ({
  id: objectId(id),
  type,
  on,
});
const tell = (paths: readonly EscalationPath[]): readonly string[] =>
  paths.map(({ answer, path, what, by }) => `${answer} ${path}: ${what} [${by.join(', ')}]`);

type Case = readonly [name: string, facts: readonly Fact[], says: readonly string[], seen?: Seen];

const named = (cases: readonly Case[]) => cases.map(([name, facts, says, seen = {}]) => ({ name, facts, says, seen }));

const ways: readonly Case[] = [
  ['nobody', [servicePrincipal()], []],
  ['an expired secret', [secret('2024-01-01', '2025-01-01')], []],
  ['an owner', [servicePrincipal({ owners: [owner('o1')] })], ['yes owner: 1 owner, who can add credentials [o1]']],
  [
    'an owner of both objects, and an application',
    [
      servicePrincipal({
        owners: [owner('o1'), owner('o1', 'user', 'service-principal'), owner('o2', 'servicePrincipal')],
      }),
    ],
    ['yes owner: 2 owners (1 of them an application), who can add credentials [o1, o2]'],
  ],
  [
    'owners who could not all be read',
    [servicePrincipal({ ownersUnread: true })],
    ['unknown owner: more owners, who were not read []'],
  ],
  ['a secret', [secret('2026-01-01', '2027-01-01')], ['yes secret: whoever has the secret [secret-1]']],
  [
    'secrets, old and hidden',
    [
      secret(null, null),
      secret(null, null, { id: 's2', on: 'service-principal' }),
      secret(null, '2026-01-01', { id: 's3' }),
    ],
    [
      'yes secret: whoever has one of 2 secrets (1 hidden on the service principal, 1 more not valid now) [secret-1, s2]',
    ],
  ],
  [
    'a certificate',
    [certificate(null, '2027-01-01')],
    ['yes certificate: whoever has the certificate [certificate-1]'],
  ],
  [
    'a workflow of GitHub',
    [federatedCredential('main', 'repo:contoso/ops:ref:refs/heads/main')],
    ['yes federated-credential: 1 outside sign-in: `repo:contoso/ops:ref:refs/heads/main` [main]'],
  ],
  [
    'a flexible expression',
    [federatedCredential('all', null)],
    ["yes federated-credential: 1 outside sign-in: `claims['sub'] matches 'repo:contoso/*'` [all]"],
  ],
  [
    'administrators',
    [administrator('a@contoso.example'), administrator('b@contoso.example')],
    [
      'yes administrator: 2 people close to it, holding roles over the whole tenant at any time [a@contoso.example, b@contoso.example]',
    ],
  ],
  [
    'credentials that could not be read',
    [],
    ['unknown credential: secrets and certificates, which were not read []'],
    { gaps: ['credential'] },
  ],
];

const stepsOut: readonly Case[] = [
  ['reading mail', [appRole('Mail.Read')], []],
  ['an API that is switched off', [appRole('Application.ReadWrite.All', { api: azureAdGraph })], []],
  ['a role that assigns nothing', [azureRole('Reader', subscription)], []],
  [
    'granting permissions',
    [appRole('AppRoleAssignment.ReadWrite.All')],
    ['yes permission: it can grant itself any application permission on any API [AppRoleAssignment.ReadWrite.All]'],
  ],
  [
    'granting permissions as an administrator who signs in',
    [delegated('AppRoleAssignment.ReadWrite.All')],
    [
      'yes delegated-permission: it can grant itself any application permission on any API, as an administrator who signs in [AppRoleAssignment.ReadWrite.All]',
    ],
  ],
  [
    'adding credentials, by two permissions',
    [appRole('Application.ReadWrite.All'), appRole('Application.ReadUpdate.All')],
    [
      'yes permission: it can add a credential to a stronger application and sign in as that [Application.ReadWrite.All, Application.ReadUpdate.All]',
    ],
  ],
  [
    'assigning Azure roles in two places',
    [azureRole('Owner', disk('d1')), azureRole('User Access Administrator', group('rg-b'))],
    ['yes azure-role: it can assign itself any role in 1 resource group and 1 disk [Owner, User Access Administrator]'],
  ],
  [
    'running code on machines',
    [
      azureRole('Ours', group('rg-a'), {
        permissions: allows(['Microsoft.Compute/virtualMachines/runCommand/action']),
      }),
    ],
    ['yes other-identity: it can act as the managed identities of virtual machines in resource group `rg-a` [Ours]'],
  ],
  [
    'a directory role that administers applications',
    [directoryRole('Application Administrator')],
    [
      'yes directory-role: it adds credentials to any application and can then sign in as it [Application Administrator]',
    ],
  ],
  [
    'a directory role of further steps',
    [directoryRole('Helpdesk Administrator')],
    [
      'yes further-steps: in further steps, since it resets passwords of users, owners of strong applications included [Helpdesk Administrator]',
    ],
  ],
  [
    'assigning Exchange roles',
    [exchangeRole('Role Management')],
    ['yes exchange-role: it can assign itself any Exchange role, and so reach every mailbox [Role Management]'],
  ],
];

describe('escalation paths', () => {
  test.each(named(ways))('in: $name', ({ facts, says, seen }) => {
    expect(tell(accessOf(facts, seen).in)).toEqual(says);
  });

  test('in: whoever runs the vault', () => {
    const access = accessOf([vaultIdentity()], { identity: vaultSystem(vault()) });
    expect(tell(access.in)).toEqual([`yes vault: whoever runs the vault \`bv-prod\` [${vault()}]`]);
  });

  test.each(named(stepsOut))('out: $name', ({ facts, says }) => {
    expect(tell(accessOf(facts).out)).toEqual(says);
  });

  test('what holds of all of it is said', () => {
    expect(accessOf([servicePrincipal({ enabled: false }), acsPrincipal()]).remarks).toEqual([
      'it is disabled: nobody signs in as it until it is enabled',
      'SharePoint trusts it besides as an app principal of its own (Azure ACS), by which nobody signs in any more',
    ]);
    expect(accessOf([servicePrincipal(), acsPrincipal({ appOnly: false })]).remarks).toEqual([]);
  });
});

const grants: readonly Fact[] = [
  ...['Mail.Read', 'Mail.Send', 'Sites.Selected', 'Sites.Read.All', 'Chat.Read.All', 'User.ReadWrite.All'].map((name) =>
    appRole(name),
  ),
  appRole('AppRoleAssignment.ReadWrite.All'),
  appRole('full_access_as_app', { api: exchange }),
  appRole('IMAP.AccessAsApp', { api: exchange }),
  appRole('Sites.FullControl.All', { api: sharePoint }),
  ...['Global Administrator', 'Exchange Administrator', 'Directory Readers'].map((name) => directoryRole(name)),
  directoryRole('User Administrator', { scope: '/administrativeUnits/a' }),
  ...['Application Mail.Read', 'Mail Recipients', 'Ours', 'View-Only Configuration'].flatMap((name) => [
    exchangeRole(name),
    exchangeRole(name, 'Scope'),
  ]),
  siteGrant('https://a'),
  siteGrant('https://b', 'write'),
  ...['Owner', 'Contributor', 'Reader', 'Disk Backup Reader', 'Storage Blob Data Contributor'].flatMap((name) => [
    azureRole(name, subscription),
    azureRole(name, group('rg-a')),
    azureRole(name, disk('d1')),
  ]),
  azureRole('Odd', subscription, { permissions: null }),
  eligibleRole('Owner', group('rg-b')),
  keyVaultAccess('kv1', { secrets: ['get'], keys: ['purge'] }),
  delegated('Mail.Read'),
];
const kindsOfGrants: readonly KindId[] = [...new Set(grants.map(({ kind }) => kind))];
const someGrants = fc.subarray([...grants]);
const someKinds = fc.subarray([...kindsOfGrants]);

/** Answers by reach; a part that is not told is covered by the whole. */
const answers = (facts: readonly Fact[], seen: Seen = {}): ReadonlyMap<string, string> =>
  new Map(accessOf(facts, seen).reaches.map(({ id, answer }) => [id, answer]));
const whole = (id: string): string => id.replace(/-in-part$/, '');

describe('whatever is held and read', () => {
  test('a further grant never turns a yes into anything else', () => {
    fc.assert(
      fc.property(someGrants, fc.constantFrom(...grants), fc.boolean(), (held, more, confined) => {
        const always = confined ? [accessPolicy('Backup group')] : [];
        const before = answers([...held, ...always]);
        const after = answers([...held, more, ...always]);
        for (const [id, answer] of before)
          if (answer === 'yes') expect(after.get(id) ?? after.get(whole(id)), `${id} by ${more.key}`).toBe('yes');
      }),
      { numRuns: 200 },
    );
  });

  test('what was not read never makes a no, and never takes a yes away', () => {
    fc.assert(
      fc.property(someGrants, someKinds, fc.boolean(), (held, all, isGap) => {
        // An application can't activate a role, so that nobody need ask which it could.
        const hidden = isGap ? all : all.filter((kind) => kind !== 'azure-role-eligibility');
        const complete = answers(held);
        const seen = held.filter(({ kind }) => !hidden.includes(kind));
        const partial = answers(seen, isGap ? { gaps: hidden } : { unread: hidden });
        for (const [id, answer] of partial)
          if (answer === 'no') expect(complete.get(id) ?? 'no', id).not.toBe('yes');
          else if (answer === 'yes') expect([complete.get(id), complete.get(whole(id))], id).toContain('yes');
      }),
      { numRuns: 200 },
    );
  });

  test('the order of facts changes no answer', () => {
    fc.assert(
      fc.property(someGrants, (held) => {
        expect(answers([...held].reverse())).toEqual(answers(held));
      }),
      { numRuns: 50 },
    );
  });

  test('every reach of the list has its answer', () => {
    const told = accessOf([]).reaches.map(({ id }) => id);
    expect(told).toEqual([
      'takes-over-tenant',
      ...tenantReaches.map(({ id }) => id),
      ...azureReaches.map(({ id }) => id),
      'acts-as-users',
    ]);
  });
});

test('the worst stands first, whatever the order of policies', () => {
  const told = (name: string, facts: readonly Fact[]) => ({
    policy: policy({ name }).policy,
    facts,
    gaps: [],
    read: null,
  });
  const all = [
    told('sees', [azureRole('Reader', subscription)]),
    told('mails', [appRole('Mail.Read')]),
    told('nothing', []),
    told('rules', [appRole('RoleManagement.ReadWrite.Directory')]),
    told('mails-and-sees', [appRole('Mail.Read'), azureRole('Reader', subscription)]),
  ];
  const order = (list: typeof all) =>
    tellAccess(list, { snapshot: null, kinds: [], now: new Date('2026-11-22T00:00:00Z') }).map((one) => one.policy);
  expect(order(all)).toEqual(['rules', 'mails-and-sees', 'mails', 'sees', 'nothing']);
  expect(order([...all].reverse())).toEqual(order(all));
});
