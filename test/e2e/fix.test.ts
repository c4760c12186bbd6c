import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, writePolicies } from '../support/rig.ts';
import { runCli } from '../support/run-cli.ts';

const policy = (permissions: string, exceptions = ''): string => `apiVersion: backup-access/v1
kind: BackupAccessPolicy
# Kept.
metadata: { name: vplus, owner: backup-team@contoso.example }
spec:
  identities:
    - appId: "a0000000-0000-4000-8000-000000000001"
  access:
    applicationPermissions:
      Microsoft Graph: ${permissions}
    delegatedPermissions: {} # none
${exceptions}`;

const fix = async (text: string, ...flags: readonly string[]) => {
  const folder = writePolicies({ 'vplus.yaml': text });
  const run = await runCli(['fix', '--policies', folder, '--as-of', '2026-11-22', ...flags]);
  return {
    ...run,
    stdout: run.stdout.replaceAll(`${folder}/`, ''),
    text: readFileSync(join(folder, 'vplus.yaml'), 'utf8'),
  };
};

describe('fix', () => {
  it('takes out what is redundant, and keeps everything else as it was', async () => {
    const run = await fix(
      policy(
        '\n        - Sites.Read.All # reads sites\n        - Sites.ReadWrite.All # writes them\n        - Mail.Read',
      ),
    );
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.text).toBe(policy('\n        - Sites.ReadWrite.All # writes them\n        - Mail.Read'));
    expect(run.stdout.split('\n')[0]).toBe('vplus.yaml: remove `Sites.Read.All` (redundant-permission)');
  });

  it('takes out exceptions past their date', async () => {
    const old = `  exceptions:
    # Old.
    - { rule: redundant-permission, subject: Mail.Read, reason: it was so, approvedBy: ciso@contoso.example, expires: 2026-01-31 }
    - { rule: redundant-permission, subject: Mail.Send, reason: it is so, approvedBy: ciso@contoso.example, expires: 2027-01-31 }
`;
    const run = await fix(policy('[]', old));
    expect(run.text).not.toContain('subject: Mail.Read');
    expect(run.text).toContain('subject: Mail.Send');
  });

  it('edits nothing in a dry run', async () => {
    const text = policy('[Sites.Read.All, Sites.ReadWrite.All]');
    const run = await fix(text, '--dry-run');
    expect(run.text).toBe(text);
    expect(run.stdout).toContain('vplus.yaml: remove `Sites.Read.All` (redundant-permission)');
    expect(run.stdout).toContain('1 edit would be made');
  });

  it('keeps to one rule', async () => {
    const text = policy('[Sites.Read.All, Sites.ReadWrite.All]');
    expect((await fix(text, '--rule', 'expired-exception')).text).toBe(text);
  });

  it('says which rules there are to one that does not exist', async () => {
    const run = await fix(policy('[]'), '--rule', 'redundant');
    expect(run).toMatchObject({
      code: 2,
      stderr: 'error: --rule `redundant` is not a rule: docs/rules/index.md lists them\n',
    });
  });

  it("brings a vendor's 39 permissions down to what the workloads need", async () => {
    const folder = temporaryFolder();
    cpSync('policies/catalogic-vplus.yaml', join(folder, 'vplus.yaml'));
    await runCli(['fix', '--policies', folder, '--as-of', '2026-11-22']);
    const text = readFileSync(join(folder, 'vplus.yaml'), 'utf8');
    const graph = /Microsoft Graph:\n([\s\S]*?)\n {6}\S/.exec(text)?.[1] ?? '';
    expect(graph.split('\n').map((line) => line.replace('        - ', ''))).toEqual([
      'Calendars.Read',
      'Channel.ReadBasic.All',
      'ChannelMember.Read.All',
      'ChannelMessage.Read.All',
      'Chat.Read.All',
      'Contacts.Read',
      'GroupMember.Read.All',
      'Mail.Read',
      'MailboxSettings.Read',
      'Member.Read.Hidden',
      'Sites.Read.All',
      'TeamMember.Read.All',
      'TeamSettings.Read.All',
      'TeamsTab.Read.All',
      'User.Read.All',
    ]);
    expect(text.split('\n').filter((line) => line.includes('#')).length).toBeGreaterThan(4);
  });

  it('changes nothing the second time, on the policies of all four systems', async () => {
    const folder = temporaryFolder();
    cpSync('policies', folder, { recursive: true });
    const args = [
      'fix',
      '--policies',
      folder,
      '--config',
      'examples/contoso/backup-access.yaml',
      '--as-of',
      '2026-11-22',
    ];
    const first = await runCli(args);
    const second = await runCli(args);
    const valid = await runCli(['validate', folder]);
    expect(first.stdout).toMatch(/\n\d\d edits were made; /);
    expect(second.stdout).toMatch(/^0 edits were made; /);
    expect(valid).toMatchObject({ code: 0, stderr: '' });
  });
});
