import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../src/adapters/sender-shapes.ts';
import { objectId } from '../../src/core/ids.ts';
import { ok } from '../../src/core/result.ts';
import type { DelegatedGrantTarget } from '../../src/core/write-target.ts';
import { delegatedGrant as writer } from '../../src/writers/delegated-grant.ts';
import { backupObject, delegated, exchange, forAllUsers, forUser, otherApp } from '../support/facts.ts';
import {
  changeOf,
  exchangeObject,
  grantRow,
  graphObject,
  ids,
  stranger,
  userIdentity,
  writableTenant,
} from '../support/writable-tenant.ts';

const wanted = delegated('User.Read', { consents: [] });
const target = (more: Partial<DelegatedGrantTarget> = {}): DelegatedGrantTarget => ({
  kind: 'delegated-grant',
  client: objectId(backupObject),
  resource: objectId(graphObject),
  scope: 'User.Read',
  consent: 'AllPrincipals',
  user: null,
  grantId: null,
  ...more,
});
const forOne = { consent: 'Principal', user: objectId(stranger) } as const;
const collection = '/v1.0/oauth2PermissionGrants';
const post = {
  api: 'graph',
  method: 'POST',
  path: collection,
  body: {
    clientId: backupObject,
    consentType: 'AllPrincipals',
    principalId: null,
    resourceId: graphObject,
    scope: 'User.Read',
  },
};
const patch = (id: string, scope: string) => ({
  api: 'graph',
  method: 'PATCH',
  path: `${collection}/${id}`,
  body: { scope },
});
const remove = (id: string) => ({ api: 'graph', method: 'DELETE', path: `${collection}/${id}`, body: null });
const ready = (request: object) => ok({ state: 'ready', request });
const done = ok({ state: 'done' });

describe('a target', () => {
  it.each([
    ['of a consent is for every user', changeOf(null, wanted), [target()]],
    ['of a revoke is the very grant', changeOf(delegated('User.Read'), null), [target({ grantId: 'grant-all' })]],
    [
      'of a revoke is every grant that holds the scope',
      changeOf(delegated('User.Read', { consents: [forAllUsers, forUser(stranger)] }), null),
      [target({ grantId: 'grant-all' }), target({ ...forOne, grantId: `grant-${stranger}` })],
    ],
    [
      'on another API is of that API',
      changeOf(null, delegated('User.Read', { api: exchange })),
      [target({ resource: objectId(exchangeObject) })],
    ],
    ['of an identity that was not found is none', changeOf(null, delegated('User.Read', { identity: otherApp })), []],
    ['of an API that was not found is none', changeOf(null, delegated('User.Read', { api: otherApp })), []],
    ['of a user is none', changeOf(null, delegated('User.Read', { identity: userIdentity })), []],
  ])('%s', (_, change, targets) => expect(writer.targets(change, ids)).toEqual(targets));
});

