import { chunk } from './chunk.ts';
import type { Answer, GraphPort } from './ports.ts';
import { ok } from './result.ts';

/** Microsoft Graph takes at most 15 clauses with `or` between them (source: advanced query capabilities). */
const clausesAtMost = 15;

const merge = (pages: readonly Answer<readonly unknown[]>[]): Answer<readonly unknown[]> =>
  pages.find((page) => !page.ok) ?? ok(pages.flatMap((page) => (page.ok ? page.value : [])));

/**
 * Every row that meets one of the clauses of a `$filter`, many clauses a request. An API that takes no `or` (400) is
 * asked clause by clause: only single ones are documented for reports and logs.
 */
export const listByClauses = async (
  graph: GraphPort,
  path: string,
  clauses: readonly string[],
): Promise<Answer<readonly unknown[]>> => {
  const ask = (some: readonly string[]) => graph.list(`${path}?$filter=${some.join(' or ')}`);
  const askSome = async (some: readonly string[]): Promise<Answer<readonly unknown[]>> => {
    const together = await ask(some);
    if (together.ok || together.error.status !== 400 || some.length === 1) return together;
    return merge(await Promise.all(some.map((clause) => ask([clause]))));
  };
  return merge(await Promise.all(chunk(clauses, clausesAtMost).map(askSome)));
};
