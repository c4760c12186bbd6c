import { app, appId, company, group, objectId, policy } from './company.ts';
import type { Stories } from './story.ts';

const identity = `  identities: [{ appId: ${appId('backup')}, objectId: ${objectId('backup')} }]`;
const reader = (name: string): string => `{ role: Reader, scope: ${group(name)} }`;
const contributor = `{ role: Contributor, scope: ${group('rg-app')} }`;
const tolerate = (expires: string, subject = 'Contributor'): string =>
  `[{ rule: privileged-azure-role, subject: ${subject}, reason: until it moves, approvedBy: octocat, expires: ${expires} }]`;

/** How policies stand beside each other, and what they accept or cure. */
export const policyStories: Stories = {
  'two policies share an identity: what one asks for is not undeclared to the other': {
    tenant: company([
      app('backup', {
        roles: [
          ['Reader', group('rg-a')],
          ['Reader', group('rg-b')],
          ['Reader', group('rg-c')],
        ],
      }),
    ]),
    policies: {
      'a.yaml': policy('a', `${identity}\n  access: { azureRoles: [${reader('rg-a')}] }`),
      'b.yaml': policy('b', `${identity}\n  access: { azureRoles: [${reader('rg-b')}] }`),
    },
    exit: 1,
    says: ['medium undeclared-access: Reader on rg-c (tenant)'],
    drift: ['undeclared azure-role-assignment: Reader on rg-c', 'undeclared azure-role-assignment: Reader on rg-c'],
  },
  'what a policy asks for adds something where the broader thing is what nobody asked for': {
    tenant: company([
      app('backup', {
        permissions: ['Sites.Read.All', 'Sites.ReadWrite.All'],
        roles: [
          ['Reader', group('rg-app')],
          ['Contributor', group('rg-app')],
        ],
      }),
    ]),
    policies: {
      'a.yaml': policy(
        'a',
        `${identity}\n  access: { applicationPermissions: { Microsoft Graph: [Sites.Read.All] }, azureRoles: [${reader('rg-app')}] }`,
      ),
    },
    exit: 1,
    says: [
      'high undeclared-access: Sites.ReadWrite.All on Graph (tenant)',
      'high privileged-azure-role: Contributor on rg-app (tenant)',
      'high undeclared-access: Contributor on rg-app (tenant)',
    ],
    drift: [
      'undeclared app-role-assignment: Sites.ReadWrite.All on Graph',
      'undeclared azure-role-assignment: Contributor on rg-app',
    ],
  },
  'an exception counts in the policy that asks for the thing, whatever the files are called': {
    tenant: company([app('backup', { permissions: ['Mail.Read'], roles: [['Contributor', group('rg-app')]] })]),
    policies: {
      'a.yaml': policy('a', `${identity}\n  access: { applicationPermissions: { Microsoft Graph: [Mail.Read] } }`),
      'z.yaml': policy(
        'z',
        `${identity}\n  access: { azureRoles: [${contributor}] }\n  exceptions: ${tolerate('2027-02-28')}`,
      ),
    },
    exit: 0,
    says: ['high privileged-azure-role: Contributor on rg-app (both, accepted)'],
  },
  'an exception past its day accepts nothing, one that fits nothing is said': {
    tenant: company([app('backup', { roles: [['Contributor', group('rg-app')]] })]),
    policies: {
      'a.yaml': policy(
        'a',
        `${identity}\n  access: { azureRoles: [${contributor}] }\n  exceptions: ${tolerate('2026-11-21')}`,
      ),
      'b.yaml': policy(
        'b',
        `  identities: [{ appId: ${appId('backup')} }]\n  exceptions: ${tolerate('2027-02-28', 'Owner')}`,
      ),
    },
    exit: 1,
    says: [
      'high privileged-azure-role: Contributor on rg-app (both)',
      'medium expired-exception: privileged-azure-role (both)',
      'low unused-exception: privileged-azure-role (both)',
    ],
  },
  'authoritative: what the plan removes is cured and fails nothing': {
    tenant: company([app('backup', { permissions: ['RoleManagement.ReadWrite.Directory'] })]),
    policies: {
      'a.yaml': policy('a', `${identity}\n  enforcement: authoritative\n  access: { applicationPermissions: {} }`),
    },
    exit: 0,
    says: [
      'critical self-escalation: RoleManagement.ReadWrite.Directory on Graph (tenant, cured)',
      'critical undeclared-access: RoleManagement.ReadWrite.Directory on Graph (tenant, cured)',
    ],
    drift: ['undeclared app-role-assignment: RoleManagement.ReadWrite.Directory on Graph'],
  },
  'additive: what is too much stays, and what the plan would grant is judged': {
    tenant: company([app('backup', { roles: [['Reader', group('rg-app')]] })]),
    policies: {
      'a.yaml': policy(
        'a',
        `${identity}\n  enforcement: additive\n  access: { azureRoles: [{ role: Owner, scope: ${group('rg-new')} }] }`,
      ),
    },
    exit: 1,
    says: [
      'critical privileged-azure-role: Owner on rg-new (policy)',
      'critical self-escalation: Owner on rg-new (policy)',
      'medium undeclared-access: Reader on rg-app (tenant)',
    ],
    drift: ['undeclared azure-role-assignment: Reader on rg-app', 'missing azure-role-assignment: Owner on rg-new'],
  },
  'retired: all that is still held is too much': {
    tenant: company([app('backup', { permissions: ['Mail.Read'] })]),
    policies: { 'a.yaml': policy('a', `${identity}\n  state: retired`) },
    exit: 1,
    says: ['high undeclared-access: Mail.Read on Graph (tenant)'],
    drift: ['undeclared app-role-assignment: Mail.Read on Graph'],
  },
  'retired, and its app is gone: nothing is left to say': {
    tenant: company([]),
    policies: { 'a.yaml': policy('a', `${identity}\n  state: retired`) },
    exit: 0,
  },
};
