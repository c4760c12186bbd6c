import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/core/evidence.ts';
import { identityId, tenantId } from '../../src/core/ids.ts';
import { applicationAccessPolicy } from '../../src/kinds/application-access-policy.ts';
import { backupApp, otherApp } from '../support/facts.ts';
import { asking, foundApp, readKind, runTenant, sayGaps } from '../support/read-kind.ts';

const command = 'Get-ApplicationAccessPolicy';
const evidence = (result: unknown): Evidence => ({
  command,
  tenantId: tenantId(runTenant),
  collectedAt: '2026-11-20T08:00:00Z',
  result,
  file: `evidence/${command}.json`,
});
const row = { AppId: backupApp, AccessRight: 'RestrictAccess', ScopeName: 'Backed-up mailboxes' };
const reading = (result: unknown) =>
  readKind(applicationAccessPolicy, { policies: [asking({})], evidence: [evidence(result)] });

describe('application access policies', () => {
  it('of the app are told, of others not', async () => {
    const { facts, gaps, paths } = await reading([row, { ...row, AppId: otherApp }]);
    expect([gaps, paths]).toEqual([[], []]);
    expect(facts).toEqual([
      {
        kind: 'application-access-policy',
        key: `application-access-policy/${backupApp}/restrictaccess/backed-up mailboxes`,
        identity: backupApp,
        subject: 'Backed-up mailboxes',
        appId: backupApp,
        right: 'RestrictAccess',
        scope: 'Backed-up mailboxes',
      },
    ]);
  });

  it.each([
    ['one alone, as PowerShell writes a list of one', row],
    ['one of several apps', [{ ...row, AppId: [otherApp, backupApp.toUpperCase()] }]],
    ['one that names its group by id', [{ ...row, ScopeName: null, PolicyScopeGroupId: 'Backed-up mailboxes' }]],
    ['one in another case', [{ ...row, AccessRight: 'restrictaccess' }]],
  ])('are read from %s', async (_, result) => {
    expect((await reading(result)).facts).toMatchObject([{ right: 'RestrictAccess', scope: 'Backed-up mailboxes' }]);
  });

  it('outlive the app in Entra', async () => {
    const gone = foundApp({ id: identityId(backupApp), state: 'absent', objectId: null, appId: null });
    const { facts } = await readKind(applicationAccessPolicy, { identities: [gone], evidence: [evidence([row])] });
    expect(facts).toHaveLength(1);
  });

  it.each([
    ['none', [], []],
    ['nothing', null, ['a row of Get-ApplicationAccessPolicy is null where an object belongs']],
    [
      'an unknown right',
      [{ ...row, AccessRight: 'Allow' }],
      ['`AccessRight` is `Allow` where RestrictAccess or DenyAccess belongs'],
    ],
    ['no app', [{ ...row, AppId: [] }], []],
    ['no scope', [{ ...row, ScopeName: '' }], ['`ScopeName` is string where a text belongs']],
    ['an app that is no text', [{ ...row, AppId: [7] }], ['`AppId` holds no app id']],
  ])('leave, of %s, what they should', async (_, result, details) => {
    const found = await reading(result);
    expect([found.facts, sayGaps(found)]).toEqual([
      [],
      details.map((detail) => `application-access-policy malformed: ${detail}`),
    ]);
  });

  it('are asked of nobody, and read where evidence is', () => {
    expect([applicationAccessPolicy.asks(asking({})), applicationAccessPolicy.optional]).toEqual([[], command]);
  });
});
