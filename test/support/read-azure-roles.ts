import { armId, objectId } from '../../src/core/ids.ts';
import type { FoundIdentity, MemberOf } from '../../src/core/kind.ts';
import type { Policy, WrittenAzureRole } from '../../src/core/policy.ts';
import type { Answer, ArmPort } from '../../src/core/ports.ts';
import { err, ok } from '../../src/core/result.ts';
import { azureRoleAssignment } from '../../src/kinds/azure-role-assignment.ts';
import { group, subscription } from './facts.ts';
import { crew } from './group-facts.ts';
import { line } from './policies.ts';
import { asking, foundApp, refused, runTenant } from './read-kind.ts';

/** The program itself, which may read all of the subscription. */
const self = 'c0000000-0000-4000-8000-000000000001';
/** Template id of Reader. */
export const reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
/** An object that is no more. */
export const gone = objectId('b0000000-0000-4000-8000-00000000dead');
/** Where the policy asks for a role. */
export const scope = group('rg-app');

/** Reader, as Resource Graph joins it. */
const definition = { roleName: 'Reader', type: 'BuiltInRole', permissions: [{ actions: ['*/read'] }] };
/** A role assignment as ARM and Resource Graph give it. */
export const row = (principal: string, at: string, more: object = {}, joined: object = { definition }) => ({
  id: `${at}/providers/Microsoft.Authorization/roleAssignments/${principal}`,
  type: 'microsoft.authorization/roleassignments',
  properties: {
    principalId: principal,
    roleDefinitionId: `${subscription}/x/roleDefinitions/${reader.toUpperCase()}`,
    scope: at,
    ...more,
  },
  ...joined,
});
/** The subscription, as Resource Graph shows it. */
export const visible = {
  id: subscription,
  type: 'microsoft.resources/subscriptions',
  properties: { managementGroupAncestorsChain: [] },
};
/** Rows by which the program is known to see everything. */
export const seeing = [visible, row(self, subscription)];

/** A role as a policy writes it. */
export const written = (more: Partial<WrittenAzureRole> = {}): WrittenAzureRole => ({
  role: 'Reader',
  roleId: null,
  scope: armId(scope),
  condition: null,
  eligible: false,
  purpose: null,
  place: line(30),
  ...more,
});
/** A policy that asks for Reader. */
export const policy = asking({ azureRoles: [written()] });

interface Given {
  readonly rows: readonly unknown[];
  readonly policies?: readonly Policy[];
  readonly identities?: readonly FoundIdentity[];
  readonly list?: Answer<readonly unknown[]>;
  readonly get?: Answer<unknown>;
  readonly groups?: Answer<readonly MemberOf[]>;
}
/** Has the kind read a tenant of which Resource Graph gives these rows. */
export const reading = async ({
  rows,
  policies = [policy],
  identities = [foundApp()],
  list = ok([]),
  get = err(refused),
  groups = ok([]),
}: Given) => {
  const asked: string[] = [];
  const queries: string[] = [];
  const arm: ArmPort = {
    principal: async () => ok(self),
    query: async (text) => {
      queries.push(text);
      return ok(rows);
    },
    get: async (id) => {
      asked.push(id);
      return get;
    },
    list: async () => err(refused),
    listRoleAssignments: async (at) => {
      asked.push(`${at}/roleAssignments`);
      return list;
    },
  };
  const found = await azureRoleAssignment.read({
    identities,
    policies,
    ports: { arm } as never,
    names: {} as never,
    subscriptions: [],
    tenantId: runTenant,
    evidence: [],
    evidenceMaxAge: 'P30D',
    now: new Date('2026-11-22T00:00:00Z'),
    held: new Set(),
    groupsOf: async () => groups,
  });
  return {
    ...found,
    asked,
    queries,
    says: found.facts.map(
      (fact) =>
        fact.kind === 'azure-role-assignment' &&
        `${fact.subject} ${fact.scope.replace(subscription, '')}${fact.orphaned ? ' of one gone' : ''}`,
    ),
  };
};

/** The backup app's groups: one, that cannot hold directory roles. */
export const inCrew = ok([{ group: crew, displayName: 'Backup Crew', roleAssignable: false }]);
