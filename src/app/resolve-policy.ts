import type { Diagnostic } from '../core/diagnostic.ts';
import type { Kind } from '../core/kind.ts';
import type { Names } from '../core/names.ts';
import type { Policy } from '../core/policy.ts';
import type { ResolvedPolicy } from '../core/resolved-policy.ts';
import { createNames } from './create-names.ts';

export interface Resolution {
  readonly policy: ResolvedPolicy;
  /** Names that stand for nothing. */
  readonly problems: readonly Diagnostic[];
}

/** Asks every kind what the policy wants of it, and which kinds it manages wholly. */
export const resolvePolicy = (policy: Policy, kinds: readonly Kind[], names: Names): Resolution => {
  const desired = kinds.map((kind) => kind.desired(policy, names));
  const governs = new Set(kinds.filter((kind) => kind.governs(policy)).map(({ id }) => id));
  return {
    policy: { policy, desired: desired.flatMap(({ facts }) => facts), governs },
    problems: desired.flatMap(({ problems }) => problems),
  };
};

/** Names in the policies that are mistakes by the built-in lists alone. */
export const findWrongNames = (policies: readonly Policy[], kinds: readonly Kind[]): readonly Diagnostic[] =>
  policies.flatMap((policy) => resolvePolicy(policy, kinds, createNames(null, false)).problems);
