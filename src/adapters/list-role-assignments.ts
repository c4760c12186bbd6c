import type {
  AuthorizationManagementClient,
  RoleAssignmentsListForScopeOptionalParams,
} from '@azure/arm-authorization';
import type { Answer } from '../core/ports.ts';
import { err, ok } from '../core/result.ts';
import { parseJson } from './parse-json.ts';
import { failureOf } from './read-failure.ts';

/** More pages than any subscription has: beyond it a service is leading us in circles. */
const pagesAtMost = 1_000;

/**
 * Role assignments seen from a scope, as ARM spells them. The SDK does the paging, but takes an answer without `value`
 * for an empty one: so each page is looked at as it came. A scope goes without its leading slash, else the SDK asks for
 * `//subscriptions/…` (measured with 9.0.0).
 */
export const listRoleAssignments = async (
  client: AuthorizationManagementClient,
  scope: string,
  principal: string | null,
): Promise<Answer<readonly unknown[]>> => {
  const request = `GET ${scope}/providers/Microsoft.Authorization/roleAssignments`;
  const fail = (reason: 'malformed' | 'incomplete', detail: string) => err({ reason, status: 200, request, detail });
  let page: unknown;
  const options: RoleAssignmentsListForScopeOptionalParams = {
    ...(principal === null ? {} : { filter: `principalId eq '${principal}'` }),
    onResponse: ({ bodyAsText }) => {
      page = parseJson(bodyAsText);
    },
  };
  const pages = client.roleAssignments.listForScope(scope.replace(/^\//, ''), options).byPage();
  const rows: unknown[] = [];
  const seen = new Set<unknown>();
  try {
    for await (const _ of pages) {
      const { value, nextLink } = (typeof page === 'object' && page !== null ? page : {}) as Record<string, unknown>;
      if (!Array.isArray(value)) return fail('malformed', 'the answer holds no list `value`');
      for (const row of value) rows.push(row);
      if (nextLink === undefined || nextLink === null) continue;
      if (seen.has(nextLink)) return fail('incomplete', 'the next page is one that was read already');
      if (seen.size >= pagesAtMost) return fail('incomplete', `there are more than ${pagesAtMost} pages`);
      seen.add(nextLink);
    }
    return ok(rows);
  } catch (error) {
    return err(failureOf(error, request));
  }
};
