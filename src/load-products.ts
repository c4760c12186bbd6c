import { type FileSet, readProductFiles } from './adapters/files.ts';
import type { Diagnostic } from './core/diagnostic.ts';
import { fileProblem } from './core/file-problem.ts';
import { parseProductProfile } from './core/parse-product-profile.ts';
import type { Product } from './core/product.ts';
import { apisOfProfiles, withOwnProducts } from './knowledge/products.ts';

/** Every product that is known here: the built-in ones, and those of people's own profiles, which win. */
export interface LoadedProducts {
  readonly products: readonly Product[];
  /** Those of people's own profiles alone. */
  readonly own: readonly Product[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Read {
  readonly path: string;
  readonly product: Product;
}

const repeated = (read: readonly Read[]): readonly Diagnostic[] =>
  read.flatMap(({ path, product }, index): readonly Diagnostic[] => {
    const first = read.findIndex((other) => other.product.id === product.id);
    if (first === index) return [];
    const message = `the product \`${product.id}\` has a profile in \`${read[first]?.path}\` already`;
    return [fileProblem(path, 'duplicate-product', message, 'keep one of the two, or change `metadata.name`')];
  });

/** Parses profiles; every mistake in every file at once. */
export const parseProducts = (found: FileSet): LoadedProducts => {
  const parsed = found.files.map(({ path, text }) => ({
    path,
    result: parseProductProfile(path, text, apisOfProfiles),
  }));
  const read = parsed.flatMap(({ path, result }) => (result.ok ? [{ path, product: result.value }] : []));
  const own = read.map(({ product }) => product);
  return {
    products: withOwnProducts(own),
    own,
    diagnostics: [
      ...found.diagnostics,
      ...parsed.flatMap(({ result }) => (result.ok ? [] : result.error)),
      ...repeated(read),
    ],
  };
};

/** Reads and parses the profiles beside the policies. */
export const loadProducts = async (policies: string): Promise<LoadedProducts> =>
  parseProducts(await readProductFiles(policies));
