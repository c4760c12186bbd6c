import { json, type Reply } from './api-request.ts';
import type { GitHubCall } from './github-call.ts';

const numberIn = (text: string | null, absent: number): number =>
  text !== null && /^\d{1,9}$/.test(text) && Number(text) > 0 ? Number(text) : absent;

/** One page of a list, with a `Link` header to the next and last (source: GitHub REST API, pagination). */
export const pageReply = <T>(call: GitHubCall, all: readonly T[], show: (row: T) => unknown): Reply => {
  const { request, context } = call;
  const asked = Math.min(100, numberIn(request.query.get('per_page'), 30));
  const size = Math.min(asked, context.options.pageSize ?? asked);
  const page = numberIn(request.query.get('page'), 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const linkTo = (number: number, rel: string): string => {
    const query = new URLSearchParams(request.query);
    query.set('page', String(number));
    return `<${new URL(context.url).origin}${request.path}?${query}>; rel="${rel}"`;
  };
  const before = page > 1 ? [linkTo(page - 1, 'prev')] : [];
  const after = page < last ? [linkTo(page + 1, 'next'), linkTo(last, 'last')] : [];
  const links = [...before, ...after];
  const rows = all.slice((page - 1) * size, page * size).map(show);
  return json(rows, 200, links.length === 0 ? {} : { link: links.join(', ') });
};
