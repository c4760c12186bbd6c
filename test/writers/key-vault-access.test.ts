import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../src/adapters/sender-shapes.ts';
import { armId, objectId } from '../../src/core/ids.ts';
import { spellPermissions } from '../../src/core/key-vaults.ts';
import { ok } from '../../src/core/result.ts';
import type { KeyVaultTarget } from '../../src/core/write-target.ts';
import { keyVaultAccess as writer } from '../../src/writers/key-vault-access.ts';
import { backupApp, backupObject, otherApp } from '../support/facts.ts';
import { keyVault, keyVaultPolicy } from '../support/protection-facts.ts';
import {
  changeOf,
  ids,
  type Permissions,
  policyRow,
  stranger,
  tenantId,
  vaultRow,
  writableTenant,
} from '../support/writable-tenant.ts';

const kv = keyVault();
const target = (
  before: Permissions | null,
  after: Permissions | null,
  more: Partial<KeyVaultTarget> = {},
): KeyVaultTarget => ({
  kind: 'key-vault-access',
  vault: armId(kv),
  principal: objectId(backupObject),
  before,
  after,
  ...more,
});
const put = (operation: string, permissions: Permissions) => ({
  api: 'resourceManager',
  method: 'PUT',
  path: `${kv}/accessPolicies/${operation}?api-version=2023-07-01`,
  body: { properties: { accessPolicies: [{ tenantId, objectId: backupObject, permissions }] } },
});
const ready = (request: object) => ok({ state: 'ready', request });
const done = ok({ state: 'done' });
const surprise = (why: string) => ok({ state: 'surprise', why });
const get = { keys: ['get'] };
const wrap = { keys: ['get', 'wrapkey'] };
const fact = (permissions: Permissions, more: Parameters<typeof keyVaultPolicy>[1] = {}) =>
  keyVaultPolicy(permissions, { identity: backupApp, ...more });

describe('a target', () => {
  it.each([
    ['of a grant has nothing before it', changeOf(null, fact(get)), [target(null, get)]],
    ['of a change has both', changeOf(fact(get), fact(wrap)), [target(get, wrap)]],
    ['of a revoke has nothing after it', changeOf(fact(get), null), [target(get, null)]],
    [
      'is the vault as the tenant spells it',
      changeOf(fact(get, { of: kv.toUpperCase() }), fact(wrap)),
      [target(get, wrap, { vault: armId(kv.toUpperCase()) })],
    ],
    ['of what Azure roles overrule is none', changeOf(fact(get, { inEffect: false }), null), []],
    ['of an identity that was not found is none', changeOf(null, fact(get, { identity: otherApp })), []],
  ])('%s', (_, change, targets) => expect(writer.targets(change, ids)).toEqual(targets));
});

