import { describe, expect, it } from 'vitest';
import type { Fact, KeyVaultAccessFact } from '../../src/core/fact.ts';
import { armId, objectId } from '../../src/core/ids.ts';
import type { PlannedWrite } from '../../src/core/plan.ts';
import { requestFits } from '../../src/core/request-fits.ts';
import type { WriteRequest } from '../../src/core/write.ts';
import type { TargetIds } from '../../src/core/writer.ts';
import { writerOf } from '../../src/writers/index.ts';
import { backupObject, group } from '../support/facts.ts';
import {
  changeScope,
  grantAppRole,
  graphObject,
  heldRole,
  mailRead,
  realAppRole,
  revokeAppRole,
  revokeAzureRole,
  scopeOf,
  sitesRead,
} from '../support/real-steps.ts';

const vault = armId(`${group('rg-app')}/providers/Microsoft.KeyVault/vaults/kv`);
const given = { keys: ['get'] };
const access: KeyVaultAccessFact = {
  kind: 'key-vault-access',
  key: 'key-vault-access/x',
  identity: heldRole().identity,
  subject: vault,
  vault,
  permissions: given,
  inEffect: true,
};
const vaultTarget = {
  kind: 'key-vault-access' as const,
  vault,
  principal: objectId(backupObject),
};

const ids: TargetIds = { tenant: 'tenant', principal: () => null, api: () => graphObject, guid: (text) => text };

/** The request that the kind's own writer foresees. */
const foreseen = (
  { change, target }: Pick<PlannedWrite, 'change' | 'target'>,
  facts: readonly Fact[],
): WriteRequest => {
  const found = writerOf(target.kind)?.foresee(target, change.action, facts, [], ids);
  if (found?.state !== 'ready') throw new Error('no request');
  return found.request;
};

const held = realAppRole('Sites.Read.All', sitesRead, 'assignment-1');
const grant = grantAppRole(realAppRole('Mail.Read', mailRead));
const revoke = revokeAppRole(held);
const role = heldRole();
const revokeRole = revokeAzureRole(role);
const grantRole: PlannedWrite = {
  ...revokeRole,
  change: { action: 'create', cause: 'missing', before: null, after: role },
};
const addScope = changeScope('create', scopeOf('Mail.Read'), { grantId: null, method: 'POST', scope: 'Mail.Read' });
const takeScope = changeScope('delete', scopeOf('Mail.Read'), { grantId: 'g-1', method: 'PATCH', scope: 'User.Read' });
const grantVault: PlannedWrite = {
  change: { action: 'create', cause: 'missing', before: null, after: access },
  policy: 'keys',
  target: { ...vaultTarget, before: null, after: given },
  request: null,
};
const revokeVault: PlannedWrite = {
  change: { action: 'delete', cause: 'undeclared', before: access, after: null },
  policy: 'keys',
  target: { ...vaultTarget, before: given, after: null },
  request: null,
};

const consented = {
  ...scopeOf('Mail.Read'),
  consents: [{ grantId: 'g-1', type: 'AllPrincipals' as const, principal: null }],
};
const rows: Readonly<Record<string, readonly [PlannedWrite, readonly Fact[]]>> = {
  'an app role to come': [grant, []],
  'an app role to go': [revoke, [held]],
  'an Azure role to come': [grantRole, []],
  'an Azure role to go': [revokeRole, [role]],
  'a scope to come': [addScope, []],
  'a scope to go, the last one': [takeScope, [consented]],
  'a scope to go, with others that stay': [takeScope, [consented, { ...consented, subject: 'User.Read' }]],
  'an access policy to come': [grantVault, []],
  'an access policy to go': [revokeVault, [access]],
};

describe('what writers send fits their own steps, and no other', () => {
  it.each(Object.entries(rows))('%s', (name, [write, facts]) => {
    const request = foreseen(write, facts);
    expect(requestFits(write.target, write.change.action, request)).toBe(true);
    const others = Object.entries(rows).filter(([other]) => other.split(',')[0] !== name.split(',')[0]);
    for (const [other, [{ target, change }]] of others)
      expect(requestFits(target, change.action, request), other).toBe(false);
  });
});

const spoil = (write: PlannedWrite, request: Partial<WriteRequest>): WriteRequest => ({
  ...(write.request as WriteRequest),
  ...request,
});

describe('what doesn’t fit', () => {
  it.each<[string, PlannedWrite, WriteRequest]>([
    ['another API', grant, spoil(grant, { api: 'resourceManager' })],
    ['another principal', grant, spoil(grant, { body: { ...grant.request?.body, principalId: mailRead } })],
    ['another resource in the body', grant, spoil(grant, { body: { ...grant.request?.body, resourceId: mailRead } })],
    ['no body', grant, spoil(grant, { body: null })],
    ['a path below', grant, spoil(grant, { path: `${grant.request?.path}/x` })],
    ['another assignment', revoke, spoil(revoke, { path: `${revoke.request?.path}0` })],
    ['an assignment that nobody named', revokeAppRole({ ...held, assignmentId: null }), revoke.request as WriteRequest],
    ['another grant', takeScope, spoil(takeScope, { path: '/v1.0/oauth2PermissionGrants/g-2' })],
    ['a list that keeps what is to go', takeScope, spoil(takeScope, { body: { scope: 'User.Read mail.read' } })],
    [
      'a list without what is to come',
      addScope,
      spoil(addScope, { body: { ...addScope.request?.body, scope: 'User.Read' } }),
    ],
    [
      'a consent for one user',
      addScope,
      spoil(addScope, { body: { ...addScope.request?.body, consentType: 'Principal' } }),
    ],
    ['every grant', takeScope, spoil(takeScope, { method: 'DELETE', path: '/v1.0/oauth2PermissionGrants/' })],
    [
      'another role assignment',
      revokeRole,
      spoil(revokeRole, { path: `${group('rg-app')}/providers/Microsoft.Authorization/roleAssignments/x` }),
    ],
    [
      'another role',
      grantRole,
      { ...foreseen(grantRole, []), body: { properties: { roleDefinitionId: '/x/y', principalId: backupObject } } },
    ],
    [
      'two access policies',
      grantVault,
      {
        ...foreseen(grantVault, []),
        body: { properties: { accessPolicies: [{ objectId: backupObject }, { objectId: 'x' }] } },
      },
    ],
    [
      'the access policies of another vault',
      grantVault,
      { ...foreseen(grantVault, []), path: `${vault}x/accessPolicies/add?api-version=1` },
    ],
    ['the vault itself', grantVault, { ...foreseen(grantVault, []), path: `${vault}?api-version=1` }],
  ])('%s', (_, { target, change }, request) => {
    expect(requestFits(target, change.action, request)).toBe(false);
  });
});
