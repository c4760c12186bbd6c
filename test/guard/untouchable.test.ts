import { describe, expect, it } from 'vitest';
import { appId, objectId, tenantId } from '../../src/core/ids.ts';
import { defaultConfig } from '../../src/core/parse-config.ts';
import { guardSettingsOf } from '../../src/guard/guard-world.ts';
import { appRole, azureRole, backupApp, backupObject, group, otherApp } from '../support/facts.ts';
import { changing, giving, guarded, known, taking, tellGuarded } from '../support/guard-world.ts';
import { line } from '../support/policies.ts';

const mail = appRole('Mail.Read');
const stays = appRole('User.Read.All');
const listing = (...untouchable: readonly string[]) => ({ settings: { neverGrant: [], untouchable }, facts: [stays] });

describe('nothing is written about', () => {
  const own = known(backupApp, {
    appId: appId('6f1c0f5e-0000-4000-8000-0000000000aa'),
    goneObjectId: objectId('0d3b0f5e-0000-4000-8000-0000000000bb'),
  });
  it.each([
    ['an identity by its id', backupApp],
    ['one in another case', ` ${backupApp.toUpperCase()}`],
    ['one by its object id', backupObject],
    ['one by its app id', '6f1c0f5e-0000-4000-8000-0000000000aa'],
    ['one by an object id that it had before', '0d3b0f5e-0000-4000-8000-0000000000bb'],
  ])('%s', (_, id) => {
    const all = [giving(appRole('Files.Read.All')), changing(mail, mail), taking(mail)];
    const { planned, withheld } = guarded(all, { ...listing(otherApp, id), identities: [own] });
    expect(planned).toEqual([]);
    expect(withheld.map(({ code }) => code)).toEqual(['untouchable', 'untouchable', 'untouchable']);
  });

  it('whoever holds a role, by the object id that the role tells', () => {
    const held = azureRole('Reader', group('rg-app'));
    expect(
      tellGuarded([taking(held)], { ...listing(backupObject), identities: [known(backupApp, { objectId: null })] }),
    ).toBe('-Reader: untouchable');
  });

  it('whoever is the same principal under another id', () => {
    const twin = known(otherApp, { objectId: known().objectId });
    const held = azureRole('Reader', group('rg-app'));
    expect(tellGuarded([taking(held)], { ...listing(otherApp), identities: [known(), twin] })).toBe(
      '-Reader: untouchable',
    );
  });

  it('whoever holds a role before a change of it, or after', () => {
    const nobody = azureRole('Reader', group('rg-app'), { principal: null });
    const held = azureRole('Reader', group('rg-app'));
    const world = { ...listing(backupObject), identities: [known(backupApp, { objectId: null })] };
    expect(tellGuarded([changing(held, nobody)], world)).toBe('~Reader: untouchable');
    expect(tellGuarded([changing(nobody, held)], world)).toBe('~Reader: untouchable');
    expect(tellGuarded([giving(nobody)], world)).toBe('+Reader');
  });

  it('who is somebody else, though neither is known by an object id', () => {
    const gone = known(otherApp, { objectId: null });
    const nobody = azureRole('Reader', group('rg-app'), { principal: null });
    expect(tellGuarded([giving(nobody)], { ...listing(otherApp), identities: [known(), gone] })).toBe('+Reader');
  });

  it('others are free, though the tenant knows who is listed', () => {
    const everyone = { ...listing(otherApp), identities: [known(), known(otherApp)] };
    expect(tellGuarded([taking(mail), giving(azureRole('Reader', group('rg-app')))], everyone)).toBe(
      '-Mail.Read, +Reader',
    );
  });

  it('others are free', () => {
    expect(tellGuarded([taking(mail)], listing(otherApp, ''))).toBe('-Mail.Read');
  });

  it('a reason is told that comes before all others', () => {
    const [withheld] = guarded([giving(azureRole('Owner', '/'))], listing(backupApp)).withheld;
    expect(withheld).toMatchObject({
      code: 'untouchable',
      why: `nothing is ever written about \`${backupApp}\`: it is this program’s own identity, or stands under \`untouchable\``,
      wayForward: 'take it out of the policy; a person makes the change by hand',
    });
  });
});

it('what a configuration makes untouchable: its lists, and the program’s own identities of every tenant', () => {
  const tenant = (name: string, read: string | null, apply: string | null) => ({
    name,
    tenantId: tenantId('22222222-2222-4222-8222-222222222222'),
    cloud: 'public',
    subscriptions: [],
    readClientId: read,
    applyClientId: apply,
    applyEnvironment: null,
    place: line(1),
  });
  const config = {
    ...defaultConfig,
    neverGrant: ['Mail.Read'],
    untouchable: { identities: ['i'], users: ['u'] },
    tenants: [tenant('a', 'r', 'w'), tenant('b', null, 'x'), tenant('c', null, null)],
  };
  expect(guardSettingsOf(config)).toEqual({ neverGrant: ['Mail.Read'], untouchable: ['i', 'u', 'r', 'w', 'x'] });
});
