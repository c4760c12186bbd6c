import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proposedName } from '../../src/app/proposed-name.ts';
import type { Stranger } from '../../src/app/stranger.ts';
import { appId, identityId, objectId } from '../../src/core/ids.ts';
import { parsePolicy } from '../../src/core/parse-policy.ts';
import type { Proposal, ProposedAccess } from '../../src/core/proposal.ts';
import { renderProposal } from '../../src/report/render-proposal.ts';
import { hostileText } from '../support/hostile.ts';

const id = '1a2b3c4d-0000-4000-8000-000000000001';
const object = '2b3c4d5e-0000-4000-8000-000000000001';
const vm = '/subscriptions/5a000000-0000-4000-8000-000000000001/resourceGroups/rg-app';
const nothing: ProposedAccess = {
  applicationPermissions: [],
  delegatedPermissions: [],
  azureRoles: [],
  directoryRoles: [],
  unnamed: [],
};
const proposal = (more: Partial<Proposal> = {}): Proposal => ({
  name: 'nightly-backup-1a2b3c4d',
  displayName: 'Nightly Backup',
  why: 'It speaks of backup in its name and has the access.',
  tenant: null,
  date: '2026-11-22',
  product: null,
  identity: { appId: id, objectId: object },
  access: nothing,
  workloads: [],
  ...more,
});

const parse = (text: string) => parsePolicy('policies/x.yaml', text, { asOf: new Date('2026-11-22T00:00:00Z') });
const parsed = (one: Proposal) => {
  const result = parse(renderProposal(one));
  if (!result.ok) throw new Error(result.error.map(({ message }) => message).join('; '));
  return result.value;
};

describe('a proposed policy', () => {
  it('says what is held, and leaves the rest to people', () => {
    const text = renderProposal(
      proposal({
        product: { id: 'hubstor', name: 'HubStor Backup' },
        workloads: [
          { workload: 'azure-vm-disk', operations: ['backup'], needsScopes: true },
          { workload: 'sharepoint', operations: ['backup'], needsScopes: false },
        ],
        access: {
          ...nothing,
          applicationPermissions: [{ api: 'Microsoft Graph', permissions: ['Mail.Read', 'Sites.Read.All'] }],
          azureRoles: [
            { role: 'Disk Backup Reader', roleId: 'x', scope: vm, condition: null, eligible: false },
            { role: null, roleId: id, scope: vm, condition: null, eligible: true },
          ],
          directoryRoles: null,
          unnamed: ['9f000000-0000-4000-8000-000000000001 on Microsoft Graph'],
        },
      }),
    );
    expect(
      text,
    ).toBe(`# yaml-language-server: $schema=https://raw.githubusercontent.com/backup-access-guard/backup-access-guard/main/schemas/backup-access-policy.v1.schema.json
# Proposed on 2026-11-22 by \`backup-access-guard init\`: what Nightly Backup holds, approved by nobody yet.
# It speaks of backup in its name and has the access.
#
# How to go on:
#   1. say who answers for it (owner) and what it protects
#   2. backup-access-guard check                what is wrong with its access, line by line
#   3. backup-access-guard fix                  mends what a rule knows how to mend
#      backup-access-guard explain hubstor      what a permission, role or product is
#   4. enforcement: authoritative               once the lines below are what it should hold
apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata:
  name: "nightly-backup-1a2b3c4d"
  owner: FILL-IN@example.com
spec:
  product: hubstor
  enforcement: report
  identities:
    - { appId: "${id}", objectId: "${object}" }
  # What it protects, which only people know: rules judge the access below by it.
  protects: []
  # Perhaps:
  # protects:
  #   - { workload: azure-vm-disk, operations: [backup], scopes: [/subscriptions/…] }
  #   - { workload: sharepoint, operations: [backup] }
  # Exactly what it holds today. A key that is here manages its whole plane; [] or {}: none at all.
  access:
    applicationPermissions:
      Microsoft Graph:
        - Mail.Read
        - Sites.Read.All
    delegatedPermissions: {}
    azureRoles:
      - { role: Disk Backup Reader, scope: "${vm}" }
      - { roleId: "${id}", scope: "${vm}", eligible: true }
    # directoryRoles: could not be read, so this policy doesn't manage it
    # It holds 9f000000-0000-4000-8000-000000000001 on Microsoft Graph as well, which no policy can name: take it away.
`);
  });

  it('is valid, and asks for what it says', () => {
    const policy = parsed(proposal({ tenant: 'contoso', access: { ...nothing, directoryRoles: null } }));
    expect(policy).toMatchObject({
      name: 'nightly-backup-1a2b3c4d',
      owner: 'FILL-IN@example.com',
      enforcement: 'report',
      tenant: { value: 'contoso' },
      protects: [],
      access: { applicationPermissions: [], azureRoles: [], directoryRoles: null },
    });
  });

  it('is valid whoever it is of', () => {
    const vault = `${vm}/providers/Microsoft.RecoveryServices/vaults/rsv`;
    const user = `${vm}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id`;
    for (const identity of [
      { appId: id },
      { vault, managedIdentity: 'system' },
      { vault, managedIdentity: user },
      { managedIdentity: user },
    ] as readonly Proposal['identity'][])
      expect(parsed(proposal({ identity })).identities).toHaveLength(1);
  });

  it('keeps what a tenant calls things from being anything else', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const rendered = renderProposal(
          proposal({
            displayName: text,
            why: `It goes by ${text}.`,
            access: {
              ...nothing,
              azureRoles: [
                {
                  role: 'Reader',
                  roleId: 'x',
                  scope: vm,
                  condition: `@Resource[x] StringEquals '${text}'`,
                  eligible: false,
                },
              ],
              unnamed: [text],
            },
          }),
        );
        const result = parse(rendered);
        // A text that no policy may hold stops the run with an error; it never becomes another line.
        if (result.ok) expect(result.value.identities).toHaveLength(1);
        expect(rendered.split('\n').filter((row) => /^(metadata|spec|kind):?/.test(row))).toHaveLength(3);
      }),
    );
  });
});

