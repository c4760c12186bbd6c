import type { Answer, GraphPort, GraphPorts } from '../core/ports.ts';
import { err, ok } from '../core/result.ts';
import type { Cloud } from './cloud.ts';
import { createBatcher, type GraphVersion } from './graph-batch.ts';
import { createGraphClient } from './graph-client.ts';
import type { Http } from './http.ts';
import type { Tokens } from './tokens.ts';

/** More pages than any collection of one identity has: beyond it a service is leading us in circles. */
const pagesAtMost = 10_000;

/** Reads Microsoft Graph through its SDK, in batches, every page of every collection. */
export const createGraph = (cloud: Cloud, http: Http, tokens: Tokens): GraphPorts => {
  const client = createGraphClient(cloud, http, tokens);
  const port = (version: GraphVersion) =>
    createPort(createBatcher(client, version, http.budget), `${cloud.graph}/${version}`);
  return {
    ...port('v1.0'),
    beta: port('beta'),
    held: async () => {
      const claims = await tokens.claims(cloud.graphScope);
      return new Set(claims.ok ? claims.value.roles : []);
    },
  };
};

const createPort = (get: GraphPort['get'], base: string): GraphPort => {
  const list = async (path: string): Promise<Answer<readonly unknown[]>> => {
    const request = `GET ${path}`;
    const incomplete = (detail: string) => err({ reason: 'incomplete' as const, status: 200, request, detail });
    const rows: unknown[] = [];
    const seen = new Set([path]);
    for (let next: string | null = path; next !== null; ) {
      const page = await get(next);
      if (!page.ok) return page;
      const { value, link } = parsePage(page.value);
      if (value === null)
        return err({ reason: 'malformed', status: 200, request, detail: 'the answer holds no list `value`' });
      for (const row of value) rows.push(row);
      if (link === null) break;
      if (typeof link !== 'string')
        return err({ reason: 'malformed', status: 200, request, detail: 'the next link of the answer is no text' });
      if (!link.startsWith(`${base}/`))
        return incomplete(`the next page lies at ${hostOf(link)}, which is not this API`);
      next = link.slice(base.length);
      if (seen.has(next)) return incomplete('the next page is one that was read already');
      if (seen.size >= pagesAtMost) return incomplete(`there are more than ${pagesAtMost} pages`);
      seen.add(next);
    }
    return ok(rows);
  };

  return { get, list };
};

const parsePage = (page: unknown): { value: readonly unknown[] | null; link: unknown } => {
  const fields = typeof page === 'object' && page !== null ? (page as Record<string, unknown>) : {};
  return {
    value: Array.isArray(fields['value']) ? fields['value'] : null,
    link: fields['@odata.nextLink'] ?? null,
  };
};

const hostOf = (link: string): string => (URL.canParse(link) ? new URL(link).host : 'no address at all');
