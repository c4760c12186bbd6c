import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/core/change.ts';
import type { Fact } from '../../src/core/fact.ts';
import { objectId } from '../../src/core/ids.ts';
import { exchangeRole, keyVaultAccess, siteGrant } from '../support/access-facts.ts';
import { appRole, azureRole, delegated, directoryRole, group, otherApp, secret, vault } from '../support/facts.ts';
import { changing, giving, guarded as guard, known, taking, tellGuarded as tell } from '../support/guard-world.ts';
import { protects, vaultSystem } from '../support/policies.ts';

const app = group('rg-app');
const reader = azureRole('Reader', app);
const mail = appRole('Mail.Read');
const keys = keyVaultAccess('kv', { keys: ['get'] });
/** Something is protected, and nothing is needed for it at any time. */
const own = { protects: [protects('exchange-mail', {}, [])] };
type World = NonNullable<Parameters<typeof guard>[1]>;
const guarded = (changes: readonly Change[], more: World = {}) => guard(changes, { policies: [own], ...more });
const tellGuarded = (changes: readonly Change[], more: World = {}) => tell(changes, { policies: [own], ...more });

describe('the last access of an active policy’s identity', () => {
  it.each<readonly [string, Fact]>([
    ['an Azure role', reader],
    ['an application permission', mail],
    ['a delegated permission', delegated('Mail.Read')],
    ['an access policy', keys],
  ])('stays: %s', (_, fact) => {
    expect(guarded([taking(fact)]).withheld).toMatchObject([
      {
        code: 'last-access',
        why: 'it is the last access that the identity has, and backup still protects something with it',
        wayForward:
          'say `state: retired` in the policy, or take its `protects` out, where all access is to go; or ask for what is to stay',
      },
    ]);
  });

  it('stays, the least of all that would go', () => {
    expect(tellGuarded([taking(reader), taking(azureRole('Owner', app)), taking(azureRole('Contributor', app))])).toBe(
      '-Owner, -Contributor, -Reader: last-access',
    );
  });

  it('stays for a vault’s own identity', () => {
    const identity = vault();
    const held = azureRole('Reader', app, { identity });
    expect(
      tellGuarded([taking(held)], {
        policies: [{ ...own, identities: [vaultSystem(identity)] }],
        identities: [known(identity)],
      }),
    ).toBe('-Reader: last-access');
  });

  it('stays where one of two policies is active', () => {
    const policies = [
      { ...own, state: 'retired' as const },
      { ...own, name: 'other' },
    ];
    expect(guarded([taking(mail)], { policies }).withheld[0]?.why).toContain('other still protects something');
  });

  it('stays where its replacement is never granted', () => {
    expect(tellGuarded([taking(mail), giving(appRole('Application.ReadWrite.All'))])).toBe(
      '+Application.ReadWrite.All: never-grant, -Mail.Read: last-access',
    );
  });

  it.each<readonly [string, readonly Change[], readonly Fact[]]>([
    ['another role stays', [taking(mail)], [reader]],
    ['a site grant stays', [taking(mail)], [siteGrant('https://contoso.sharepoint.com/sites/a')]],
    ['an Exchange role stays', [taking(mail)], [exchangeRole('Application Mail.Read')]],
    ['an access policy stays', [taking(mail)], [{ ...keys, permissions: { keys: ['get'], secrets: [] } }]],
    ['a directory role stays', [taking(mail)], [directoryRole('Directory Readers')]],
    ['a group gives it a role', [taking(mail)], [azureRole('Reader', app, { through: [objectId('group')] })]],
    ['something is granted in its place', [taking(mail), giving(reader)], []],
    ['nothing is taken', [giving(mail)], []],
    ['it is changed, not taken', [changing(keys, keyVaultAccess('kv', { keys: ['list'] }))], []],
  ])('goes where %s', (_, changes, facts) => {
    expect(guarded(changes, { facts }).withheld).toEqual([]);
  });

  it.each<readonly [string, Fact]>([
    ['of a principal that is gone', azureRole('Reader', app, { orphaned: true })],
    ['that has to be activated first', { ...directoryRole('Directory Readers'), eligible: true }],
    ['in a vault where Azure roles rule', { ...keys, inEffect: false }],
    ['that allows nothing', { ...keys, permissions: { keys: [] } }],
    ['that is a secret', secret(null, null)],
    ['of somebody else', appRole('Mail.Read', { identity: otherApp })],
  ])('is not made up for by one %s', (_, fact) => {
    expect(tellGuarded([taking(mail)], { facts: [fact] })).toBe('-Mail.Read: last-access');
  });

  it('stays where a change would leave nothing of it', () => {
    expect(tellGuarded([changing(keys, { ...keys, permissions: { keys: [] } })])).toBe('~kv: last-access');
  });

  it('goes where the policy is retired', () => {
    expect(tellGuarded([taking(mail)], { policies: [{ ...own, state: 'retired' }] })).toBe('-Mail.Read');
  });

  it('goes where nothing is protected with it', () => {
    expect(tellGuarded([taking(mail)], { policies: [{}] })).toBe('-Mail.Read');
    expect(tellGuarded([taking(mail)], { policies: [{}, { ...own, name: 'other' }] })).toBe('-Mail.Read: last-access');
  });

  it('what a principal that is gone holds always goes', () => {
    expect(tellGuarded([taking(azureRole('Reader', app, { orphaned: true }))])).toBe('-Reader');
  });
});

it('whatever is taken, whoever had access keeps some', () => {
  const grants = [reader, azureRole('Owner', app), mail, delegated('Mail.Read'), keys];
  fc.assert(
    fc.property(fc.subarray(grants), fc.subarray(grants), (held, taken) => {
      const gone = taken.filter((fact) => held.includes(fact));
      const facts = held.filter((fact) => !gone.includes(fact));
      const { planned } = guarded(gone.map(taking), { facts });
      expect(held.length - planned.length > 0 || held.length === 0).toBe(true);
      expect(planned.length).toBe(Math.min(gone.length, Math.max(0, held.length - 1)));
    }),
  );
});
