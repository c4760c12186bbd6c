import type { Answer, GraphPort } from './ports.ts';
import { readRows } from './read-rows.ts';
import { ok } from './result.ts';

/** Values of an `in` filter, quoted for OData and for the address. */
export const quoted = (texts: readonly string[]): string =>
  texts.map((text) => `'${encodeURIComponent(text).replaceAll("'", "''")}'`).join(',');

/** The rows of several lists as one: all of them, or the first failure. */
export const listRows = async <T>(
  graph: GraphPort,
  paths: readonly string[],
  parse: (row: unknown) => T,
): Promise<Answer<readonly T[]>> => {
  const pages = await Promise.all(paths.map(async (path) => readRows(await graph.list(path), `GET ${path}`, parse)));
  return pages.find((page) => !page.ok) ?? ok(pages.flatMap((page) => (page.ok ? page.value : [])));
};
