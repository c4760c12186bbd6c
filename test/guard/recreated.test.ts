import { describe, expect, it } from 'vitest';
import { appRole, backupApp, backupObject, otherApp } from '../support/facts.ts';
import { giving, guarded, known, taking, tellGuarded } from '../support/guard-world.ts';
import { appIdentity } from '../support/policies.ts';

const mail = appRole('Mail.Read');
const sites = appRole('Sites.Read.All');
const pinning = (id: string | null, app?: string) => ({
  identities: [appIdentity(app, id)],
});
const other = '0d3b0f5e-2222-4000-8000-000000000009';

describe('about an app that was made anew', () => {
  it('nothing is written, neither given nor taken', () => {
    expect(tellGuarded([giving(mail), taking(sites)], { policies: [pinning(other)], facts: [mail] })).toBe(
      '+Mail.Read: recreated, -Sites.Read.All: recreated',
    );
  });

  it('not for another policy either, which pins nobody', () => {
    expect(tellGuarded([giving(mail)], { policies: [pinning(null), pinning(other)] })).toBe('+Mail.Read: recreated');
  });

  it('says who is who', () => {
    expect(guarded([giving(mail)], { policies: [pinning(other)] }).withheld).toMatchObject([
      {
        code: 'recreated',
        why: `the identity is object \`${backupObject}\` in this tenant, and a policy pins \`${other}\`: it was removed and made anew`,
        wayForward: 'find out who made it and why; if it is the one you mean, write its object id into the policy',
      },
    ]);
  });
});

describe('is written as ever', () => {
  it.each([
    ['what is about the very object', [pinning(backupObject)]],
    ['what is about an app that nobody pins', [pinning(null)]],
    ['what is about another app than the one made anew', [pinning(backupObject), pinning(other, otherApp)]],
  ])('%s', (_, policies) => {
    expect(tellGuarded([giving(mail)], { policies })).toBe('+Mail.Read');
  });

  it('what is about somebody whom the tenant does not tell is not said to be anew', () => {
    const world = {
      policies: [pinning(other)],
      identities: [known(backupApp, { objectId: null, state: 'absent' as const })],
    };
    expect(tellGuarded([giving(mail)], world)).toBe('+Mail.Read');
  });
});
