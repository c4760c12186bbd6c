import type { DocumentedPlane, Product } from '../knowledge/products.ts';
import type { Explanation } from './explanation.ts';

const planeWords: Readonly<Record<DocumentedPlane, string>> = {
  application: 'application permissions',
  delegated: 'delegated permissions',
  azure: 'Azure roles',
  directory: 'directory roles',
  exchange: 'Exchange roles',
  credentials: 'credentials',
  settings: 'tenant settings',
};

/** Names shown per plane before the rest is only counted. */
const shown = 8;

const asked = (product: Product, plane: DocumentedPlane): string[] => {
  const names = product.documented.filter((row) => row.plane === plane).map(({ value }) => value);
  if (names.length === 0) return [];
  const left = names.length - shown;
  return [`asks for ${planeWords[plane]}: ${names.slice(0, shown).join(', ')}${left > 0 ? ` and ${left} more` : ''}`];
};

export const explainProduct = (product: Product): Explanation => ({
  title: `${product.id}, a backup product: ${product.name} by ${product.vendor}`,
  lines: [
    ...(Object.keys(planeWords) as DocumentedPlane[]).flatMap((plane) => asked(product, plane)),
    ...(product.complete ? [] : ['the list is not complete: its page was not read whole']),
    ...(product.workloads.length === 0 ? [] : [`protects: ${product.workloads.join(', ')}`]),
    ...product.keep.map((what) => `keep: ${what}`),
    ...product.remove.map((what) => `remove: ${what}`),
    ...product.changes.map(({ date, what }) => `${date}: ${what}`),
    'what it truly needs stands with each workload: explain <workload>',
    `source: ${product.source}, ${product.date}`,
  ],
});
