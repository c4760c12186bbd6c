/** A scope, what stands at it, and the scopes below it at or below which something stands. */
export interface ScopeNode<T> {
  readonly here: T[];
  readonly below: Map<string, ScopeNode<T>>;
}

const makeNode = <T>(): ScopeNode<T> => ({ here: [], below: new Map() });

/** Things by the scope at which they stand: the root of a tree with one level for each segment. */
export const makeScopeTree = <T>(things: readonly T[], segmentsOf: (thing: T) => readonly string[]): ScopeNode<T> => {
  const root = makeNode<T>();
  for (const thing of things) {
    let node = root;
    for (const segment of segmentsOf(thing)) {
      const next = node.below.get(segment) ?? makeNode<T>();
      node.below.set(segment, next);
      node = next;
    }
    node.here.push(thing);
  }
  return root;
};

/** From the root down to the scope, as far as the tree goes. */
export const nodesTowards = <T>(root: ScopeNode<T>, segments: readonly string[]): readonly ScopeNode<T>[] => {
  const nodes = [root];
  let node: ScopeNode<T> | undefined = root;
  for (const segment of segments) {
    node = node.below.get(segment);
    if (node === undefined) break;
    nodes.push(node);
  }
  return nodes;
};
