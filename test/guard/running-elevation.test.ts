import { describe, expect, it } from 'vitest';
import { appRole, azureRole, delegated, group, otherApp } from '../support/facts.ts';
import { changing, giving, guarded, taking, tellGuarded } from '../support/guard-world.ts';
import { appIdentity, protects } from '../support/policies.ts';

const target = group('rg-target');
const stays = appRole('User.Read.All');
const restoring = (maxDuration = 'PT8H', operation: 'restore' | 'onboard' = 'restore') => ({
  facts: [stays],
  policies: [
    {
      protects: [
        {
          ...protects('azure-vm-disk', { source: [group('rg-app')], target: [target] }, []),
          elevations: [{ operation, maxDuration }],
        },
      ],
    },
  ],
});
const held = (created: string | null) => azureRole('Disk Restore Operator', target, { created });

describe('a restore role under a policy with elevations', () => {
  it.each([
    ['granted an hour ago', '2026-11-21T23:00:00Z'],
    ['granted just as long ago as it may run', '2026-11-21T16:00:00Z'],
    ['granted in the future, by a clock that goes wrong', '2026-11-23T00:00:00Z'],
    ['granted nobody knows when', null],
    ['granted at a time that makes no sense', 'yesterday'],
  ])('is spared: %s', (_, created) => {
    expect(tellGuarded([taking(held(created))], restoring())).toBe('-Disk Restore Operator: running-elevation');
  });

  it('goes once the time is over', () => {
    expect(tellGuarded([taking(held('2026-11-21T15:59:59Z'))], restoring())).toBe('-Disk Restore Operator');
  });

  it('goes where no elevation is declared, or another one', () => {
    expect(tellGuarded([taking(held('2026-11-21T23:00:00Z'))], { facts: [stays] })).toBe('-Disk Restore Operator');
    expect(tellGuarded([taking(held('2026-11-21T23:00:00Z'))], restoring('PT8H', 'onboard'))).toBe(
      '-Disk Restore Operator',
    );
  });

  it('goes where the policy is retired', () => {
    const { facts, policies } = restoring();
    const retired = policies.map((one) => ({ ...one, state: 'retired' as const }));
    expect(tellGuarded([taking(held('2026-11-21T23:00:00Z'))], { facts, policies: retired })).toBe(
      '-Disk Restore Operator',
    );
  });

  it('a duration that makes no sense spares', () => {
    expect(tellGuarded([taking(held('2020-01-01T00:00:00Z'))], restoring('for ever'))).toBe(
      '-Disk Restore Operator: running-elevation',
    );
  });

  it('what restores nothing goes', () => {
    expect(tellGuarded([taking(azureRole('Backup Reader', target)), taking(delegated('Mail.Read'))], restoring())).toBe(
      '-Backup Reader, -Mail.Read',
    );
  });

  it('a permission with which things are restored is spared too, and one that only backs up is not', () => {
    const mailboxes = (operation: 'restore' | 'backup') => ({
      facts: [stays],
      policies: [
        {
          protects: [
            { ...protects('exchange-mail', {}, ['restore']), elevations: [{ operation, maxDuration: 'PT8H' }] },
          ],
        },
      ],
    });
    expect(tellGuarded([taking(appRole('Mail.ReadWrite'))], mailboxes('restore'))).toBe(
      '-Mail.ReadWrite: running-elevation',
    );
    expect(tellGuarded([taking(appRole('Files.Read.All'))], mailboxes('restore'))).toBe('-Files.Read.All');
  });

  it('a restore role is spared, though nothing that the policy protects is restored with it', () => {
    const mailboxes = (operation: 'restore' | 'onboard') => ({
      facts: [stays],
      policies: [
        { protects: [{ ...protects('exchange-mail', {}, []), elevations: [{ operation, maxDuration: 'PT8H' }] }] },
      ],
    });
    expect(tellGuarded([taking(held(null))], mailboxes('restore'))).toBe('-Disk Restore Operator: running-elevation');
    expect(tellGuarded([taking(held(null))], mailboxes('onboard'))).toBe('-Disk Restore Operator');
  });

  it('a permission with which things are backed up and restored is spared, and a role of nobody is not', () => {
    const both = {
      facts: [stays],
      policies: [
        {
          protects: [
            {
              ...protects('exchange-mail', {}, ['backup', 'restore']),
              elevations: [{ operation: 'restore' as const, maxDuration: 'PT8H' }],
            },
          ],
        },
      ],
    };
    expect(tellGuarded([taking(appRole('Mail.ReadWrite'))], both)).toContain('running-elevation');
    const searching = both.policies.map((one) => ({
      protects: one.protects.map((of) => ({
        ...of,
        elevations: [{ operation: 'discover' as const, maxDuration: 'PT8H' }],
      })),
    }));
    // It serves the search and the backup: that it serves more than the elevation doesn't end the search.
    expect(tellGuarded([taking(appRole('User.Read.All'))], { facts: [stays], policies: searching })).toContain(
      'running-elevation',
    );
    const orphan = azureRole('Backup Reader', target, { created: null, orphaned: true });
    expect(tellGuarded([taking(orphan)], both)).toBe('-Backup Reader');
  });

  it('what is only changed, and what another identity restores with, is not looked at', () => {
    const { facts, policies } = restoring();
    const others = policies.map((one) => ({ ...one, identities: [appIdentity(otherApp)] }));
    expect(tellGuarded([changing(held(null), held(null))], { facts, policies })).toBe('~Disk Restore Operator');
    expect(tellGuarded([taking(held(null))], { facts, policies: others })).toBe('-Disk Restore Operator');
    const both = policies.map((one) => ({ ...one, identities: [appIdentity(otherApp), appIdentity()] }));
    expect(tellGuarded([taking(held(null))], { facts, policies: both })).toBe(
      '-Disk Restore Operator: running-elevation',
    );
  });

  it('what is granted is not looked at', () => {
    expect(tellGuarded([giving(held(null))], restoring())).toBe('+Disk Restore Operator');
  });

  it('says until when', () => {
    const says = (created: string | null) => guarded([taking(held(created))], restoring()).withheld[0];
    expect(says('2026-11-21T23:00:00Z')).toMatchObject({
      why: 'it may be a running elevation for restore (`PT8H` in backup): it may run until 2026-11-22T07:00:00.000Z',
      wayForward: 'wait until then, or take it away by hand once nobody works with it any more',
    });
    expect(says(null)).toMatchObject({
      why: 'it may be a running elevation for restore (`PT8H` in backup): nothing tells since when it stands',
      wayForward: 'take it away by hand once nobody works with it any more',
    });
  });
});
