import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import { ok } from '../../src/core/result.ts';
import { delegatedGrant } from '../../src/kinds/delegated-grant.ts';
import { contractRows, hasContractExamples } from '../support/contract-example.ts';
import { backupObject } from '../support/facts.ts';
import { asking, desiredOf, readKind, sayGaps, written } from '../support/read-kind.ts';

const grant = {
  id: 'g1',
  clientId: backupObject,
  consentType: 'AllPrincipals',
  principalId: null,
  resourceId: 'r1',
  scope: ' User.Read  Mail.Read',
};
const mine = { ...grant, id: 'g2', consentType: 'Principal', principalId: 'U1', scope: 'user.read' };
const reading = (rows: readonly unknown[]) => readKind(delegatedGrant, { lists: { oauth2PermissionGrants: ok(rows) } });
const say = (facts: readonly Fact[]) =>
  facts.map(
    (fact) =>
      fact.kind === 'delegated-grant' &&
      `${fact.subject}: ${fact.consents.map(({ type, principal }) => `${type} ${principal}`).join(', ')}`,
  );

describe('delegated permissions that are held', () => {
  it('are one for each scope, with all who consented', async () => {
    const { facts, gaps, paths } = await reading([grant, mine]);
    expect(say(facts)).toEqual(['user.read: AllPrincipals null, Principal u1', 'Mail.Read: AllPrincipals null']);
    expect([gaps, paths]).toEqual([[], [`/oauth2PermissionGrants?$filter=clientId eq '${backupObject}'`]]);
  });

  it.each([{ scope: '' }, { scope: '   ' }, { scope: null }])('are none in a grant of $scope', async ({ scope }) => {
    expect(await reading([{ ...grant, scope }])).toMatchObject({ facts: [], gaps: [] });
  });

  it.skipIf(!hasContractExamples)('are read from recorded answers (skipped without the reference)', async () => {
    const rows = contractRows('graph-oauth2permissiongrants-list-200');
    const { facts, gaps } = await reading(rows);
    expect(gaps).toEqual([]);
    expect(facts.length).toBeGreaterThan(0);
  });

  const malformed = [
    { name: 'without id', rows: [{ ...grant, id: undefined }], detail: '`id` is undefined where a text belongs' },
    {
      name: 'with a list of scopes',
      rows: [{ ...grant, scope: [] }],
      detail: '`scope` is a list where a text belongs',
    },
    {
      name: 'consented in another way',
      rows: [{ ...grant, consentType: 'Group' }],
      detail: '`consentType` is `Group` where AllPrincipals or Principal belongs',
    },
    { name: 'that is null', rows: [null], detail: 'a delegated permission grant is null where an object belongs' },
  ];
  it.each(malformed)('one $name leaves a gap and no fact', async ({ rows, detail }) => {
    const found = await reading(rows);
    expect([found.facts, sayGaps(found)]).toEqual([[], [`delegated-grant malformed: ${detail}`]]);
  });

  it('that may not be read leave a gap that names Directory.Read.All', async () => {
    const { gaps } = await readKind(delegatedGrant, {});
    expect(gaps.map(({ reason, needs }) => [reason, needs])).toEqual([['forbidden', 'Directory.Read.All']]);
  });
});

describe('delegated permissions that are asked for', () => {
  it('are resolved, and unknown ones said', () => {
    const access = {
      delegatedPermissions: [written('00000003-0000-0000-c000-000000000000', 'User.Read', 'User.Raed')],
    };
    expect(desiredOf(delegatedGrant, asking(access))).toEqual({
      facts: ['User.Read at 20'],
      problems: [
        '21 unknown-permission: Microsoft Graph offers no delegated permission `User.Raed` (did you mean `User.Read`?)',
      ],
    });
  });

  it('on an API of which nothing is known stand for themselves', () => {
    const access = { delegatedPermissions: [written('12345678-0000-4000-8000-000000000001', 'Anything.Goes')] };
    expect(desiredOf(delegatedGrant, asking(access))).toEqual({ facts: ['Anything.Goes at 20'], problems: [] });
  });

  it('have the key of what is held, whatever its case', async () => {
    const policy = asking({ delegatedPermissions: [written('Microsoft Graph', 'User.Read')] });
    const { createNames } = await import('../../src/app/create-names.ts');
    const [wanted] = delegatedGrant.desired(policy, createNames(null, false)).facts;
    const [held] = (await reading([mine])).facts;
    expect(wanted?.fact.key).toBe(held?.key);
  });
});
