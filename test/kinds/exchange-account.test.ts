import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/core/evidence.ts';
import { identityId, objectId, tenantId } from '../../src/core/ids.ts';
import { ok } from '../../src/core/result.ts';
import { exchangeAccount } from '../../src/kinds/exchange-account.ts';
import { backupApp } from '../support/facts.ts';
import { line } from '../support/policies.ts';
import { asking, foundApp, readKind, runTenant, sayGaps } from '../support/read-kind.ts';

const name = 'backupadmin@contoso.example';
const id = 'b270dc32-9ede-4648-9d40-c8a1070aba97';
const evidence = (command: string, result: unknown): Evidence => ({
  command,
  tenantId: tenantId(runTenant),
  collectedAt: '2026-11-20T08:00:00Z',
  result,
  file: `evidence/${command}.json`,
});
const naming = asking({}, { mustNotExist: [{ appId: null, userPrincipalName: name, purpose: null, place: line(40) }] });
const person = asking(
  {},
  { identities: [{ type: 'user', id: identityId(id), objectId: objectId(id), place: line(8) }] },
);
const found = foundApp({ id: identityId(id), objectId: objectId(id), servicePrincipal: null });
const path = `/users/${id}?$select=userPrincipalName`;
const user = evidence('Get-User', [
  { UserPrincipalName: name.toUpperCase(), DisplayName: 'Backup Admin', EXOModuleEnabled: true },
  { UserPrincipalName: 'other@contoso.example', EXOModuleEnabled: true },
]);
const bypass = (...rows: readonly unknown[]) => evidence('Get-MailboxAuditBypassAssociation', rows);
const folder = (...rows: readonly unknown[]) => evidence('Get-PublicFolderClientPermission', rows);

describe('accounts in Exchange', () => {
  it('that a policy names are told under its first identity', async () => {
    const { facts, gaps, paths } = await readKind(exchangeAccount, {
      policies: [naming],
      evidence: [
        user,
        bypass({ Name: 'Backup Admin', AuditBypassEnabled: true }),
        folder(
          { Identity: '\\', User: name, AccessRights: ['Owner'] },
          { Identity: '\\Sales', User: { DisplayName: 'Backup Admin' }, AccessRights: 'Owner, FolderVisible' },
          { Identity: '\\HR', User: name, AccessRights: ['Reviewer'] },
          { Identity: '\\IT', User: 'other@contoso.example', AccessRights: ['Owner'] },
        ),
      ],
    });
    expect([gaps, paths]).toEqual([[], []]);
    expect(facts).toEqual([
      {
        kind: 'exchange-account',
        key: `exchange-account/${backupApp}/${name}`,
        identity: backupApp,
        subject: name,
        userPrincipalName: name,
        powerShell: true,
        auditBypass: true,
        publicFolders: ['\\', '\\Sales'],
      },
    ]);
  });

  it('that are identities are found by their name at sign-in, in one request each', async () => {
    const { facts, paths } = await readKind(exchangeAccount, {
      policies: [person],
      identities: [found],
      gets: { [path]: ok({ userPrincipalName: name }) },
      evidence: [user],
    });
    expect(paths).toEqual([path]);
    expect(facts).toMatchObject([{ identity: id, subject: name, powerShell: true, auditBypass: null }]);
  });

  it.each([
    [
      'older evidence calls it otherwise',
      [evidence('Get-User', { UserPrincipalName: name, RemotePowerShellEnabled: false })],
      false,
    ],
    ['the evidence leaves it out', [evidence('Get-User', [{ UserPrincipalName: name }])], null],
  ])('say whether they may use PowerShell: %s', async (_, files, powerShell) => {
    const { facts } = await readKind(exchangeAccount, { policies: [naming], evidence: files });
    expect(facts).toMatchObject([{ powerShell }]);
  });

  it.each([
    ['of whom no evidence tells', [naming], [evidence('Get-User', [])]],
    ['that no policy names', [asking({})], [user]],
  ])('%s are left alone', async (_, policies, files) => {
    const { facts, gaps } = await readKind(exchangeAccount, { policies, evidence: files });
    expect([facts, gaps]).toEqual([[], []]);
  });

  it.each([
    ['a user without a name', evidence('Get-User', [{}]), '`UserPrincipalName` is undefined where a text belongs'],
    [
      'a bypass that is neither',
      bypass({ Name: 'x' }),
      '`AuditBypassEnabled` is undefined where true or false belongs',
    ],
    ['a bypass of nobody', bypass({ AuditBypassEnabled: true }), '`Identity` is missing'],
    ['a folder without rights', folder({ Identity: '\\', User: 'x' }), '`AccessRights` is missing'],
  ])('leave a gap after %s', async (_, file, detail) => {
    const reading = await readKind(exchangeAccount, { policies: [naming], evidence: [file] });
    expect([reading.facts, sayGaps(reading)]).toEqual([[], [`exchange-account malformed: ${detail}`]]);
    expect(reading.gaps.map(({ needs }) => needs)).toEqual([`evidence of ${file.command} (docs/evidence.md)`]);
  });

  it('leave a gap where the identity’s name is refused', async () => {
    const reading = await readKind(exchangeAccount, {
      policies: [person],
      identities: [found],
      gets: {},
      evidence: [user],
    });
    expect([reading.facts, sayGaps(reading)]).toEqual([[], ['exchange-account forbidden: HTTP 403']]);
  });

  it('are looked up by the names that a policy says, are asked of nobody, and read where Get-User is told', () => {
    expect([exchangeAccount.subjects?.(naming), exchangeAccount.asks(naming), exchangeAccount.optional]).toEqual([
      [name],
      [],
      'Get-User',
    ]);
    expect([exchangeAccount.planned, exchangeAccount.governs(naming)]).toEqual([false, false]);
  });
});
