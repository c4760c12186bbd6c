import { describe, expect, it } from 'vitest';
import { unreadPlanes } from '../../src/app/unread-planes.ts';
import { armId, objectId, roleId } from '../../src/core/ids.ts';
import type { Policy } from '../../src/core/policy.ts';
import { appIdentity, line } from '../support/policies.ts';
import { asking } from '../support/read-kind.ts';

const place = line(20);
const azureRole = (eligible: boolean) => ({
  role: null,
  roleId: roleId('r'),
  scope: armId('/subscriptions/1'),
  condition: null,
  eligible,
  purpose: null,
  place,
});
const presence = { appId: null, userPrincipalName: 'a@b.example', purpose: null, place };

const cases: Record<string, { policy: Policy; planes: string[] }> = {
  nothing: { policy: asking({}), planes: [] },
  'what this version reads': {
    policy: asking({
      applicationPermissions: [],
      delegatedPermissions: [],
      azureRoles: [azureRole(false)],
      directoryRoles: [],
    }),
    planes: [],
  },
  'an eligible Azure role': { policy: asking({ azureRoles: [azureRole(true)] }), planes: ['azure-role-eligibility'] },
  'an eligible directory role': {
    policy: asking({ directoryRoles: [{ role: 'Global Reader', scope: null, eligible: true, place }] }),
    planes: ['directory-role-eligibility'],
  },
  'no Exchange role': { policy: asking({ exchangeRoles: [] }), planes: ['exchange-role-assignment'] },
  'no site grant': { policy: asking({ siteGrants: [] }), planes: ['site-grant'] },
  'no key vault access': { policy: asking({ keyVaultAccess: [] }), planes: ['key-vault-access'] },
  'a group': { policy: asking({ groups: [{ id: objectId('g'), place }] }), planes: ['group-membership'] },
  'a setting, which its kind reads': {
    policy: asking({}, { tenantSettings: [{ name: 'exchange.ews', value: 'disabled', place }] }),
    planes: [],
  },
  'what must exist': { policy: asking({}, { mustExist: [presence] }), planes: ['app-presence'] },
  'what must not exist': { policy: asking({}, { mustNotExist: [presence] }), planes: ['app-presence'] },
  'several, of several identities': {
    policy: asking({ siteGrants: [], groups: [] }, { identities: [appIdentity(), appIdentity('b')] }),
    planes: ['site-grant', 'group-membership'],
  },
};

describe('what a policy speaks of and nobody can read yet is a gap', () => {
  it.each(Object.entries(cases))('%s', (_, { policy, planes }) => {
    const gaps = unreadPlanes(policy);
    expect(gaps.map(({ kind }) => kind)).toEqual(planes);
    for (const gap of gaps)
      expect(gap).toMatchObject({
        identity: policy.identities[0]?.id,
        reason: 'not-supported',
        request: 'policy backup',
        detail: 'this version does not read it yet',
      });
  });
});
