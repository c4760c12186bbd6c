import { describe, expect, it } from 'vitest';
import type { KindId } from '../../src/core/fact.ts';
import { keyVaultAccess } from '../support/access-facts.ts';
import { appRole, backupApp, otherApp } from '../support/facts.ts';
import { changing, gap, giving, guarded, known, taking, tellGuarded } from '../support/guard-world.ts';
import { appIdentity } from '../support/policies.ts';

const mail = appRole('Mail.Read');
const stays = appRole('User.Read.All');
const kinds: readonly KindId[] = [
  'service-principal',
  'app-role-assignment',
  'delegated-grant',
  'azure-role-assignment',
  'azure-role-eligibility',
  'directory-role-assignment',
  'exchange-role-assignment',
  'site-grant',
  'key-vault-access',
  'group-membership',
  'vault-identity',
];

describe('of an identity of which not all was read', () => {
  it.each(kinds)('nothing is taken where %s is a gap', (kind) => {
    const [before, after] = [keyVaultAccess('kv', { keys: ['get'] }), keyVaultAccess('kv', { keys: ['list'] })];
    const all = [giving(appRole('Files.Read.All')), taking(mail), changing(before, after)];
    const { planned, withheld } = guarded(all, { gaps: [gap(kind)], facts: [stays] });
    expect(planned.map(({ change }) => change.action)).toEqual(['create']);
    expect(withheld.map(({ code }) => code)).toEqual(['unread', 'unread']);
    expect(withheld[0]).toMatchObject({
      why: 'not all that the identity holds could be read (GET /x: HTTP 403), so nothing is taken from it',
      wayForward: 'let it be read (Application.Read.All) and run this again',
    });
  });

  it('other gaps don’t matter', () => {
    const gaps = [gap('tenant-setting'), gap('credential'), gap('app-role-assignment', otherApp)];
    expect(tellGuarded([taking(mail)], { gaps, facts: [stays] })).toBe('-Mail.Read');
  });

  it('a gap that another policy has counts too, in whichever case it spells the identity', () => {
    const policies = [{ name: 'backup' }, { name: 'other', identities: [appIdentity(backupApp.toUpperCase())] }];
    const gaps = [gap('site-grant', backupApp.toUpperCase())];
    expect(tellGuarded([taking(mail)], { policies, gaps, facts: [stays] })).toBe('-Mail.Read: unread');
  });

  it('who is known loses what is taken, whoever is known beside', () => {
    expect(tellGuarded([taking(mail)], { identities: [known(otherApp), known()], facts: [stays] })).toBe('-Mail.Read');
  });

  it('who is not known is told', () => {
    expect(guarded([taking(mail)], { identities: [], facts: [stays] }).withheld).toMatchObject([
      {
        why: 'it is not known who the identity is, so nothing is taken from it',
        wayForward: 'check the ids under `identities` of the policy, and run this again',
      },
    ]);
  });

  it.each(['absent', 'unread'] as const)('who is %s loses nothing', (state) => {
    const identities = [known(backupApp, { state })];
    expect(tellGuarded([taking(mail)], { identities, facts: [stays] })).toBe('-Mail.Read: unread');
  });
});
