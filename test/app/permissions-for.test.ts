import { describe, expect, it } from 'vitest';
import { permissionsFor } from '../../src/app/permissions-for.ts';
import { armId, identityId } from '../../src/core/ids.ts';
import type { Kind, Need } from '../../src/core/kind.ts';
import type { PermissionList } from '../../src/core/permission-list.ts';
import type { Policy } from '../../src/core/policy.ts';
import { renderPermissions } from '../../src/report/render-permissions.ts';
import { appIdentity, line, policy as resolved } from '../support/policies.ts';

const subscription = '/subscriptions/11111111-1111-4111-8111-111111111111';
const vault = `${subscription}/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv`;

const policy = (name: string, more: Partial<Policy> = {}): Policy =>
  resolved({ name, identities: [appIdentity()], enforcement: 'authoritative', ...more }).policy;
const vaultPolicy = policy('vaults', {
  identities: [{ type: 'vault-system', id: identityId(vault), vault: armId(vault), place: line(1) }],
});

const kind = (id: Kind['id'], asks: readonly Need[], more: Partial<Kind> = {}): Kind =>
  ({ id, asks: () => asks, ...more }) as unknown as Kind;
const graph = (permission: string, ...or: string[]): Need => ({ api: 'graph', permission, or });
const reader = (scope: string): Need => ({ api: 'azure', scope });

const told = ({ required }: PermissionList): string[] =>
  required.map(({ name, scope, kinds }) => `${name}${scope === null ? '' : ` at ${scope}`}: ${kinds.join(' ')}`);

interface Case {
  readonly name: string;
  readonly kinds: readonly Kind[];
  readonly policies?: readonly Policy[];
  readonly subscriptions?: readonly string[];
  readonly purpose?: PermissionList['purpose'];
  readonly says: readonly string[];
}

const alone = { standsAlone: true } as const;
const cases: readonly Case[] = [
  { name: 'nothing, where nothing is asked', kinds: [kind('credential', [])], says: [] },
  {
    name: 'finding the identity, where a kind is read by it',
    kinds: [kind('delegated-grant', [graph('X')])],
    says: ['Application.Read.All: delegated-grant', 'X: delegated-grant'],
  },
  {
    name: 'no finding, where the kind stands alone',
    kinds: [kind('tenant-setting', [graph('X')], alone)],
    says: ['X: tenant-setting'],
  },
  {
    name: 'one wider permission that is needed anyway, for both',
    kinds: [
      kind('delegated-grant', [graph('Directory.Read.All')]),
      kind('credential', [graph('Y', 'Directory.Read.All')]),
    ],
    says: ['Directory.Read.All: credential delegated-grant'],
  },
  {
    name: 'no wider permission for its own sake',
    kinds: [kind('tenant-setting', [graph('Y', 'Directory.Read.All')], alone)],
    says: ['Y: tenant-setting'],
  },
  {
    name: 'both, where each does something that the other can not',
    kinds: [
      kind('delegated-grant', [graph('Directory.Read.All')], alone),
      kind('federated-credential', [graph('Application.Read.All')], alone),
      kind('credential', [graph('Application.Read.All', 'Directory.Read.All')], alone),
    ],
    says: ['Application.Read.All: federated-credential', 'Directory.Read.All: delegated-grant'],
  },
  {
    name: 'one Reader above for what lies below',
    kinds: [kind('azure-role-assignment', [reader(subscription), reader(vault)], alone)],
    says: [`Reader at ${subscription}: azure-role-assignment`],
  },
  {
    name: 'a Reader anywhere only where there is no other',
    kinds: [kind('azure-role-assignment', [reader('/')], alone), kind('vault-identity', [reader(vault)], alone)],
    says: [`Reader at ${vault.toLowerCase()}: azure-role-assignment vault-identity`],
  },
  {
    name: 'a Reader anywhere, else',
    kinds: [kind('azure-role-assignment', [reader('/')], alone)],
    says: ['Reader at /: azure-role-assignment'],
  },
  {
    name: 'nothing, where less is seen without it and nothing is a gap',
    kinds: [kind('azure-role-assignment', [{ ...reader('/'), soft: true } as Need], alone)],
    says: [],
  },
  {
    name: 'a Reader on the vault whose identity is to be found',
    kinds: [kind('credential', [graph('Application.Read.All')])],
    policies: [vaultPolicy],
    says: ['Application.Read.All: credential', `Reader at ${vault.toLowerCase()}: credential`],
  },
  {
    name: 'a Reader on the subscriptions that the configuration expects',
    kinds: [],
    subscriptions: ['11111111-1111-4111-8111-111111111111'],
    says: [`Reader at ${subscription}: azure-role-assignment`],
  },
  {
    name: 'evidence, by command',
    kinds: [kind('acs-app-principal', [{ api: 'evidence', command: 'Get-X' }], alone)],
    says: ['Get-X: acs-app-principal'],
  },
  {
    name: 'nothing to apply, where policies only report',
    kinds: [kind('app-role-assignment', [graph('R')], { writes: () => [graph('W')] })],
    policies: [policy('one', { enforcement: 'report' })],
    purpose: 'apply',
    says: [],
  },
  {
    name: 'to apply, what is written and what is read before',
    kinds: [kind('app-role-assignment', [graph('R')], { ...alone, writes: () => [graph('W')] })],
    purpose: 'apply',
    says: ['R: app-role-assignment', 'W: app-role-assignment'],
  },
  {
    name: 'to apply, nothing for a policy that only reports beside one that does not',
    kinds: [kind('app-role-assignment', [graph('R')], { ...alone, writes: ({ name }) => [graph(`W-${name}`)] })],
    policies: [policy('one', { enforcement: 'report' }), policy('two')],
    purpose: 'apply',
    says: ['R: app-role-assignment', 'W-two: app-role-assignment'],
  },
];