describe('its name', () => {
  const nameOf = (displayName: string | null, more: Partial<Stranger> = {}) =>
    proposedName({
      identity: identityId(id),
      as: { type: 'app' },
      objectId: objectId(object),
      appId: appId(id),
      displayName,
      permissions: [],
      roles: [],
      ...more,
    });

  it.each([
    ['Veeam Backup for Microsoft 365', 'veeam-backup-for-microsoft-365-1a2b3c4d'],
    ['HubStor', 'hubstor-1a2b3c4d'],
    ['Sauvegarde générale', 'sauvegarde-generale-1a2b3c4d'],
    [null, 'backup-1a2b3c4d'],
    ['', 'backup-1a2b3c4d'],
    ['バックアップ', 'backup-1a2b3c4d'],
    ['../../../etc/passwd', 'etc-passwd-1a2b3c4d'],
    ['..\\..\\windows', 'windows-1a2b3c4d'],
    ['/', 'backup-1a2b3c4d'],
    ['.hidden', 'hidden-1a2b3c4d'],
    ['CON', 'con-1a2b3c4d'],
    ['a\u0000b\nc', 'a-b-c-1a2b3c4d'],
    ['x'.repeat(10_000), `${'x'.repeat(40)}-1a2b3c4d`],
  ])('of `%s` is %s', (displayName, name) => {
    expect(nameOf(displayName)).toBe(name);
  });

  it('is by the object where that is what a policy names', () => {
    const vault = `${vm}/providers/Microsoft.RecoveryServices/vaults/rsv`;
    expect(nameOf('rsv', { as: { type: 'vault-system', vault } })).toBe('rsv-2b3c4d5e');
  });

  it('takes of an id only what is safe', () => {
    expect(nameOf('x', { appId: appId('../../a/b') })).toBe('x-ab');
    fc.assert(fc.property(hostileText, (text) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(nameOf(text))));
  });
});
