import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/core/change.ts';
import type { Fact } from '../../src/core/fact.ts';
import { armId, identityId } from '../../src/core/ids.ts';
import { missingGrants } from '../../src/knowledge/missing-grants.ts';
import { exchangeRole, siteGrant } from '../support/access-facts.ts';
import { allows, appRole, azureRole, backupApp, disk, group, otherApp } from '../support/facts.ts';
import { giving, guarded, known, taking, tellGuarded } from '../support/guard-world.ts';
import { appIdentity, policy, protects } from '../support/policies.ts';

const app = group('rg-app');
const snapshots = group('rg-snapshots');
const disks = { protects: [protects('azure-vm-disk', { source: [app], snapshots: [snapshots] })] };
const [diskReader, reader] = [azureRole('Disk Backup Reader', app), azureRole('Reader', app)];
const keeper = azureRole('Disk Snapshot Contributor', snapshots);
const least = [diskReader, reader, keeper];
const wide = [azureRole('Contributor', app), azureRole('Contributor', snapshots)];
const mail = { protects: [protects('exchange-mail')] };
const stays = appRole('User.Read.All');

describe('what backups need is not taken', () => {
  it('before what does as well is asked for', () => {
    expect(guarded([taking(reader)], { policies: [disks], facts: [diskReader, keeper] }).withheld).toMatchObject([
      {
        code: 'breaks-backup',
        policy: 'backup',
        why: `the next backup of azure-vm-disk (backup) would fail: once this is gone, \`Reader\` on \`${app}\` is missing`,
        wayForward: 'grant it first, by asking for it in the policy; or take azure-vm-disk out of `protects`',
      },
    ]);
  });

  it('not even where it is wide', () => {
    const held = azureRole('Owner', app);
    expect(tellGuarded([taking(held)], { policies: [disks], facts: [diskReader, keeper] })).toBe(
      '-Owner: breaks-backup',
    );
  });

  it('not even where its replacement is asked for, and never granted', () => {
    const change = [taking(azureRole('Contributor', app)), giving(azureRole('Owner', app))];
    expect(tellGuarded(change, { policies: [disks], facts: [keeper] })).toBe(
      '+Owner: never-grant, -Contributor: breaks-backup',
    );
  });

  it('where a role on another disk of the same group stays', () => {
    const one = azureRole('Disk Backup Reader', disk('one'));
    const two = azureRole('Disk Backup Reader', disk('two'));
    const facts = [one, reader, keeper];
    expect(tellGuarded([taking(two)], { policies: [disks], facts })).toBe('-Disk Backup Reader: breaks-backup');
    const narrow = { protects: [protects('azure-vm-disk', { source: [disk('one')], snapshots: [snapshots] })] };
    expect(tellGuarded([taking(two)], { policies: [narrow], facts })).toBe('-Disk Backup Reader');
  });

  it('where nobody knows what the role that stays allows', () => {
    const unknown = azureRole('Custom', app, { permissions: null });
    expect(tellGuarded([taking(reader)], { policies: [disks], facts: [diskReader, keeper, unknown] })).toBe(
      '-Reader: breaks-backup',
    );
  });

  it('where another policy on the identity needs it, whatever that lets the program do', () => {
    const onlooker = { ...disks, name: 'onlooker', enforcement: 'report' as const };
    const facts = [diskReader, keeper];
    expect(guarded([taking(reader)], { policies: [{}, onlooker], facts }).withheld[0]?.why).toContain('(onlooker)');
  });

  it('where the identity is named in another case', () => {
    const spelt = { ...disks, identities: [appIdentity(backupApp.toUpperCase())] };
    expect(tellGuarded([taking(reader)], { policies: [spelt], facts: [diskReader, keeper] })).toBe(
      '-Reader: breaks-backup',
    );
  });

  it('where it is the same assignment, told under two identities', () => {
    const assignmentId = armId('/assignments/1');
    const twin = { ...disks, name: 'twin', identities: [appIdentity(otherApp)] };
    const facts = least.map((fact) => ({ ...fact, identity: identityId(otherApp), key: `${fact.key} of the other` }));
    const [first, second, third] = facts;
    if (first === undefined || second === undefined || third === undefined) throw new Error('three facts');
    const world = {
      policies: [{}, twin],
      identities: [known(), known(otherApp)],
      facts: [stays, first, { ...second, assignmentId }, third],
    };
    expect(tellGuarded([taking({ ...reader, assignmentId })], world)).toBe('-Reader: breaks-backup');
    expect(tellGuarded([taking({ ...reader, assignmentId: armId('/assignments/2') })], world)).toBe('-Reader');
  });

  it('of Microsoft 365 either', () => {
    const held = appRole('Mail.Read');
    expect(guarded([taking(held)], { policies: [mail], facts: [stays] }).withheld[0]?.why).toBe(
      'the next backup of exchange-mail (backup) would fail: once this is gone, `Mail.Read` on Microsoft Graph is missing',
    );
  });

  it('where the Exchange role in its place was not read', () => {
    const held = appRole('Mail.Read');
    const role = exchangeRole('Application Mail.Read');
    const world = { policies: [mail], facts: [stays, role] };
    expect(tellGuarded([taking(held)], { ...world, unread: ['exchange-role-assignment'] })).toBe(
      '-Mail.Read: breaks-backup',
    );
    expect(tellGuarded([taking(held)], world)).toBe('-Mail.Read');
  });

  it('where a policy writes a grant on a site and the tenant has none', () => {
    const site = 'https://contoso.sharepoint.com/sites/a';
    const sites = { protects: [protects('sharepoint', { source: [site] })] };
    const all = [taking(appRole('Sites.Read.All')), giving(appRole('Sites.Selected'))];
    const told = (facts: readonly Fact[]) => tellGuarded(all, { policies: [sites], facts });
    expect(told([stays, siteGrant(site, 'read')])).toBe('-Sites.Read.All, +Sites.Selected');
  });
});