describe('what stands', () => {
  const all = (scope: string) => grantRow('grant-all', scope);
  const other = grantRow('grant-other', 'User.Read', { resourceId: exchangeObject });
  const one = (scope: string) => grantRow('grant-one', scope, { consentType: 'Principal', principalId: stranger });
  const revoke = target({ grantId: 'grant-all' });
  it.each<[string, readonly Record<string, unknown>[], DelegatedGrantTarget, 'create' | 'delete', object]>([
    ['nothing: a grant is made', [], target(), 'create', ready(post)],
    ['others: a grant is made', [other, one('User.Read')], target(), 'create', ready(post)],
    [
      'the grant without the scope: it is added',
      [all('Mail.Read  Calendars.Read')],
      target(),
      'create',
      ready(patch('grant-all', 'Mail.Read Calendars.Read User.Read')),
    ],
    ['an empty grant: it is added', [all('')], target(), 'create', ready(patch('grant-all', 'User.Read'))],
    [
      'a scope that begins alike: it is added',
      [all('User.Read.All')],
      target(),
      'create',
      ready(patch('grant-all', 'User.Read.All User.Read')),
    ],
    ['the scope: it is done', [all('Mail.Read User.Read')], target(), 'create', done],
    ['the scope in another spelling: it is done', [all(' user.read')], target(), 'create', done],
    [
      'the scope among others: it alone is taken out',
      [all('Mail.Read user.read User.Read.All')],
      revoke,
      'delete',
      ready(patch('grant-all', 'Mail.Read User.Read.All')),
    ],
    [
      'the scope alone: the grant goes',
      [all('User.Read'), one('User.Read')],
      revoke,
      'delete',
      ready(remove('grant-all')),
    ],
    ['the grant without the scope: the revoke is done', [all('Mail.Read')], revoke, 'delete', done],
    ['nothing: the revoke is done', [other, one('User.Read')], revoke, 'delete', done],
    [
      'the consent of one user: it alone goes',
      [all('User.Read'), one('User.Read')],
      target({ ...forOne, grantId: 'grant-one' }),
      'delete',
      ready(remove('grant-one')),
    ],
    [
      'the consents of two users: the one that is meant goes',
      [grantRow('grant-two', 'User.Read', { consentType: 'Principal', principalId: graphObject }), one('User.Read')],
      target({ ...forOne, grantId: 'grant-one' }),
      'delete',
      ready(remove('grant-one')),
    ],
    [
      'a new grant of the same: nobody approved its end',
      [all('User.Read')],
      target({ grantId: 'grant-old' }),
      'delete',
      ok({ state: 'surprise', why: 'another grant holds the scope now, `grant-all`' }),
    ],
  ])('%s', async (_, grants, of, action, stands) => {
    const { ports, asked } = writableTenant({ grants });
    expect(await writer.look(of, action, ports)).toEqual(stands);
    expect(asked).toEqual([`/oauth2PermissionGrants?$filter=clientId eq '${backupObject}'`]);
  });

  it.each([
    ['no id', { id: '' }, '`id` is string where a text belongs'],
    ['no resource', { resourceId: null }, '`resourceId` is null where a text belongs'],
    ['a list of scopes', { scope: ['User.Read'] }, '`scope` is a list where a text belongs'],
  ])('with %s is not known', async (_, more, detail) => {
    const { ports } = writableTenant({ grants: [grantRow('grant-all', 'User.Read', more)] });
    expect(await writer.look(target(), 'create', ports)).toMatchObject({
      ok: false,
      error: { reason: 'malformed', detail: expect.stringContaining(detail) },
    });
  });
});

