import { faultOfDay } from './date-faults.ts';
import { type Fault, shown } from './fault.ts';
import { byApi, type FindApi } from './normalise-product.ts';
import { suggest } from './suggest.ts';
import { at, entriesOf, itemsOf, textOf, type YamlNode } from './yaml-tree.ts';

/** The APIs that a profile may name. */
export interface KnownApis {
  readonly findApi: FindApi;
  /** Their names, to guess what was meant. */
  readonly apiNames: readonly string[];
}

const faultsOfApis = (access: YamlNode | null, { findApi, apiNames }: KnownApis): readonly Fault[] =>
  byApi.flatMap(([key]) =>
    entriesOf(at(access, key)).flatMap(([api, { keySpan }]): Fault[] => {
      if (findApi(api) !== null) return [];
      const near = suggest(api, apiNames);
      const help = near === null ? 'name the API by its app id' : `did you mean ${shown(near)}?`;
      return [{ code: 'unknown-api', message: `unknown API ${shown(api)}`, help, span: keySpan, subject: api }];
    }),
  );

const workloadOf = (node: YamlNode): string | null => textOf(at(node, 'workload'));

const repeated = (workloads: readonly YamlNode[]): readonly Fault[] =>
  workloads.flatMap((node, index): Fault[] => {
    const id = workloadOf(node);
    const first = workloads.findIndex((other) => workloadOf(other) === id);
    if (id === null || first === index) return [];
    const message = `entry ${index + 1} of \`workloads\` is about the same as entry ${first + 1}`;
    return [{ code: 'duplicate-entry', message, help: 'make one of the two', span: node.span, subject: id }];
  });

/** A need of an operation that the product is said not to do would be read by nobody. */
const strayNeeds = (node: YamlNode): readonly Fault[] => {
  const does = itemsOf(at(node, 'operations')).map(textOf);
  const needed = itemsOf(at(node, 'needs')).flatMap((need) => itemsOf(at(need, 'operations')));
  return needed.flatMap((place): Fault[] => {
    const operation = textOf(place);
    if (operation === null || does.includes(operation)) return [];
    const message = `${shown(operation)} is not among the \`operations\` of this workload`;
    const help = `add ${shown(operation)} to them, or drop the need`;
    return [{ code: 'contradiction', message, help, span: place.span, subject: operation }];
  });
};

/** What is wrong with a profile beyond its schema: days, APIs, and needs that contradict the rest. */
export const faultsOfProduct = (root: YamlNode, known: KnownApis): readonly Fault[] => {
  const spec = at(root, 'spec');
  const workloads = itemsOf(at(spec, 'workloads'));
  const needs = workloads.flatMap((node) => itemsOf(at(node, 'needs')));
  const days = ['sources', 'changes'].flatMap((key) => itemsOf(at(spec, key)).map((node) => at(node, 'date')));
  return [
    ...days.flatMap((node) => (node === null ? [] : faultOfDay(node))),
    ...faultsOfApis(at(spec, 'documented'), known),
    ...needs.flatMap((need) => faultsOfApis(at(need, 'access'), known)),
    ...repeated(workloads),
    ...workloads.flatMap(strayNeeds),
  ];
};
