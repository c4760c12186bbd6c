import { armId } from '../../src/core/ids.ts';
import { azureRole, directoryRole, disk, group, subscription, vault } from '../support/facts.ts';
import { crew, eligibleAzureRole, eligibleDirectoryRole, inGroup, operator } from '../support/group-facts.ts';
import type { Cases } from './corpus-case.ts';
import { keeperTakesOver } from './labels.ts';
import { protect, type WrittenRole } from './policy-text.ts';

const restore = group('rg-restore');
const eligible = (role: string, scope = restore): WrittenRole => [role, scope, 'eligible: true'];
const person = { identities: [`{ user: ${operator} }`] };
const site = { protects: [protect('sharepoint')], graph: 'Sites.Read.All' };
const byCrew = { through: [crew], assignmentId: null };
const both = ['eligible-privileged-role', 'eligible-role-on-application'];

/** What comes through groups, and what people may activate. */
export const groupCases: Cases = {
  'group: owns the subscription': {
    policy: { ...site, roles: [] },
    also: [inGroup(), azureRole('Owner', subscription, byCrew)],
    expect: [
      'privileged-azure-role · Owner · subscription',
      'scope-too-wide · Owner · subscription',
      'self-escalation · Owner · subscription',
      'undeclared-access · Owner · subscription',
      keeperTakesOver,
    ],
  },
  'group: may do anything in the tenant': {
    policy: { ...site, directoryRoles: '' },
    also: [inGroup({ roleAssignable: true }), { ...directoryRole('Global Administrator'), ...byCrew }],
    expect: [
      'self-escalation · Global Administrator · /',
      'undeclared-access · Global Administrator · /',
      keeperTakesOver,
    ],
  },
  'group: holds nothing, and no policy speaks of groups': {
    policy: site,
    also: [inGroup()],
    tempts: ['undeclared-access'],
    expect: [],
  },
  'group: holds what is asked for': {
    policy: { roles: [['Disk Backup Reader', disk('data1')]] },
    also: [inGroup(), azureRole('Disk Backup Reader', disk('data1'), byCrew)],
    tempts: ['missing-for-workload', 'undeclared-access', 'orphaned-assignment'],
    expect: [],
  },
  'eligible: Owner for a person, as asked': {
    policy: { ...person, roles: [eligible('Owner', subscription)] },
    tempts: ['privileged-azure-role', 'self-escalation', 'scope-too-wide'],
    expect: ['eligible-privileged-role · Owner · subscription'],
  },
  'eligible: Owner for a person by a group, and nobody asks': {
    policy: { ...person, roles: [] },
    also: [eligibleAzureRole('Owner', subscription, { through: [crew] })],
    expect: ['eligible-privileged-role · Owner · subscription'],
  },
  'eligible: Global Administrator for a person': {
    policy: { ...person, directoryRoles: '{ role: Global Administrator, eligible: true }' },
    tempts: ['self-escalation', 'tier0-directory-role', 'undeclared-access'],
    expect: ['eligible-privileged-role · Global Administrator · /'],
  },
  'eligible: Exchange Administrator for a person, and nobody asks': {
    policy: { ...person, directoryRoles: '' },
    also: [eligibleDirectoryRole('Exchange Administrator')],
    tempts: ['tier0-directory-role'],
    expect: ['eligible-privileged-role · Exchange Administrator · /', 'undeclared-access · Exchange Administrator · /'],
  },
  'eligible: a role for restores, for a person': {
    policy: { ...person, roles: [eligible('Disk Restore Operator')] },
    tempts: both,
    expect: [],
  },
  'eligible: Reader and Global Reader, for a person': {
    policy: { ...person, roles: [eligible('Reader')], directoryRoles: '{ role: Global Reader, eligible: true }' },
    tempts: both,
    expect: [],
  },
  'eligible: held by a person at any time': {
    policy: { ...person, roles: [['Disk Restore Operator', restore]], directoryRoles: 'Global Reader' },
    tempts: both,
    expect: [],
  },
  'eligible: for the people in a group of the app': {
    policy: { ...site, roles: [] },
    also: [eligibleAzureRole('Owner', subscription, { identity: String(inGroup().identity), through: [crew] })],
    tempts: both,
    expect: [],
  },
  'eligible: a role for restores, for an app': {
    policy: { roles: [eligible('Disk Restore Operator')] },
    expect: ['eligible-role-on-application · Disk Restore Operator · rg-restore'],
  },
  'eligible: Global Reader, for an app': {
    policy: { directoryRoles: '{ role: Global Reader, eligible: true }' },
    expect: ['eligible-role-on-application · Global Reader · /'],
  },
  'eligible: a role for restores, for a vault': {
    policy: {
      identities: [`{ vault: ${armId(vault())}, managedIdentity: system }`],
      roles: [eligible('Disk Restore Operator')],
    },
    expect: ['eligible-role-on-application · Disk Restore Operator · rg-restore'],
  },
};
