import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/core/policy.ts';
import { err, ok } from '../../src/core/result.ts';
import { tenantSetting } from '../../src/kinds/tenant-setting.ts';
import { line } from '../support/policies.ts';
import { asking, type KindCase, readKind, refused, sayGaps } from '../support/read-kind.ts';

const stating = (settings: Readonly<Record<string, string>>, more: Partial<Policy> = {}): Policy => {
  const tenantSettings = Object.entries(settings).map(([name, value], index) => ({
    name,
    value,
    place: line(50 + index),
  }));
  return asking({}, { tenantSettings, ...more });
};
const told = ({ facts }: Awaited<ReturnType<typeof readKind>>): string[] =>
  facts.map(
    (fact) =>
      `${fact.identity.slice(-2)} ${fact.subject} ${fact.kind === 'tenant-setting' && `${fact.value}${fact.byDefault ? ' by default' : ''}`}`,
  );

describe('settings of Microsoft Entra', () => {
  const authorization = '/policies/authorizationPolicy';
  const consent = (...assigned: readonly string[]) => ({
    defaultUserRolePermissions: { permissionGrantPoliciesAssigned: assigned },
  });
  const may = (field: string, value: unknown) => ({ defaultUserRolePermissions: { [field]: value } });
  const reading = (names: readonly string[], gets: KindCase['gets'], lists: KindCase['lists'] = {}) =>
    readKind(tenantSetting, {
      policies: [stating(Object.fromEntries(names.map((name) => [name, 'disabled'])))],
      ...(gets === undefined ? {} : { gets }),
      lists,
    });

  it.each([
    ['to no app', consent(), 'disabled'],
    ['to none of their own', consent('ManagePermissionGrantsForOwnedResource.x'), 'disabled'],
    ['to any app', consent('ManagePermissionGrantsForSelf.microsoft-user-default-legacy'), 'enabled'],
    ['by a policy of the tenant’s own', consent('ManagePermissionGrantsForSelf.ours'), 'enabled'],
    ['by a policy as it was spelt before', consent('just-user-read'), 'enabled'],
    ['to some permissions', consent('managePermissionGrantsForSelf.microsoft-user-default-low'), 'low-risk'],
    [
      'to what Microsoft recommends',
      consent('ManagePermissionGrantsForSelf.microsoft-user-default-recommended'),
      'low-risk by default',
    ],
    [
      'to some, and to more',
      consent('ManagePermissionGrantsForSelf.microsoft-user-default-low', 'ManagePermissionGrantsForSelf.ours'),
      'enabled',
    ],
  ])('users consent %s', async (_, answer, value) => {
    const found = await reading(['entra.userConsent'], { [authorization]: ok(answer) });
    expect([told(found), found.gaps]).toEqual([[`01 entra.userConsent ${value}`], []]);
  });

  it.each([
    ['entra.usersCanRegisterApps', 'allowedToCreateApps'],
    ['entra.usersCanCreateGroups', 'allowedToCreateSecurityGroups'],
    ['entra.usersCanCreateTenants', 'allowedToCreateTenants'],
  ])('%s is what users may', async (name, field) => {
    for (const [value, word] of [
      [true, 'enabled'],
      [false, 'disabled'],
    ] as const)
      expect(told(await reading([name], { [authorization]: ok(may(field, value)) }))).toEqual([`01 ${name} ${word}`]);
    const open = await reading([name], { [authorization]: ok(may(field, null)) });
    expect([open.facts, sayGaps(open)]).toEqual([
      [],
      [`tenant-setting malformed: \`${field}\` is null where true or false belongs`],
    ]);
  });

  it.each([
    ['entra.adminConsentRequests', '/policies/adminConsentRequestPolicy'],
    ['entra.securityDefaults', '/policies/identitySecurityDefaultsEnforcementPolicy'],
    ['entra.appManagementPolicy', '/policies/defaultAppManagementPolicy'],
  ])('%s is the switch of its policy', async (name, path) => {
    for (const [value, word] of [
      [true, 'enabled'],
      [false, 'disabled'],
    ] as const)
      expect(told(await reading([name], { [path]: ok({ isEnabled: value }) }))).toEqual([`01 ${name} ${word}`]);
    const open = await reading([name], { [path]: ok({}) });
    expect([open.facts, sayGaps(open)]).toEqual([
      [],
      ['tenant-setting malformed: `isEnabled` is undefined where true or false belongs'],
    ]);
    const closed = await reading([name], { [path]: err(refused) });
    expect([sayGaps(closed), closed.gaps[0]?.needs]).toEqual([
      ['tenant-setting forbidden: HTTP 403'],
      'Policy.Read.All',
    ]);
  });

  const template = 'DFFD5D46-495d-40a9-8e21-954ff55e198a';
  const setting = (value: string) => [
    { templateId: '62375ab9-6b52-47ed-826b-58e47e0e304b', values: [] },
    { templateId: template, values: [{ name: 'EnableGroupSpecificConsent', value }] },
  ];
  const byOwners = consent('ManagePermissionGrantsForOwnedResource.microsoft-all-application-permissions');

  it.each([
    ['is on by a setting', setting('true'), consent(), 'enabled'],
    ['is on by a policy', setting('false'), byOwners, 'enabled'],
    ['is on by a policy alone', [], byOwners, 'enabled'],
    ['is off', setting('False'), consent(), 'disabled'],
    ['is left to Microsoft', [], consent(), 'enabled by default'],
    ['is left empty', setting(''), consent(), 'enabled by default'],
  ])('consent of group owners %s', async (_, rows, answer, value) => {
    const found = await reading(
      ['entra.groupOwnerConsent'],
      { [authorization]: ok(answer) },
      { '/groupSettings': ok(rows) },
    );
    expect([told(found), found.gaps]).toEqual([[`01 entra.groupOwnerConsent ${value}`], []]);
  });

  it.each<[string, KindCase['gets'], KindCase['lists'], string]>([
    [
      'refuses the group settings',
      { [authorization]: ok(consent()) },
      { '/groupSettings': err({ ...refused, request: 'GET /groupSettings' }) },
      'Directory.Read.All',
    ],
    ['refuses the policy', { [authorization]: err(refused) }, { '/groupSettings': ok([]) }, 'Policy.Read.All'],
    ['says nothing of policies', { [authorization]: ok(may('x', 1)) }, { '/groupSettings': ok([]) }, 'Policy.Read.All'],
  ])('consent of group owners is a gap where the tenant %s', async (_, gets, lists, needs) => {
    const found = await reading(['entra.groupOwnerConsent'], gets, lists);
    expect([found.facts, found.gaps.map((gap) => gap.needs)]).toEqual([[], [needs]]);
  });

  it('of one object take one request', async () => {
    const names = ['entra.userConsent', 'entra.groupOwnerConsent', 'entra.usersCanRegisterApps'];
    const answer = {
      defaultUserRolePermissions: { permissionGrantPoliciesAssigned: [], allowedToCreateApps: true },
    };
    const found = await reading(names, { [authorization]: ok(answer) }, { '/groupSettings': ok([]) });
    expect([found.facts.length, found.paths.toSorted()]).toEqual([3, ['/groupSettings', authorization]]);
  });

  it('are each known to be read, whatever a policy can state', () => {
    const schema = readFileSync(join(import.meta.dirname, '../../schemas/backup-access-policy.v1.schema.json'), 'utf8');
    const names = [...schema.matchAll(/"((?:entra|sharepoint|exchange)\.[A-Za-z]+)": \{/g)].map(
      ([, name]) => name ?? '',
    );
    expect(names).toHaveLength(11);
    expect(names.filter((name) => tenantSetting.asks(stating({ [name]: 'enabled' })).length === 0)).toEqual([]);
  });
});
