import type { Answer } from '../core/ports.ts';
import { err, ok } from '../core/result.ts';

/** More pages than any answer here has: beyond it a service is leading us in circles. */
const pagesAtMost = 1_000;

/** Every page of a collection of ARM, from `first` on; next links are followed within `origin` only. */
export const listPages = async (
  first: string,
  origin: string,
  get: (pathAndQuery: string) => Promise<Answer<unknown>>,
): Promise<Answer<readonly unknown[]>> => {
  const request = `GET ${first.split('?')[0] ?? ''}`;
  const fail = (reason: 'malformed' | 'incomplete', detail: string) => err({ reason, status: 200, request, detail });
  const rows: unknown[] = [];
  const seen = new Set<string>();
  for (let next: string | null = first; next !== null; ) {
    if (seen.has(next)) return fail('incomplete', 'the next page is one that was read already');
    if (seen.size >= pagesAtMost) return fail('incomplete', `there are more than ${pagesAtMost} pages`);
    seen.add(next);
    const page = await get(next);
    if (!page.ok) return page;
    const fields = typeof page.value === 'object' && page.value !== null ? (page.value as Record<string, unknown>) : {};
    if (!Array.isArray(fields['value'])) return fail('malformed', 'the answer holds no list `value`');
    for (const row of fields['value']) rows.push(row);
    const link = fields['nextLink'] ?? null;
    if (link !== null && typeof link !== 'string') return fail('malformed', 'the next link of the answer is no text');
    if (link !== null && link !== '' && !link.startsWith(`${origin}/`))
      return fail('incomplete', `the next page lies at ${hostOf(link)}, which is not this API`);
    next = link === null || link === '' ? null : link.slice(origin.length);
  }
  return ok(rows);
};

const hostOf = (link: string): string => (URL.canParse(link) ? new URL(link).host : 'no address at all');
