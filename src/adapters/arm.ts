import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import type { Answer, ArmPort } from '../core/ports.ts';
import { err, ok } from '../core/result.ts';
import type { Cloud } from './cloud.ts';
import type { Http } from './http.ts';
import { listPages } from './list-pages.ts';
import { listRoleAssignments } from './list-role-assignments.ts';
import { parseJson } from './parse-json.ts';
import { describeBody, failureOf, reasonOf } from './read-failure.ts';
import { SignInFailed } from './sign-in-failed.ts';
import type { Tokens } from './tokens.ts';

const resourceGraphVersion = '2022-10-01';
const rowsPerPage = 1000;
/** More pages than any answer here has: beyond it a service is leading us in circles. */
const pagesAtMost = 1_000;

/** Reads ARM through Microsoft's client, with our guard, retry and trust in its pipeline. */
export const createArm = (cloud: Cloud, http: Http, tokens: Tokens): ArmPort => {
  const credential = {
    getToken: async (scopes: string | string[]) => {
      const answer = await tokens.get(cloud.resourceManagerScope);
      if (!answer.ok) throw new SignInFailed(answer.error);
      return tokens.credential.getToken(scopes);
    },
  };
  const client = new AuthorizationManagementClient(credential, '00000000-0000-0000-0000-000000000000', {
    endpoint: cloud.resourceManager,
    credentialScopes: [cloud.resourceManagerScope],
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
    additionalPolicies: http
      .policies('resourceManager', cloud.resourceManager)
      .map((policy) => ({ policy, position: 'perCall' as const })),
    ...(cloud.ca === null ? {} : { tlsOptions: { ca: cloud.ca } }),
  });

  const send = async (method: 'GET' | 'POST', pathAndQuery: string, body: unknown): Promise<Answer<unknown>> => {
    const request = `${method} ${pathAndQuery.split('?')[0] ?? ''}`;
    try {
      const response = await client.sendRequest(
        createPipelineRequest({
          url: `${cloud.resourceManager}${pathAndQuery}`,
          method,
          ...(body === null
            ? {}
            : { body: JSON.stringify(body), headers: createHttpHeaders({ 'content-type': 'application/json' }) }),
        }),
      );
      const parsed = parseJson(response.bodyAsText);
      if (response.status !== 200)
        return err({
          reason: reasonOf(response.status),
          status: response.status,
          request,
          detail: describeBody(response.status, parsed),
        });
      if (parsed === undefined)
        return err({ reason: 'malformed', status: 200, request, detail: 'the answer is not JSON' });
      return ok(parsed);
    } catch (error) {
      return err(failureOf(error, request));
    }
  };

  const query = async (text: string): Promise<Answer<readonly unknown[]>> => {
    const request = 'POST /providers/Microsoft.ResourceGraph/resources';
    const rows: unknown[] = [];
    const seen = new Set<string>();
    for (let skipToken: string | null = null; ; ) {
      const options = {
        $top: rowsPerPage,
        resultFormat: 'objectArray',
        authorizationScopeFilter: 'AtScopeAboveAndBelow',
        ...(skipToken === null ? {} : { $skipToken: skipToken }),
      };
      const page = await send(
        'POST',
        `/providers/Microsoft.ResourceGraph/resources?api-version=${resourceGraphVersion}`,
        { query: text, options },
      );
      if (!page.ok) return page;
      const fields =
        typeof page.value === 'object' && page.value !== null ? (page.value as Record<string, unknown>) : {};
      if (!Array.isArray(fields['data']))
        return err({ reason: 'malformed', status: 200, request, detail: 'the answer holds no list `data`' });
      for (const row of fields['data']) rows.push(row);
      const next = fields['$skipToken'] ?? '';
      if (typeof next !== 'string')
        return err({ reason: 'malformed', status: 200, request, detail: '`$skipToken` of the answer is no text' });
      if (next === '') {
        if (String(fields['resultTruncated']) === 'true')
          return err({
            reason: 'incomplete',
            status: 200,
            request,
            detail: 'Resource Graph cut the result and gave no way on',
          });
        return ok(rows);
      }
      if (seen.has(next))
        return err({
          reason: 'incomplete',
          status: 200,
          request,
          detail: 'the next page is one that was read already',
        });
      if (seen.size >= pagesAtMost)
        return err({ reason: 'incomplete', status: 200, request, detail: `there are more than ${pagesAtMost} pages` });
      seen.add(next);
      skipToken = next;
    }
  };

  const list: ArmPort['list'] = (path, apiVersion, filter) => {
    const asked = filter === undefined ? '' : `&$filter=${encodeURIComponent(filter)}`;
    return listPages(`${path}?api-version=${apiVersion}${asked}`, cloud.resourceManager, (next) =>
      send('GET', next, null),
    );
  };

  return {
    principal: async () => {
      const claims = await tokens.claims(cloud.resourceManagerScope);
      return claims.ok ? ok(claims.value.principal) : claims;
    },
    get: (id, apiVersion) => send('GET', `${id}?api-version=${apiVersion}`, null),
    list,
    listRoleAssignments: (scope, principal) => {
      if (scope !== '/') return listRoleAssignments(client, scope, principal);
      // The SDK would ask for `//providers/…`: its path has a slash before the scope, and the root has none.
      const filter = principal === null ? undefined : `principalId eq '${principal}'`;
      return list('/providers/Microsoft.Authorization/roleAssignments', '2022-04-01', filter);
    },
    query,
  };
};
