import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { RolePermissions } from '../../src/core/fact.ts';
import { type Plane, planes } from '../../src/knowledge/plane.ts';

/** Cedar's engine, compiled to WebAssembly: too large for a dependency, `.ci/run` puts it there. */
const entry = join(import.meta.dirname, '../../.tools/node_modules/@cedar-policy/cedar-wasm/nodejs/cedar_wasm.js');

/** Is Cedar's engine there? Tests that need it are skipped where it isn't. */
export const hasCedar = existsSync(entry);

interface CedarId {
  readonly type: string;
  readonly id: string;
}

interface Failure {
  readonly type: 'failure';
  readonly errors: readonly { readonly message: string }[];
}

interface Cedar {
  readonly preparsePolicySet: (id: string, policies: object) => { readonly type: 'success' } | Failure;
  readonly statefulIsAuthorized: (call: object) =>
    | {
        readonly type: 'success';
        readonly response: {
          readonly decision: 'allow' | 'deny';
          readonly diagnostics: { readonly errors: readonly unknown[] };
        };
      }
    | Failure;
}

/** A scope with those that contain it, nearest first, each under the name that policies know it by. */
export type Chain = readonly string[];

/** An assignment in Cedar's terms: the scope by name, not by path. */
export interface Grant {
  readonly identity: string;
  readonly scope: string;
  readonly permissions: readonly RolePermissions[];
}

/** Cedar's `like`, spelled in its JSON form so that nothing needs escaping. */
const like = (pattern: string): object => {
  const parts = pattern.toLowerCase().split('*');
  const elements = parts.flatMap((part, at) => [
    ...(at > 0 ? ['Wildcard'] : []),
    ...(part === '' ? [] : [{ Literal: part }]),
  ]);
  return { like: { left: { '.': { left: { Var: 'context' }, attr: 'action' } }, pattern: elements } };
};

/** Halved again and again: Cedar takes no expression that is nested more than a hundred deep. */
const anyOf = (patterns: readonly string[]): object => {
  if (patterns.length === 1) return like(patterns[0] ?? '');
  const middle = Math.ceil(patterns.length / 2);
  return { '||': { left: anyOf(patterns.slice(0, middle)), right: anyOf(patterns.slice(middle)) } };
};

const onPlane = (plane: Plane): object => ({
  '==': { left: { '.': { left: { Var: 'context' }, attr: 'plane' } }, right: { Value: plane } },
});

/** One policy for each plane on which a block allows anything. */
const policiesOf = ({ identity, scope, permissions }: Grant): object[] =>
  permissions.flatMap((block) =>
    planes.flatMap((plane) => {
      const [grants, denies] =
        plane === 'control' ? [block.actions, block.notActions] : [block.dataActions, block.notDataActions];
      if (grants.length === 0) return [];
      const unless = denies.length === 0 ? [] : [{ kind: 'unless', body: anyOf(denies) }];
      return [
        {
          effect: 'permit',
          principal: { op: '==', entity: { type: 'Identity', id: identity } },
          action: { op: 'All' },
          resource: { op: 'in', entity: { type: 'Scope', id: scope } },
          conditions: [{ kind: 'when', body: onPlane(plane) }, { kind: 'when', body: anyOf(grants) }, ...unless],
        },
      ];
    }),
  );

const scopeId = (id: string): CedarId => ({ type: 'Scope', id });

/** What Cedar says: does some grant allow the action at the first scope of the chain? */
export type CedarDecision = (identity: string, action: string, plane: Plane, chain: Chain) => boolean;

/** Entities of a chain as Cedar takes them; the same chain is written out once. */
const makeEntities = () => {
  const known = new Map<string, readonly object[]>();
  return (chain: Chain): readonly object[] => {
    const key = chain[0] ?? '';
    const made =
      known.get(key) ??
      chain.map((id, at) => ({ uid: scopeId(id), attrs: {}, parents: chain.slice(at + 1, at + 2).map(scopeId) }));
    known.set(key, made);
    return made;
  };
};

/** Cedar's engine; throws where it is absent. */
export const loadCedar = () => {
  const cedar = createRequire(import.meta.url)(entry) as Cedar;
  let sets = 0;
  const decideBy = (set: string, entitiesOf: (chain: Chain) => readonly object[]): CedarDecision => {
    return (identity, action, plane, chain) => {
      const answer = cedar.statefulIsAuthorized({
        principal: { type: 'Identity', id: identity },
        action: { type: 'Action', id: 'do' },
        resource: scopeId(chain[0] ?? ''),
        context: { action: action.toLowerCase(), plane },
        preparsedPolicySetId: set,
        entities: entitiesOf(chain),
      });
      if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('; '));
      if (answer.response.diagnostics.errors.length > 0)
        throw new Error(JSON.stringify(answer.response.diagnostics.errors));
      return answer.response.decision === 'allow';
    };
  };
  const store = (name: string, grants: readonly Grant[]): void => {
    const policies = grants.flatMap(policiesOf).map((policy, number) => [`policy ${number}`, policy]);
    const stored = cedar.preparsePolicySet(name, { staticPolicies: Object.fromEntries(policies) });
    if (stored.type === 'failure') throw new Error(stored.errors.map(({ message }) => message).join('; '));
  };
  return {
    /** Decides by all grants at once; names under which sets are kept are used again, since nothing frees them. */
    decideByAll: (grants: readonly Grant[]): CedarDecision => {
      store('all', grants);
      return decideBy('all', makeEntities());
    },
    /** Decides by the grants of the identity that is asked about: one set of policies for each. */
    decideByBucket: (grants: readonly Grant[]): CedarDecision => {
      const buckets = new Map<string, CedarDecision>();
      const entitiesOf = makeEntities();
      for (const [identity, held] of Map.groupBy(grants, (grant) => grant.identity)) {
        const name = `bucket ${++sets}`;
        store(name, held);
        buckets.set(identity, decideBy(name, entitiesOf));
      }
      return (identity, action, plane, chain) => buckets.get(identity)?.(identity, action, plane, chain) === true;
    },
  };
};
