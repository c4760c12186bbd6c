import type { DocumentedPlane, DocumentedRow, Product, ProductNeed } from '../core/product.ts';
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

/** Names shown before the rest is only counted: an explanation fits one screen. */
const shown = 4;
const needsShown = 2;

const some = (names: readonly string[]): string => {
  const left = names.length - shown;
  return `${names.slice(0, shown).join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
};

const namesOf = (rows: readonly DocumentedRow[]): readonly string[] => [...new Set(rows.map(({ value }) => value))];

const asked = (product: Product, plane: DocumentedPlane): string[] => {
  const names = namesOf(product.documented.filter((row) => row.plane === plane));
  if (names.length === 0) return [];
  return [`asks for ${planeWords[plane]}: ${some(names)}`];
};

/** Needs that differ by their operation only are told together; the reasons stand in the profile. */
const sayNeeds = (needs: readonly ProductNeed[]): readonly string[] => {
  const operations = new Map<string, string[]>();
  for (const { workload, operation, rows, confidence } of needs) {
    const unsure = confidence === 'high' ? '' : ` (${confidence} confidence)`;
    const what = `of ${workload} takes ${namesOf(rows).join(', ')}${unsure}`;
    operations.set(what, [...(operations.get(what) ?? []), operation]);
  }
  const told = [...operations].map(([what, which]) => `${which.join(' and ')} ${what}`);
  const left = told.length - needsShown;
  return [...told.slice(0, needsShown), ...(left > 0 ? [`and ${left} more such needs, in its profile`] : [])];
};

const saySources = ({ sources, source, date }: Product): string => {
  const more = sources.length - 1;
  return `source: ${source}, ${date}${more < 1 ? '' : `, and ${more} more ${more === 1 ? 'page' : 'pages'}`}`;
};

/** A product, by what its maker asks for and what it takes instead. */
export const explainProduct = (product: Product): Explanation => ({
  title: `${product.id}, a backup product: ${product.name} by ${product.vendor}`,
  lines: [
    ...(Object.keys(planeWords) as DocumentedPlane[]).flatMap((plane) => asked(product, plane)),
    ...(product.complete ? [] : ['the list is not complete: its page was not read whole']),
    ...(product.judgement === null ? [] : [product.judgement]),
    ...(product.workloads.length === 0 ? [] : [`protects: ${some(product.workloads)}`]),
    ...sayNeeds(product.needs),
    ...product.keep.map((what) => `keep: ${what}`),
    ...product.remove.map((what) => `remove: ${what}`),
    ...product.changes.map(({ date, what }) => `${date}: ${what}`),
    `what ${product.needs.length === 0 ? 'it' : 'else it'} truly needs stands with each workload: explain <workload>`,
    saySources(product),
  ],
});
