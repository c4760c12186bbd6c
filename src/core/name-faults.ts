import { type Fault, shown } from './fault.ts';
import { editDistance, suggest } from './suggest.ts';
import { at, itemsOf, textOf, type YamlNode } from './yaml-tree.ts';

/** Ids that policies name and that this program has to know; absent or `null`: not asked. */
export interface KnownIds {
  readonly ruleIds?: readonly string[] | null;
  readonly productIds?: readonly string[] | null;
}

const faultOf = (node: YamlNode, what: 'rule' | 'product', name: string, help: string): Fault => ({
  code: `unknown-${what}`,
  message: `unknown ${what} ${shown(name)}`,
  help,
  span: node.span,
  subject: name,
});

const faultOfProduct = (node: YamlNode | null, known: readonly string[] | null | undefined): Fault[] => {
  const name = textOf(node);
  if (node === null || name === null || !known || known.includes(name)) return [];
  const near = suggest(name, known);
  const advice = "add a profile under `products/` in the policies' folder, or leave `product` out";
  return [faultOf(node, 'product', name, near === null ? advice : `did you mean ${shown(near)}?`)];
};

/** Edits within which a name is taken for a slip of the pen. */
const slip = 2;

/** A rule of another version is no mistake, only of no use here: `unused-exception` tells of it. */
const faultOfRule = (node: YamlNode | null, known: readonly string[] | null | undefined): Fault[] => {
  const name = textOf(node);
  if (node === null || name === null || !known || known.includes(name)) return [];
  const near = known.find((id) => editDistance(id, name.toLowerCase(), slip) <= slip);
  return near === undefined ? [] : [faultOf(node, 'rule', name, `did you mean ${shown(near)}?`)];
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
  ...faultOfProduct(at(root, 'spec', 'product'), known.productIds),
  ...minimalOfNothing(root),
  ...itemsOf(at(root, 'spec', 'exceptions')).flatMap((exception) => faultOfRule(at(exception, 'rule'), known.ruleIds)),
];
