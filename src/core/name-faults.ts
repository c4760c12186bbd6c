import { type Fault, listed, shown } from './fault.ts';
import { suggest } from './suggest.ts';
import { at, itemsOf, textOf, type YamlNode } from './yaml-tree.ts';

/** Ids that policies name and that this program has to know; absent or `null`: not asked. */
export interface KnownIds {
  readonly ruleIds?: readonly string[] | null;
  readonly productIds?: readonly string[] | null;
}

const faultOfName = (
  node: YamlNode | null,
  known: readonly string[] | null | undefined,
  what: 'rule' | 'product',
): Fault[] => {
  const name = textOf(node);
  if (node === null || name === null || !known || known.includes(name)) return [];
  const near = suggest(name, known);
  const all = known.length > 12 ? 'docs/rules/index.md lists the rules' : `known are ${listed(known, 'and')}`;
  const advice =
    what === 'product' ? "add a profile under `products/` in the policies' folder, or leave `product` out" : all;
  return [
    {
      code: `unknown-${what}`,
      message: `unknown ${what} ${shown(name)}`,
      help: near === null ? advice : `did you mean ${shown(near)}?`,
      span: node.span,
      subject: name,
    },
  ];
};

const minimalOfNothing = (root: YamlNode): Fault[] => {
  const access = at(root, 'spec', 'access');
  if (access === null || textOf(access) !== 'minimal' || itemsOf(at(root, 'spec', 'protects')).length > 0) return [];
  return [
    {
      code: 'minimal-of-nothing',
      message: '`access: minimal` is computed from `protects`, which lists nothing',
      help: 'list what is protected; `state: retired` asks for everything to be revoked',
      span: access.span,
      subject: 'access',
    },
  ];
};

/** Rules and products that don't exist, and access computed from nothing. */
export const faultsOfNames = (root: YamlNode, known: KnownIds): readonly Fault[] => [
  ...faultOfName(at(root, 'spec', 'product'), known.productIds, 'product'),
  ...minimalOfNothing(root),
  ...itemsOf(at(root, 'spec', 'exceptions')).flatMap((exception) =>
    faultOfName(at(exception, 'rule'), known.ruleIds, 'rule'),
  ),
];