describe('what stands', () => {
  const own = policyRow({ keys: ['Get'], secrets: [] });
  const other = policyRow(wrap, { objectId: stranger });
  const bound = policyRow(get, { applicationId: stranger });
  const changed = 'the access policy gives something else now than the plan says';
  const isBound = 'an access policy is bound to an application too, which no plan speaks of';
  const ruled = 'Azure roles rule the key vault now: an access policy would count for nothing';
  type Case = [string, Record<string, unknown>, KeyVaultTarget, 'create' | 'update' | 'delete', object];
  const nothing = vaultRow(kv, [other]);
  const held = vaultRow(kv, [other, own]);
  it.each<Case>([
    ['nothing: it is granted', nothing, target(null, wrap), 'create', ready(put('add', wrap))],
    [
      'an empty policy: it is granted',
      vaultRow(kv, [policyRow({})]),
      target(null, wrap),
      'create',
      ready(put('add', wrap)),
    ],
    ['the grant: it is done', held, target(null, get), 'create', done],
    [
      'the grant in two parts: it is done',
      vaultRow(kv, [own, policyRow({ keys: ['wrapKey'] })]),
      target(null, wrap),
      'create',
      done,
    ],
    ['something else: nobody approved its change', held, target(null, wrap), 'create', surprise(changed)],
    ['what was: it is changed', held, target(get, wrap), 'update', ready(put('replace', wrap))],
    [
      'the change: it is done',
      vaultRow(kv, [policyRow({ keys: ['wrapKey', 'get'] })]),
      target(get, wrap),
      'update',
      done,
    ],
    ['nothing: no change can be made of it', nothing, target(get, wrap), 'update', surprise(changed)],
    ['what was: it is revoked', held, target(get, null), 'delete', ready(put('remove', get))],
    ['nothing: the revoke is done', nothing, target(get, null), 'delete', done],
    ['an empty policy: the revoke is done', vaultRow(kv, [policyRow({ keys: [] })]), target(get, null), 'delete', done],
    ['more: nobody approved its end', vaultRow(kv, [policyRow(wrap)]), target(get, null), 'delete', surprise(changed)],
    ['a policy for an application too', vaultRow(kv, [own, bound]), target(get, null), 'delete', surprise(isBound)],
    [
      'a policy of somebody else for an application',
      vaultRow(kv, [own, { ...bound, objectId: stranger }]),
      target(get, wrap),
      'update',
      ready(put('replace', wrap)),
    ],
    [
      'a vault that roles rule',
      vaultRow(kv, [own], { enableRbacAuthorization: true }),
      target(get, null),
      'delete',
      surprise(ruled),
    ],
    [
      'a vault that does not say whom it trusts',
      vaultRow(kv, [], { tenantId: null }),
      target(null, get),
      'create',
      surprise('the key vault does not say whose tenant it trusts'),
    ],
  ])('%s', async (_, vault, of, action, stands) => {
    const { ports, asked } = writableTenant({ vaults: { [kv]: vault } });
    expect(await writer.look(of, action, ports)).toEqual(stands);
    expect(asked).toEqual([`${kv}?2023-07-01`]);
  });

  it.each([
    ['no id', { properties: {} }, '`id` is undefined where a text belongs'],
    [
      'a policy of nobody',
      vaultRow(kv, [policyRow(get, { objectId: null })]),
      '`objectId` is null where a text belongs',
    ],
    [
      'permissions of no text',
      vaultRow(kv, [{ ...own, permissions: { keys: [1] } }]),
      '`keys` holds number where texts belong',
    ],
  ])('with %s is not known', async (_, vault, detail) => {
    const { ports } = writableTenant({ vaults: { [kv]: vault } });
    expect(await writer.look(target(null, get), 'create', ports)).toMatchObject({
      ok: false,
      error: { reason: 'malformed', detail: expect.stringContaining(detail) },
    });
  });
});

it.each([
  ['a grant', target(null, get), 'create' as const, put('add', get)],
  ['a change', target(get, wrap), 'update' as const, put('replace', wrap)],
  ['a revoke', target(wrap, null), 'delete' as const, put('remove', wrap)],
])('foreseen: %s', (_, of, action, request) =>
  expect(writer.foresee(of, action, [], [], ids)).toEqual({ state: 'ready', request }),
);

it('once its request is carried out, it is done, and the policies of others are as they were', async () => {
  const list = (...names: string[]) => fc.subarray(names, { minLength: 1 });
  const permissions = fc
    .record(
      { keys: list('get', 'list', 'wrapkey'), secrets: list('get', 'set'), storage: list('get') },
      { requiredKeys: [] },
    )
    .map((found) => spellPermissions(found));
  const before = fc.option(permissions);
  await fc.assert(
    fc.asyncProperty(before, before, permissions, async (was, will, others) => {
      fc.pre(JSON.stringify(was ?? {}) !== JSON.stringify(will ?? {}));
      const other = policyRow(others, { objectId: stranger });
      const tenant = writableTenant({
        vaults: { [kv]: vaultRow(kv, was === null ? [other] : [policyRow(was), other]) },
      });
      const wish = target(was, will);
      const action = was === null ? 'create' : will === null ? 'delete' : 'update';
      const seen = await writer.look(wish, action, tenant.ports);
      if (!seen.ok || seen.value.state !== 'ready') throw new Error('this write is neither done nor a surprise');
      expect(shapeOf(seen.value.request)?.form).toContain('accessPolicies');
      await tenant.write.send(seen.value.request);
      expect(await writer.look(wish, action, tenant.ports)).toEqual(done);
      expect(tenant.now().vaults[kv]).toMatchObject({
        properties: { accessPolicies: expect.arrayContaining([other]) },
      });
    }),
  );
});