describe('foreseen', () => {
  const mail = delegated('Mail.Read');
  const read = delegated('User.Read');
  const elsewhere = delegated('EWS.AccessAsUser.All', {
    api: exchange,
    consents: [{ ...forAllUsers, grantId: 'grant-ews' }],
  });
  const more = (scope: string) => ({ target: target({ scope }), action: 'create' as const });
  const less = (scope: string) => ({ target: target({ scope, grantId: 'grant-all' }), action: 'delete' as const });
  const revoke = target({ grantId: 'grant-all' });
  const shown = patch('{id of the grant made before}', 'Mail.Read User.Read');
  it.each([
    ['a first grant', target(), 'create' as const, [], [], post],
    ['a first grant of this API', target(), 'create' as const, [elsewhere], [], post],
    ['a further scope', target(), 'create' as const, [elsewhere, mail], [], patch('grant-all', 'Mail.Read User.Read')],
    ['a scope of a grant that the plan makes', target(), 'create' as const, [], [more('Mail.Read')], shown],
    [
      'a scope after one that goes',
      target(),
      'create' as const,
      [mail, delegated('Files.Read')],
      [less('Mail.Read')],
      patch('grant-all', 'Files.Read User.Read'),
    ],
    ['a scope that an earlier step adds', target(), 'create' as const, [mail], [more('User.Read')], null],
    ['one of two scopes', revoke, 'delete' as const, [mail, read, elsewhere], [], patch('grant-all', 'Mail.Read')],
    ['the second of two scopes', revoke, 'delete' as const, [mail, read], [less('Mail.Read')], remove('grant-all')],
    [
      'the last scope beside a new one',
      revoke,
      'delete' as const,
      [read],
      [more('Mail.Read')],
      patch('grant-all', 'Mail.Read'),
    ],
    ['a scope that an earlier step took', revoke, 'delete' as const, [mail, read], [less('User.Read')], null],
    [
      'a scope of one grant where two say the same',
      revoke,
      'delete' as const,
      [read, delegated('Mail.Read', { consents: [{ ...forAllUsers, grantId: 'grant-two' }] })],
      [],
      remove('grant-all'),
    ],
    [
      'a scope beside what happens to another app',
      revoke,
      'delete' as const,
      [read],
      [{ target: target({ client: objectId(stranger), scope: 'Mail.Read' }), action: 'create' as const }],
      remove('grant-all'),
    ],
    [
      'a scope beside what happens to others',
      revoke,
      'delete' as const,
      [read],
      [
        { target: target({ ...forOne, scope: 'Mail.Read' }), action: 'create' as const },
        { target: target({ resource: objectId(exchangeObject), scope: 'Mail.Read' }), action: 'create' as const },
      ],
      remove('grant-all'),
    ],
  ])('%s', (_, of, action, facts, earlier, request) =>
    expect(writer.foresee(of, action, facts, earlier, ids)).toEqual(
      request === null ? { state: 'done' } : { state: 'ready', request },
    ),
  );

  it('is never sent where it needs an id that is to come', () => {
    const found = writer.foresee(target(), 'create', [], [more('Mail.Read')], ids);
    expect(found.state === 'ready' ? shapeOf(found.request) : found).toBeNull();
  });
});

it('scope by scope, in any order, every wish comes true, and no scope that nobody named is lost or won', async () => {
  const names = ['User.Read', 'Mail.Read', 'Files.Read.All', 'offline_access', 'openid'];
  const start = fc.uniqueArray(fc.constantFrom(...names));
  const wishes = fc.array(fc.tuple(fc.constantFrom(...names), fc.boolean()), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(start, wishes, async (held, wished) => {
      const others = [
        grantRow('grant-other', names.join(' '), { resourceId: exchangeObject }),
        grantRow('grant-foreign', names.join(' '), { clientId: stranger }),
      ];
      const grants = held.length === 0 ? others : [...others, grantRow('grant-all', held.join(' '))];
      const tenant = writableTenant({ grants });
      let expected = new Set(held);
      for (const [scope, isGrant] of wished) {
        const own = tenant
          .now()
          .grants.find((row) => row['resourceId'] === graphObject && row['clientId'] === backupObject);
        const wish = target({ scope, grantId: isGrant ? null : String(own?.['id'] ?? 'gone') });
        const action = isGrant ? 'create' : 'delete';
        const seen = await writer.look(wish, action, tenant.ports);
        const request = seen.ok && seen.value.state === 'ready' ? seen.value.request : null;
        expect(request === null).toBe(isGrant === expected.has(scope));
        if (request !== null) {
          expect(shapeOf(request)).not.toBeNull();
          await tenant.write.send(request);
        }
        expect(await writer.look(wish, action, tenant.ports)).toEqual(done);
        expected = new Set(isGrant ? [...expected, scope] : [...expected].filter((one) => one !== scope));
        const after = tenant.now().grants.filter((row) => !others.includes(row as (typeof others)[number]));
        expect(after.map((row) => new Set(String(row['scope']).split(' ')))).toEqual(
          expected.size === 0 ? [] : [expected],
        );
      }
      expect(tenant.now().grants.slice(0, 2)).toEqual(others);
    }),
  );
});
