import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writePolicies } from '../support/rig.ts';
import { runCli } from '../support/run-cli.ts';

const policy = (product: string): string => `apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata: { name: a, owner: us }
spec:
  product: ${product}
  identities: [{ appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10 }]
`;
const profile = (id: string, vendor: string): string => `apiVersion: backup-access/v1
kind: BackupProductProfile
metadata: { name: ${id} }
spec:
  name: Some Backup
  vendor: ${vendor}
  sources: [{ source: a page, date: 2026-11-22 }]
`;

const write = (product: string, profiles: Readonly<Record<string, string>>): string => {
  const folder = writePolicies({ 'a.yaml': policy(product) });
  mkdirSync(join(folder, 'products'));
  for (const [name, text] of Object.entries(profiles)) writeFileSync(join(folder, 'products', name), text);
  return folder;
};

describe('profiles of one’s own', () => {
  it('make a product that policies can name', async () => {
    const folder = write('acme', { 'x.yaml': profile('acme', 'Acme') });
    expect(await runCli(['validate', folder])).toEqual({ code: 0, stdout: '1 policy is valid\n', stderr: '' });
    const single = await runCli(['validate', join(folder, 'a.yaml')]);
    expect(single).toEqual({ code: 0, stdout: '1 policy is valid\n', stderr: '' });
  });

  it('count by what they say, not by how the file is called', async () => {
    const run = await runCli(['validate', write('acme', { 'acme.yaml': profile('other', 'Acme') })]);
    expect(run.code).toBe(2);
    expect(run.stdout).toContain('unknown product `acme`');
  });

  it('have their mistakes told with their places', async () => {
    const run = await runCli([
      'validate',
      write('hubstor', { 'x.yaml': profile('acme', 'Acme').replace('vendor', 'vender') }),
    ]);
    expect(run.code).toBe(2);
    expect(run.stdout).toContain('products/x.yaml:6:3');
    expect(run.stdout).toContain('did you mean `vendor`?');
  });

  it('may not share an id', async () => {
    const both = { 'x.yaml': profile('acme', 'Acme'), 'y.yaml': profile('acme', 'Acme') };
    const run = await runCli(['validate', write('acme', both)]);
    expect(run.code).toBe(2);
    expect(run.stdout).toContain('the product `acme` has a profile in');
  });

  it('are told by explain, where asked to look', async () => {
    const folder = write('acme', { 'x.yaml': profile('acme', 'Acme'), 'y.yaml': profile('hubstor', 'us') });
    const known = await runCli(['explain', 'acme', '--policies', folder]);
    expect(known.stdout.split('\n')[0]).toBe('acme, a backup product: Some Backup by Acme');
    const replaced = await runCli(['explain', 'hubstor', '--policies', folder]);
    expect(replaced.stdout.split('\n')[0]).toBe('hubstor, a backup product: Some Backup by us');
    const unknown = await runCli(['explain', 'acme']);
    expect({ code: unknown.code, stdout: unknown.stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('spare what the product takes, and are judged by instead of a built-in one', async () => {
    const asks = policy('hubstor').concat(`  protects: [{ workload: exchange-mail, operations: [backup] }]
  access: { applicationPermissions: { Microsoft Graph: [User.ReadBasic.All, Mail.Read, Tasks.Read.All] } }
`);
    const takes = profile('hubstor', 'us').concat(`  workloads:
    - workload: exchange-mail
      operations: [backup]
      needs:
        - operations: [backup]
          reason: it keeps tasks with the mail
          access: { applicationPermissions: { Microsoft Graph: [Tasks.Read.All] } }
`);
    const exceeding = async (profiles: Readonly<Record<string, string>>): Promise<readonly string[]> => {
      const folder = write('hubstor', profiles);
      writeFileSync(join(folder, 'a.yaml'), asks);
      const { stdout } = await runCli(['check', '--offline', '--policies', folder, '--format', 'json']);
      const { findings } = JSON.parse(stdout) as { findings: readonly { rule: string; subject: string }[] };
      return findings.filter(({ rule }) => rule === 'exceeds-workload').map(({ subject }) => subject);
    };
    expect(await exceeding({})).toEqual(['Tasks.Read.All']);
    expect(await exceeding({ 'x.yaml': takes })).toEqual([]);
  });

  it('stop explain where they are wrong', async () => {
    const run = await runCli(['explain', 'hubstor', '--policies', write('hubstor', { 'x.yaml': 'a: 1\n' })]);
    expect(run.code).toBe(2);
    expect(run.stdout).toContain('the file says neither `apiVersion` nor `kind`');
  });
});

it.each(['hubstor', 'catalogic-vplus', 'ninjaone', 'azure-backup', 'veeam-microsoft-365'])(
  'explain %s fits on a screen and names its source',
  async (product) => {
    const { stdout, code } = await runCli(['explain', product]);
    expect(code).toBe(0);
    expect(stdout.split('\n').length).toBeLessThan(40);
    expect(stdout).toMatch(/\n {2}source: [\s\S]+2026-11-22/);
  },
);