describe('the least that is needed', () => {
  it.each(cases)('is $name', ({ kinds, policies = [policy('one')], subscriptions = [], purpose = 'check', says }) => {
    expect(told(permissionsFor(policies, subscriptions, kinds, purpose))).toEqual(says);
  });

  it('has what is useful apart, with what it is useful for', () => {
    const kinds = [
      kind('sign-in-activity', [], { optional: 'AuditLog.Read.All' }),
      kind('directory-audit', [], { optional: 'AuditLog.Read.All' }),
      kind('tenant-setting', [graph('Policy.Read.All')], { ...alone, optional: 'Policy.Read.All' }),
    ];
    expect(permissionsFor([policy('one')], [], kinds, 'check').useful).toEqual([
      { name: 'AuditLog.Read.All', kinds: ['directory-audit', 'sign-in-activity'] },
    ]);
    expect(permissionsFor([policy('one')], [], kinds, 'apply').useful).toEqual([]);
  });
});

describe('as commands', () => {
  const about = { policies: 1, width: 80, client: null, cloud: 'public' };
  const list = (required: Partial<PermissionList['required'][number]>): PermissionList => ({
    purpose: 'check',
    required: [
      { api: 'azure', name: 'Reader', scope: '/x', kinds: [], policies: [], or: [], roleId: null, ...required },
    ],
    useful: [],
  });
  const az = (required: Partial<PermissionList['required'][number]>): string =>
    renderPermissions(list(required), 'az', about).split('\n').slice(7).join('\n');

  it('a role is given at its scope, quoted', () => {
    expect(az({ scope: "/subscriptions/it's" })).toBe(
      `az role assignment create --assignee-object-id "$SP_ID" --assignee-principal-type ServicePrincipal \\\n  --role 'Reader' --scope '/subscriptions/it'\\''s'\n`,
    );
  });

  it('a permission is given by id', () => {
    expect(az({ api: 'graph', name: 'X', scope: null, roleId: 'r1' })).toContain('\\"appRoleId\\": \\"r1\\"');
  });

  it('what no command can give is a comment', () => {
    expect(az({ scope: '/' })).toBe(
      '# Reader on a subscription or management group of your choice: policies name none\n',
    );
    expect(az({ api: 'evidence', name: 'Get-X', scope: null })).toBe(
      '# evidence/Get-X.json: an administrator runs Get-X, see docs/evidence.md\n',
    );
  });
});
