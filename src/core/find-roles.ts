import type { ReadInput } from './kind.ts';
import type { Policy, WrittenAzureRole } from './policy.ts';
import type { ReadFailure } from './ports.ts';
import { readAs } from './read-rows.ts';
import { ok, type Result } from './result.ts';
import { renderRoleQuery } from './role-query.ts';
import { parseRoleRows, type RoleRows } from './role-rows.ts';
import { scopeContains, subscriptionOf } from './scope.ts';

/** What Resource Graph found, and at which scopes the program is known to see everything. */
export interface FoundRoles extends RoleRows {
  readonly seesAll: (scope: string) => boolean;
  /** Did it see anything of Azure at all: a role of anybody's, its own included? */
  readonly seesAny: boolean;
}

/** Principals asked for at once: keeps the query's text and its pages of 1,000 rows in bounds. */
const principalsPerQuery = 200;
const request = 'POST /providers/Microsoft.ResourceGraph/resources';

/** The Azure roles that a policy writes out. */
export const writtenRoles = ({ access, state }: Policy): readonly WrittenAzureRole[] =>
  state === 'retired' || access === 'minimal' || access === null ? [] : (access.azureRoles ?? []);

/** Subscriptions that the policies speak of, in roles, protected things and vaults, and those that the config expects. */
export const declaredSubscriptions = ({
  policies,
  subscriptions,
}: Pick<ReadInput, 'policies' | 'subscriptions'>): string[] => {
  const scopes = policies.flatMap((policy) => [
    ...writtenRoles(policy).map(({ scope }) => scope as string),
    ...policy.protects.flatMap((protects) => protects.scopes.map(({ scope }) => scope)),
    ...policy.identities.flatMap((identity) => ('vault' in identity ? [identity.vault] : [])),
    ...policy.identities.flatMap((identity) => ('managedIdentity' in identity ? [identity.managedIdentity] : [])),
  ]);
  const ids = [...scopes.map(subscriptionOf), ...subscriptions.map((id) => id.toLowerCase())];
  return [...new Set(ids.filter((id) => id !== null))].sort();
};

/** Reads the assignments of `principals` and of the program itself, with their definitions, in one query per 200. */
export const findRoles = async (
  input: ReadInput,
  principals: readonly string[],
): Promise<Result<FoundRoles, ReadFailure>> => {
  const self = await input.ports.arm.principal();
  if (!self.ok) return self;
  const roles = input.policies.flatMap(writtenRoles);
  const pages: RoleRows[] = [];
  for (let start = 0; start === 0 || start < principals.length; start += principalsPerQuery) {
    const query = renderRoleQuery({
      principals: [
        ...principals.slice(start, start + principalsPerQuery),
        ...(self.value === null ? [] : [self.value]),
      ],
      roleNames: start > 0 ? [] : roles.flatMap(({ role }) => role ?? []),
      roleIds: start > 0 ? [] : roles.flatMap(({ roleId }) => roleId ?? []),
      subscriptions: start > 0 ? [] : declaredSubscriptions(input),
    });
    const rows = readAs(await input.ports.arm.query(query), request, parseRoleRows);
    if (!rows.ok) return rows;
    pages.push(rows.value);
  }
  const rows: RoleRows = {
    assignments: [
      ...new Map(pages.flatMap(({ assignments }) => assignments).map((row) => [row.id.toLowerCase(), row])).values(),
    ],
    definitions: pages.flatMap(({ definitions }) => definitions),
    subscriptions: new Map(pages.flatMap(({ subscriptions }) => [...subscriptions])),
  };
  const seesAny = rows.assignments.length > 0 || rows.subscriptions.size > 0;
  return ok({ ...rows, seesAll: seenScopes(rows, self.value), seesAny });
};

/**
 * Resource Graph leaves out what the program may not read, without a word. It sees everything at a scope where it holds,
 * itself and without condition, a role that may read role assignments; what it holds through a group doesn't show.
 */
const seenScopes = (rows: RoleRows, self: string | null): ((scope: string) => boolean) => {
  const readers = new Set<string>(
    rows.definitions
      .filter(({ permissions }) =>
        permissions.some((block) => block.actions.some(mayRead) && block.notActions.every(takesNoRead)),
      )
      .map(({ id }) => id),
  );
  const own = rows.assignments.filter(
    (row) => row.principal === self && row.condition === null && readers.has(row.role),
  );
  return (scope) => own.some((row) => scopeContains(row.scope, scope, rows.subscriptions));
};

/** The patterns that cover reading role assignments in the roles that auditors hold; a rarer one only costs a request. */
const mayRead = (pattern: string): boolean =>
  [
    '*',
    '*/read',
    'microsoft.authorization/*',
    'microsoft.authorization/*/read',
    'microsoft.authorization/roleassignments/read',
  ].includes(pattern.toLowerCase());

/** Only what ends in another plain word than `read` surely leaves reading alone. */
const takesNoRead = (pattern: string): boolean => /\/(?!read$)[a-z]+$/i.test(pattern);
