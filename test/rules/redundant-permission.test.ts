import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import { appId } from '../../src/core/ids.ts';
import { edges, implies } from '../../src/knowledge/lattice.ts';
import { redundantPermission } from '../../src/rules/redundant-permission.ts';
import {
  account,
  allows,
  appRole,
  azureRole,
  backupObject,
  delegated,
  disk,
  forAllUsers,
  forUser,
  graph,
  group,
  otherApp,
  sharePoint,
  subscription,
} from '../support/facts.ts';
import { policy, protects } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const app = group('rg-app');
const everything = allows(['*']);

testRule(redundantPermission, {
  pass: {
    'one permission': [appRole('Sites.Read.All')],
    'the same chain on two APIs': [appRole('Sites.Read.All'), appRole('Sites.FullControl.All', { api: sharePoint })],
    'an application permission beside a broader delegated one': [appRole('Mail.Read'), delegated('Mail.ReadWrite')],
    'a broader permission of another identity': [
      appRole('Mail.Read'),
      appRole('Mail.ReadWrite', { identity: otherApp }),
    ],
    'pairs that look like implications': [
      appRole('Group.Read.All'),
      appRole('Directory.Read.All'),
      appRole('Mail.Send'),
      appRole('Mail.ReadWrite'),
      appRole('Chat.Create'),
      appRole('Chat.ReadWrite.All'),
      appRole('Sites.Selected'),
      appRole('Sites.FullControl.All'),
    ],
    'a scope for all users beside a broader one for one user': [
      delegated('Mail.Read', { consents: [forAllUsers] }),
      delegated('Mail.ReadWrite', { consents: [forUser(backupObject)] }),
    ],
    'data actions beside every control action': [
      azureRole('Storage Blob Data Contributor', app),
      azureRole('Contributor', app),
      azureRole('Storage Account Contributor', group('rg-other')),
    ],
    'a group whose name only begins like another': [
      azureRole('Contributor', app),
      azureRole('Storage Account Contributor', group('rg-app-dr')),
    ],
    'a broader role further in': [azureRole('Contributor', account('st1')), azureRole('Disk Backup Reader', app)],
    'a broader role under a condition': [
      azureRole('Owner', app, { condition: '@Resource[x] StringEquals y' }),
      azureRole('Disk Backup Reader', app),
    ],
    'a broader role whose actions could not be read': [
      azureRole('Everything', app, { permissions: null }),
      azureRole('Disk Backup Reader', app),
    ],
    'a broader role held by an identity that is gone': [
      azureRole('Owner', app, { orphaned: true }),
      azureRole('Disk Backup Reader', app),
    ],
    'a broader role of another identity': [
      azureRole('Contributor', app, { identity: otherApp }),
      azureRole('Disk Backup Reader', app),
    ],
    'what a backup needs every night beside a restore role that will go': [
      azureRole('Disk Backup Reader', disk('data1')),
      azureRole('Disk Restore Operator', app),
    ],
    'the least roles of a disk backup': [
      azureRole('Disk Backup Reader', disk('data1')),
      azureRole('Disk Backup Reader', disk('data2')),
      azureRole('Disk Snapshot Contributor', group('rg-snapshots')),
      azureRole('Reader', app),
    ],
    'what was asked for beside something broader that nobody asked for': {
      facts: [
        appRole('Mail.Read'),
        appRole('Mail.ReadWrite'),
        azureRole('Disk Backup Reader', disk('data1')),
        azureRole('Contributor', app),
      ],
      policy: policy({ desired: [appRole('Mail.Read'), azureRole('Disk Backup Reader', disk('data1'))] }),
    },
  },
  fail: {
    'what nobody asked for beside something broader that was asked for': {
      facts: [appRole('Mail.Read'), appRole('Mail.ReadWrite')],
      policy: policy({ desired: [appRole('Mail.ReadWrite')] }),
      says: [
        'low likely Mail.Read: application permission `Mail.Read` on Microsoft Graph adds nothing to `Mail.ReadWrite`, which is held too',
      ],
    },
    'what was asked for beside something broader that was too': {
      facts: [azureRole('Disk Backup Reader', disk('data1')), azureRole('Contributor', app)],
      policy: policy({ desired: [azureRole('Disk Backup Reader', disk('data1')), azureRole('Contributor', app)] }),
      says: [
        `low certain Disk Backup Reader: \`Disk Backup Reader\` on \`${disk('data1')}\` adds nothing to \`Contributor\` on \`${app}\`: every action of it is among that role's`,
      ],
    },
    'permissions up a chain, proved by the endpoints': {
      facts: [appRole('MailboxItem.Export.All'), appRole('MailboxItem.ImportExport.All')],
      says: [
        'low certain MailboxItem.Export.All: application permission `MailboxItem.Export.All` on Microsoft Graph adds nothing to `MailboxItem.ImportExport.All`, which is held too',
      ],
    },
    'permissions up a chain, not proved by every endpoint': {
      facts: [appRole('Sites.Read.All'), appRole('Sites.Manage.All'), appRole('Files.Read.All')],
      says: [
        'low likely Sites.Read.All: application permission `Sites.Read.All` on Microsoft Graph adds nothing to `Sites.Manage.All`, which is held too',
        'low likely Files.Read.All: application permission `Files.Read.All` on Microsoft Graph adds nothing to `Sites.Read.All`, which is held too',
      ],
    },
    'a delegated scope for one user beside a broader one for all': {
      facts: [
        delegated('Mail.Read', { consents: [forUser(backupObject)] }),
        delegated('Mail.ReadWrite', { consents: [forAllUsers] }),
      ],
      says: [
        'low likely Mail.Read: delegated permission `Mail.Read` on Microsoft Graph adds nothing to `Mail.ReadWrite`, which is held too',
      ],
    },
    'a role beside one with more actions': {
      facts: [azureRole('Storage Account Contributor', app), azureRole('Contributor', app)],
      says: [
        `low certain Storage Account Contributor: \`Storage Account Contributor\` on \`${app}\` adds nothing to \`Contributor\` at the same scope: every action of it is among that role's`,
      ],
    },
    'a role below one with more actions, however the scope is spelled': {
      facts: [
        azureRole('Disk Backup Reader', disk('data1').toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions')),
        azureRole('Contributor', subscription),
      ],
      says: [
        `low certain Disk Backup Reader: \`Disk Backup Reader\` on \`${disk('data1').toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions')}\` adds nothing to \`Contributor\` on \`${subscription}\`: every action of it is among that role's`,
      ],
    },
    'of two roles that allow the same, the later': {
      facts: [azureRole('Everything', app, { permissions: everything }), azureRole('Owner', app)],
      says: [
        `low certain Everything: \`Everything\` on \`${app}\` adds nothing to \`Owner\` at the same scope: every action of it is among that role's`,
      ],
    },
    'the same role at a scope and above it': {
      facts: [azureRole('Reader', disk('data1')), azureRole('Reader', app)],
      says: [
        `low certain Reader: \`Reader\` on \`${disk('data1')}\` adds nothing to \`Reader\` on \`${app}\`: every action of it is among that role's`,
      ],
    },
    'a role under a condition beside the same without': {
      facts: [azureRole('Owner', app, { condition: '@Resource[x] StringEquals y', key: 'a' }), azureRole('Owner', app)],
      says: [
        `low certain Owner: \`Owner\` on \`${app}\` adds nothing to \`Owner\` at the same scope: every action of it is among that role's`,
      ],
    },
  },
});

describe('redundant-permission: the way to mend it', () => {
  const remediesBeside = (held: readonly Fact[], workload: string): readonly (string | undefined)[] => {
    const asking = policy({ protects: [protects(workload, { source: [disk('data1')] })], desired: held });
    const facts = { facts: held, all: held, desired: new Set(held.map(({ key }) => key)) };
    const about = { policy: asking, governs: () => true, now: new Date(0), settings: { restoreGrace: 'P7D' } };
    return [...redundantPermission.check({ ...facts, ...about })].map(({ remedy }) => remedy?.type);
  };

  it.each<[string, readonly Fact[], string, readonly (string | undefined)[]]>([
    [
      'leaves what is needed beside what is too much',
      [appRole('Mail.Read'), appRole('Mail.ReadWrite')],
      'exchange-mail',
      [undefined],
    ],
    [
      'does so with roles',
      [azureRole('Disk Backup Reader', disk('data1')), azureRole('Contributor', app)],
      'azure-disk',
      [undefined],
    ],
    [
      'removes what nothing needs',
      [azureRole('Storage Account Contributor', app), azureRole('Contributor', app)],
      'azure-disk',
      ['remove'],
    ],
    [
      'removes what a needed one covers',
      [appRole('Files.Read.All'), appRole('Sites.Read.All')],
      'teams-files',
      ['remove'],
    ],
  ])('%s', (_, held, workload, expected) => {
    expect(remediesBeside(held, workload)).toEqual(expected);
  });
});

describe('redundant-permission: a promise', () => {
  const names = [...new Set(edges.filter(({ api }) => api === graph).flatMap((edge) => [edge.narrower, edge.broader]))];
  const input = (held: readonly string[]) => {
    const facts = held.map((name) => appRole(name));
    const settings = { restoreGrace: 'P7D' };
    return {
      policy: policy(),
      facts,
      all: facts,
      desired: new Set<string>(),
      governs: () => true,
      now: new Date(0),
      settings,
    };
  };

  it('leaves a permission that implies each one it calls redundant, if all of those are removed', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...names), { maxLength: 25 }), (held) => {
        const redundant = new Set([...redundantPermission.check(input(held))].map(({ at }) => at?.subject));
        const kept = held.filter((name) => !redundant.has(name));
        for (const name of redundant) expect(kept.some((other) => implies(appId(graph), other, name ?? ''))).toBe(true);
      }),
    );
  });
});
