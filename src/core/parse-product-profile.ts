import type { Diagnostic } from './diagnostic.ts';
import { diagnosticsOf } from './fault.ts';
import { productSchemaIndex } from './generated/product-schema-index.js';
import { validate } from './generated/validate-product.js';
import { faultOfHead } from './head-fault.ts';
import { normaliseProduct } from './normalise-product.ts';
import type { Product } from './product.ts';
import { faultsOfProduct, type KnownApis } from './product-faults.ts';
import { faultsOfQuotes } from './quote-faults.ts';
import { readYaml } from './read-yaml.ts';
import { err, ok, type Result } from './result.ts';
import { faultsOfSchema } from './schema-faults.ts';
import { sourceText } from './source-text.ts';

/** One product profile: the product, or every mistake in it at once, in the order of the file. Never throws. */
export const parseProductProfile = (
  file: string,
  text: string,
  known: KnownApis,
): Result<Product, readonly Diagnostic[]> => {
  const source = sourceText(file, text.startsWith('\ufeff') ? text.slice(1) : text);
  const { root, faults } = readYaml(source);
  if (root === null) return err(diagnosticsOf(source, faults, null));
  const head = faultOfHead(root, 'BackupProductProfile');
  if (head !== null) return err(diagnosticsOf(source, [...faults, head], null));
  const all = [
    ...faults,
    ...faultsOfSchema(validate, productSchemaIndex, root),
    ...faultsOfQuotes(root),
    ...faultsOfProduct(root, known),
  ];
  return all.length > 0 ? err(diagnosticsOf(source, all, null)) : ok(normaliseProduct(root, known.findApi));
};
