import { describe, expect, test } from 'vitest';
import { createNames } from '../../src/app/create-names.ts';
import type { Policy } from '../../src/core/policy.ts';
import { kinds } from '../../src/kinds/index.ts';
import { finance, legal } from '../support/door-facts.ts';
import { disk, group, vault } from '../support/facts.ts';
import { policy, protects, vaultSystem } from '../support/policies.ts';

const minimal = (more: Partial<Policy>): Policy => ({ ...policy().policy, access: 'minimal', ...more });
const desiredOf = (one: Policy) => kinds.flatMap((kind) => kind.desired(one, createNames(null, false)).facts);
const governedBy = (one: Policy): readonly string[] => kinds.filter((kind) => kind.governs(one)).map(({ id }) => id);

describe('kinds, asked for minimal access', () => {
  const chats = minimal({ protects: [protects('teams-chats')] });
  const disks = minimal({
    identities: [vaultSystem(vault())],
    protects: [protects('azure-disk', { source: [disk('data1')], snapshots: [group('rg-snapshots')] })],
  });

  test('manage every plane that a grant can lie on', () => {
    const planes = ['app-role-assignment', 'delegated-grant', 'directory-role-assignment', 'azure-role-assignment'];
    expect(governedBy(chats)).toEqual(expect.arrayContaining(planes));
    expect(governedBy(disks)).toEqual(expect.arrayContaining(planes));
  });

  test('ask for the permission, on the line that protects, with its reason', () => {
    const [asked] = desiredOf(chats).filter(({ fact }) => fact.kind === 'app-role-assignment');
    expect(asked?.fact).toMatchObject({
      subject: 'Chat.Read.All',
      purpose: 'backup of teams-chats: reads chats with their messages and members',
    });
    expect(asked?.place).toEqual(chats.protects[0]?.place);
    expect(desiredOf(chats).filter(({ fact }) => 'role' in fact)).toHaveLength(1);
  });

  test('ask for Azure roles at their scopes', () => {
    const asked = desiredOf(disks).flatMap(({ fact }) => (fact.kind === 'azure-role-assignment' ? [fact] : []));
    expect(asked.map(({ subject, scope, purpose }) => [subject, scope, purpose])).toEqual([
      ['Disk Backup Reader', disk('data1'), 'backup of azure-disk: exports the disk'],
      ['Disk Snapshot Contributor', group('rg-snapshots'), 'backup of azure-disk: keeps snapshots'],
    ]);
  });

  test('ask for one grant a site: the widest that is needed there, however the address is spelt', () => {
    const both = minimal({
      protects: [
        protects('sharepoint', { source: [`${finance}/`, legal] }),
        protects('sharepoint-permissions', { source: [finance.toUpperCase().replace('HTTPS', 'https')] }),
      ],
    });
    const asked = desiredOf(both).flatMap(({ fact }) => (fact.kind === 'site-grant' ? [fact] : []));
    expect(asked.map(({ role, site }) => `${role} ${site}`).toSorted()).toEqual([
      `fullcontrol ${finance}`,
      `read ${legal}`,
    ]);
    expect(governedBy(both)).toContain('site-grant');
    expect(governedBy(chats)).not.toContain('site-grant');
  });

  test('ask for nothing where the policy is retired', () => {
    expect(desiredOf({ ...chats, state: 'retired' })).toEqual([]);
  });

  test('leave a policy that writes its access out as it is', () => {
    expect(desiredOf({ ...chats, access: null }).filter(({ fact }) => 'role' in fact)).toEqual([]);
    expect(governedBy({ ...chats, access: null })).not.toContain('app-role-assignment');
  });
});
