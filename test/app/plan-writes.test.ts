import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { planWrites, splitWritable, targetIdsOf, targetsOf } from '../../src/app/plan-writes.ts';
import type { Change, Drift } from '../../src/core/change.ts';
import { appId, armId, identityId, objectId } from '../../src/core/ids.ts';
import type { Policy } from '../../src/core/policy.ts';
import type { KnownIdentity, Snapshot } from '../../src/core/snapshot.ts';
import {
  appRole,
  azureRole,
  backupApp,
  backupObject,
  delegated,
  graph,
  group,
  otherApp,
  secret,
} from '../support/facts.ts';
import { giving, known, taking } from '../support/guard-world.ts';
import { appIdentity, line, policy } from '../support/policies.ts';
import { tenantWith } from '../support/three-way-case.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const backup = policy().policy;
const person: Policy = policy({
  identities: [
    { type: 'user', id: identityId(otherApp), place: line(8), objectId: objectId(otherApp) },
    { ...appIdentity(), id: identityId(backupApp.toUpperCase()) },
  ],
}).policy;

const tenant = ({
  facts = [],
  identities = [known()],
}: Partial<Pick<Snapshot, 'facts' | 'identities'>> = {}): Snapshot => ({
  ...tenantWith(facts, []),
  identities,
});
const idsOf = (identities: readonly KnownIdentity[], policies: readonly Policy[] = [backup]) =>
  targetIdsOf(tenant({ identities }), policies, hash);
const drift = (change: Change): Drift => ({ change, policy: 'backup' });
const graphObject = objectId('0d3b0f5e-0000-4000-8000-0000000000f0');

describe('the object id of an identity', () => {
  const of = (identity: string, ...args: Parameters<typeof idsOf>) => idsOf(...args).principal(identityId(identity));
  const backupPrincipal = { id: backupObject, type: 'ServicePrincipal' };

  it('is that which the tenant shows, in whatever case it is written', () => {
    expect(of(backupApp, [known(otherApp), known()])).toEqual(backupPrincipal);
    expect(of(backupApp.toUpperCase(), [known()])).toEqual(backupPrincipal);
  });

  it('is none of who is not there, was not found or not read', () => {
    expect(of(backupApp, [])).toBeNull();
    expect(of(backupApp, [known(otherApp)])).toBeNull();
    expect(of(backupApp, [known(backupApp, { objectId: null })])).toBeNull();
    expect(of(backupApp, [known(backupApp, { state: 'absent' })])).toBeNull();
    expect(of(backupApp, [known(backupApp, { state: 'unread' })])).toBeNull();
  });

  it('is that of a user where a policy says so, and of nobody else in that policy', () => {
    const everyone = [known(), known(otherApp)];
    expect(of(otherApp.toUpperCase(), everyone, [backup, person])?.type).toBe('User');
    expect(of(backupApp, everyone, [backup, person])?.type).toBe('ServicePrincipal');
    expect(of(otherApp, everyone, [backup])?.type).toBe('ServicePrincipal');
    expect(of(otherApp, everyone, [])?.type).toBe('ServicePrincipal');
  });
});

describe('the other ids', () => {
  it('of an API is that which the tenant shows', () => {
    const ids = idsOf([known()]);
    expect(ids.api(appId(graph))).toBe(graphObject);
    expect(ids.api(graph.toUpperCase() as typeof graph & ReturnType<typeof appId>)).toBe(graphObject);
    expect(ids.api(appId(otherApp))).toBeNull();
    expect(ids.tenant).toBe('22222222-2222-4222-8222-222222222222');
  });

  it('a GUID is made of the tenant and a text, as RFC 9562 has it', () => {
    const given: string[] = [];
    const made = (hex: string): string =>
      targetIdsOf(tenant(), [], (text) => {
        given.push(text);
        return hex;
      }).guid('a text');
    const digits = '0123456789abcdef';
    expect(made(`${digits}${digits}`)).toBe('01234567-89ab-8def-8123-456789abcdef');
    expect(given).toEqual(['22222222-2222-4222-8222-222222222222 a text']);
    for (const digit of digits)
      expect(made(`${digits}${digit}123456789abcdef`)[19]).toBe(['8', '9', 'a', 'b'][Number.parseInt(digit, 16) % 4]);
  });
});

