import type { AppId } from './ids.ts';
import type { Operation } from './policy.ts';
import type { DocumentedPlane, DocumentedRow, Product, ProductNeed, ProductSource, ProductTrust } from './product.ts';
import { at, entriesOf, itemsOf, textOf, type YamlNode } from './yaml-tree.ts';

/** Finds an API by name or app id; `null` where it is not known. */
export type FindApi = (nameOrAppId: string) => AppId | null;

const required = (node: YamlNode | null): string => textOf(node) ?? '';
const texts = (node: YamlNode | null): readonly string[] => itemsOf(node).map(required);
const trustOf = (node: YamlNode | null): ProductTrust => (textOf(node) ?? 'high') as ProductTrust;
const operationsOf = (node: YamlNode | null): readonly Operation[] => texts(node) as readonly Operation[];

/** Keys of the planes whose rows are listed without an API. */
const listed: readonly (readonly [key: string, plane: DocumentedPlane])[] = [
  ['azureRoles', 'azure'],
  ['directoryRoles', 'directory'],
  ['exchangeRoles', 'exchange'],
  ['credentials', 'credentials'],
  ['settings', 'settings'],
];

/** Keys of the planes whose rows are listed by API. */
export const byApi: readonly (readonly [key: string, plane: DocumentedPlane])[] = [
  ['applicationPermissions', 'application'],
  ['delegatedPermissions', 'delegated'],
];

const rowOf = (plane: DocumentedPlane, api: AppId | null, node: YamlNode): DocumentedRow => {
  const workloads = at(node, 'workloads');
  return {
    plane,
    api,
    value: textOf(node) ?? required(at(node, 'name')),
    operation: textOf(at(node, 'operation')) as Operation | null,
    workloads: workloads === null ? null : texts(workloads),
    note: textOf(at(node, 'note')),
  };
};

const rowsOf = (access: YamlNode | null, findApi: FindApi): readonly DocumentedRow[] => [
  ...byApi.flatMap(([key, plane]) =>
    entriesOf(at(access, key)).flatMap(([api, { value }]) =>
      itemsOf(value).map((node) => rowOf(plane, findApi(api), node)),
    ),
  ),
  ...listed.flatMap(([key, plane]) => itemsOf(at(access, key)).map((node) => rowOf(plane, null, node))),
];

const needsOf = (node: YamlNode, findApi: FindApi): readonly ProductNeed[] =>
  itemsOf(at(node, 'needs')).flatMap((need) =>
    operationsOf(at(need, 'operations')).map((operation) => ({
      workload: required(at(node, 'workload')),
      operation,
      rows: rowsOf(at(need, 'access'), findApi),
      reason: required(at(need, 'reason')),
      confidence: trustOf(at(need, 'confidence')),
    })),
  );

const sourceOf = (node: YamlNode): ProductSource => ({
  source: required(at(node, 'source')),
  date: required(at(node, 'date')),
  confidence: trustOf(at(node, 'confidence')),
});

/** The product of a profile whose tree was found right. */
export const normaliseProduct = (root: YamlNode, findApi: FindApi): Product => {
  const spec = at(root, 'spec');
  const workloads = itemsOf(at(spec, 'workloads'));
  const complete = at(spec, 'complete');
  const sources = itemsOf(at(spec, 'sources')).map(sourceOf);
  return {
    id: required(at(root, 'metadata', 'name')),
    name: required(at(spec, 'name')),
    vendor: required(at(spec, 'vendor')),
    complete: complete?.type === 'scalar' && complete.value === true,
    workloads: workloads.map((node) => required(at(node, 'workload'))),
    operations: Object.fromEntries(
      workloads.map((node) => [required(at(node, 'workload')), operationsOf(at(node, 'operations'))]),
    ),
    documented: rowsOf(at(spec, 'documented'), findApi),
    needs: workloads.flatMap((node) => needsOf(node, findApi)),
    keep: texts(at(spec, 'keep')),
    remove: texts(at(spec, 'remove')),
    changes: itemsOf(at(spec, 'changes')).map((node) => ({
      date: required(at(node, 'date')),
      what: required(at(node, 'what')),
    })),
    judgement: textOf(at(spec, 'judgement')),
    sources,
    source: sources[0]?.source ?? '',
    date: sources[0]?.date ?? '',
  };
};