describe('what is free to go', () => {
  it.each<readonly [string, readonly Change[], readonly Fact[], string]>([
    [
      'wide roles, with the least ones granted in their place',
      [...wide.map(taking), ...least.map(giving)],
      [],
      '-Contributor, -Contributor, +Disk Backup Reader, +Reader, +Disk Snapshot Contributor',
    ],
    ['wide roles beside the least ones', wide.map(taking), least, '-Contributor, -Contributor'],
    ['what no workload needs', [taking(appRole('Mail.Read'))], least, '-Mail.Read'],
    ['a role elsewhere', [taking(azureRole('Reader', group('rg-old')))], least, '-Reader'],
    ['what was not enough before', [taking(appRole('Mail.Read'))], [diskReader], '-Mail.Read'],
  ])('%s', (_, changes, facts, is) => {
    expect(tellGuarded(changes, { policies: [disks], facts })).toBe(is);
  });

  it('all of it, where the policy is retired', () => {
    const retired = { ...disks, state: 'retired' as const };
    expect(tellGuarded(least.map(taking), { policies: [retired] })).toBe(
      '-Disk Backup Reader, -Reader, -Disk Snapshot Contributor',
    );
  });

  it('one of two that do the same, the one that can do more', () => {
    const both = [taking(reader), taking(azureRole('Owner', app))];
    expect(tellGuarded(both, { policies: [disks], facts: [diskReader, keeper] })).toBe(
      '-Owner, -Reader: breaks-backup',
    );
  });
});

/** Grants among which plans are made: enough, more than enough, and useless. */
const grants: readonly Fact[] = [
  ...least,
  ...wide,
  azureRole('Owner', app),
  azureRole('Disk Backup Reader', disk('one')),
  azureRole('Reader', group('rg-other')),
  azureRole('Custom', app, { permissions: allows(['Microsoft.Compute/*/read']) }),
  appRole('Mail.Read'),
  appRole('Mail.ReadWrite'),
  appRole('full_access_as_app', { api: '00000002-0000-0ff1-ce00-000000000000' }),
  appRole('Sites.Read.All'),
  appRole('Sites.FullControl.All'),
  stays,
];
const all = [...disks.protects, ...mail.protects, protects('sharepoint')];
/** For each grant: not there, stays, to be taken, to be given. */
const someFates = fc.tuple(...grants.map(() => fc.constantFrom('none', 'stays', 'taken', 'given')));
const having = (fates: readonly string[], ...wanted: readonly string[]): readonly Fact[] =>
  grants.filter((_, at) => wanted.includes(fates[at] ?? ''));

/** What lacks, said by the knowledge alone. */
const lacks = (facts: readonly Fact[]): ReadonlySet<string> =>
  new Set(
    missingGrants(
      policy({ protects: all }).policy,
      identityId(backupApp),
      {
        permissions: facts.filter((fact) => fact.kind === 'app-role-assignment'),
        roles: facts.filter((fact) => fact.kind === 'azure-role-assignment'),
        written: null,
        exchange: [],
        siteGrants: [],
      },
      { application: true, azure: true },
    ).map(({ operation: { workload, operation } }) => `${operation} of ${workload}`),
  );

describe('whatever is held and asked for', () => {
  const plan = (fates: readonly string[]) => {
    const changes = [...having(fates, 'taken').map(taking), ...having(fates, 'given').map(giving)];
    const { planned, withheld } = guarded(changes, { policies: [{ protects: all }], facts: having(fates, 'stays') });
    const before = having(fates, 'taken', 'stays');
    const gone = new Set(planned.flatMap(({ change }) => change.before ?? []));
    const made = planned.flatMap(({ change }) => change.after ?? []);
    return { before, after: [...before.filter((fact) => !gone.has(fact)), ...made], planned, withheld, changes };
  };

  it('no operation that works before fails after', () => {
    fc.assert(
      fc.property(someFates, (fates) => {
        const { before, after } = plan(fates);
        const failing = lacks(before);
        expect([...lacks(after)].filter((operation) => !failing.has(operation))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('nor at any moment between, grants before revokes', () => {
    fc.assert(
      fc.property(someFates, fc.nat(), (fates, seed) => {
        const { before, after, planned } = plan(fates);
        const failing = lacks(before);
        const granted = [...before, ...after.filter((fact) => !before.includes(fact))];
        const gone = planned.flatMap(({ change }) => change.before ?? []);
        const some = gone.filter((_, at) => (seed >> at) % 2 === 1);
        const between = granted.filter((fact) => !some.includes(fact));
        expect([...lacks(between)].filter((operation) => !failing.has(operation))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('the order in which differences were found says nothing', () => {
    fc.assert(
      fc.property(someFates, (fates) => {
        const world = { policies: [{ protects: all }], facts: having(fates, 'stays') };
        const { changes, planned } = plan(fates);
        const turned = guarded(changes.toReversed(), world).planned;
        expect(turned.map(({ change }) => change).toReversed()).toEqual(planned.map(({ change }) => change));
      }),
    );
  });

  it('nothing is kept back in vain: of an identity that keeps its access, each would break something', () => {
    fc.assert(
      fc.property(someFates, (fates) => {
        const { withheld, after } = plan(fates);
        const now = lacks(after);
        for (const { change, code } of withheld.filter(({ change: { action } }) => action === 'delete')) {
          if (code !== 'breaks-backup' || now.size > 0) continue;
          expect(lacks(after.filter((fact) => fact !== change.before)).size).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });
});