const grantMail = drift(giving(appRole('Mail.Read')));
const revokeRole = drift(
  taking(
    azureRole('Reader', group('rg-app'), {
      assignmentId: armId(`${group('rg-app')}/providers/Microsoft.Authorization/roleAssignments/a`),
    }),
  ),
);
const notWritable = (one: Drift) => ({
  ...one,
  code: 'not-writable',
  why: 'the object ids that a write would need were not read',
  wayForward: 'make the change by hand, or check why the identity or its API is not found in the tenant',
});

describe('what can be written', () => {
  it('is not a kind that nobody writes', () => {
    expect(targetsOf(drift(taking(secret(null, null))), idsOf([known()]))).toEqual([]);
    expect(targetsOf(grantMail, idsOf([known()]))).toHaveLength(1);
  });

  it('is told apart from what cannot', () => {
    const unknown = drift(giving(appRole('Mail.Read', { identity: otherApp })));
    const input = { policies: [backup], snapshot: tenant(), hash };
    expect(splitWritable([unknown, grantMail, revokeRole], input)).toEqual({
      writable: [grantMail, revokeRole],
      withheld: [notWritable(unknown)],
    });
  });
});

describe('the plan', () => {
  const plan = (changes: readonly Drift[], facts: Snapshot['facts'] = []) =>
    planWrites(changes, { policies: [backup], snapshot: tenant({ facts }), hash });

  it('has each request as it would be sent', () => {
    expect(plan([grantMail]).map(({ change, request }) => ({ change, request }))).toEqual([
      {
        change: grantMail.change,
        request: {
          api: 'graph',
          method: 'POST',
          path: `/v1.0/servicePrincipals/${graphObject}/appRoleAssignedTo`,
          body: { principalId: backupObject, resourceId: graphObject, appRoleId: 'role of mail.read' },
        },
      },
    ]);
  });

  it('has none for what holds already, and none for what is other than it was read', () => {
    const held = { ...appRole('Mail.Read'), assignmentId: 'held' };
    expect(plan([grantMail], [held]).map(({ request }) => request)).toEqual([null]);
    const taken = drift(taking({ ...held, assignmentId: 'before' }));
    expect(plan([taken], [held]).map(({ request }) => request)).toEqual([null]);
  });

  it('foresees by the facts of the identity, in whatever case, and of no other', () => {
    const held = { ...appRole('Mail.Read'), assignmentId: 'held' };
    const upper = { ...held, identity: identityId(backupApp.toUpperCase()) };
    const others = { ...held, identity: identityId(otherApp) };
    expect(plan([grantMail], [upper]).map(({ request }) => request)).toEqual([null]);
    expect(plan([grantMail], [others]).map(({ request }) => request?.method)).toEqual(['POST']);
  });

  it('foresees each as it will be after those before it', () => {
    const scopes = ['Mail.Read', 'Mail.Send'].map((name) => drift(giving(delegated(name, { consents: [] }))));
    const told = plan(scopes).map(({ request }) => [request?.method, request?.body?.['scope']]);
    expect(told).toEqual([
      ['POST', 'Mail.Read'],
      ['PATCH', 'Mail.Read Mail.Send'],
    ]);
    const held = ['Mail.Read', 'Mail.Send'].map((name) => delegated(name));
    const taken = plan(
      held.map((fact) => drift(taking(fact))),
      held,
    );
    expect(taken.map(({ request }) => [request?.method, request?.body?.['scope']])).toEqual([
      ['PATCH', 'Mail.Send'],
      ['DELETE', undefined],
    ]);
  });

  it('has no step for what was told apart as not writable', () => {
    const unknown = drift(giving(appRole('Mail.Read', { identity: otherApp })));
    expect(plan([unknown, grantMail]).map(({ change }) => change)).toEqual([grantMail.change]);
  });
});
