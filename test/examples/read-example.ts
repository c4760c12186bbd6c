import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** A thing of an example tenant: what Microsoft's API would return. */
export type Row = Readonly<Record<string, unknown>>;

/** The parts of a tenant file that these tests look at. */
export interface Example {
  readonly tenantId: string;
  readonly asOf: string;
  readonly callers: readonly Row[];
  readonly graph: Readonly<Record<string, unknown>>;
  readonly arm: Readonly<Record<string, unknown>>;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** Path of a file of this repository. */
export const repositoryPath = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** An example tenant, read without aliases, as users' files are. */
export const readExample = (path: string): Example =>
  parse(readFileSync(repositoryPath(path), 'utf8'), { maxAliasCount: 0 }) as Example;

/** A list of a part of the tenant: `rows(example.graph, 'users')`. */
export const rows = (part: Readonly<Record<string, unknown>>, list: string): readonly Row[] => {
  const found = part[list];
  if (!Array.isArray(found)) throw new Error(`the example has no list \`${list}\``);
  return found as readonly Row[];
};

export const text = (row: Row | undefined, key: string): string => {
  const value = row?.[key];
  if (typeof value !== 'string') throw new Error(`\`${key}\` is no text in ${JSON.stringify(row)}`);
  return value;
};

export const named = (all: readonly Row[], displayName: string): Row => {
  const [found, ...others] = all.filter((row) => row['displayName'] === displayName);
  if (found === undefined || others.length > 0)
    throw new Error(`\`${displayName}\` is there ${others.length + 1} times or not at all`);
  return found;
};
