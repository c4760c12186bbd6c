import type { AzureRoleAssignmentFact } from '../core/fact.ts';
import type { Policy, ScopePurpose } from '../core/policy.ts';
import { scopeLevel } from '../core/scope.ts';
import { indexScopes } from '../core/scope-index.ts';
import {
  deletesGroups,
  destroysKeys,
  destroysSnapshots,
  endOfSource,
  endOfVault,
  hasData,
} from './destroying-actions.ts';
import type { Power } from './escalation.ts';
import { excessPowers } from './excess-powers.ts';
import { intersects } from './role-algebra.ts';

/** A power, and the assignment that has it. */
export interface Deed {
  readonly fact: AzureRoleAssignmentFact;
  readonly power: Power;
}

/** What one identity can destroy beyond its need; `null`: nothing of that sort. */
export interface Deeds {
  readonly source: Deed | null;
  readonly copies: Deed | null;
  /** Does it delete snapshots, as a backup that keeps them must? */
  readonly prunes: boolean;
}

const scopesFor = (protects: Policy['protects'], wanted: ScopePurpose): readonly string[] =>
  protects
    .filter(({ workload }) => wanted !== 'source' || hasData(workload))
    .flatMap(({ scopes }) => scopes.filter(({ purpose }) => purpose === wanted).map(({ scope }) => scope));

/** Where a policy keeps what can be destroyed. */
const indexPolicy = ({ protects, identities }: Policy) => {
  const sources = scopesFor(protects, 'source');
  const named = scopesFor(protects, 'snapshots');
  const vaults = identities.flatMap((one) => ('vault' in one ? [one.vault] : []));
  return {
    bySource: protects.flatMap((one) => {
      const end = endOfSource(one.workload);
      return end === null ? [] : [{ end, index: indexScopes(scopesFor([one], 'source')) }];
    }),
    sources: indexScopes(sources),
    // Where the policy names no group for them, snapshots lie beside what they are snapshots of.
    snapshots: indexScopes(named.length > 0 ? named : sources),
    keys: indexScopes(scopesFor(protects, 'key')),
    byVault: vaults.map((vault) => ({ end: endOfVault(vault), index: indexScopes([vault]) })),
  };
};

type Kept = ReturnType<typeof indexPolicy>;

/** Of the powers of one assignment, those that destroy something where it stands. */
const deedsAt = (fact: AzureRoleAssignmentFact, powers: readonly Power[], kept: Kept) => {
  const ends = kept.bySource.filter(({ index }) => index.meets(fact.scope)).map(({ end }) => end);
  const reachesGroup = scopeLevel(fact.scope) !== 'resource' && kept.sources.meets(fact.scope);
  const vaultEnds = kept.byVault.filter(({ index }) => index.meets(fact.scope)).map(({ end }) => end);
  const atSnapshots = kept.snapshots.meets(fact.scope);
  const atKey = kept.keys.meets(fact.scope);
  const deeds = powers.map((power): Deed => ({ fact, power }));
  return {
    one: deeds.filter(({ power }) => ends.some((end) => end.test(power.action))),
    group: deeds.filter(({ power }) => reachesGroup && deletesGroups.test(power.action)),
    copies: deeds.filter(
      ({ power: { action } }) =>
        vaultEnds.some((end) => end.test(action)) ||
        (atSnapshots && destroysSnapshots.test(action)) ||
        (atKey && destroysKeys.test(action)),
    ),
  };
};

const prunes = ({ orphaned, permissions, scope }: AzureRoleAssignmentFact, kept: Kept): boolean =>
  !orphaned &&
  permissions !== null &&
  kept.snapshots.meets(scope) &&
  intersects(permissions, ['Microsoft.Compute/snapshots/delete']) !== null;

/** Adds up what the assignments of one identity destroy of what a policy protects: sources, vaults, snapshots, keys. */
export const addUpDeeds = (policy: Policy): ((facts: readonly AzureRoleAssignmentFact[]) => Deeds) => {
  const kept = indexPolicy(policy);
  return (facts) => {
    const all = facts.flatMap((fact) => {
      const powers = excessPowers(fact, policy);
      return powers.length === 0 ? [] : [deedsAt(fact, powers, kept)];
    });
    const source = all.flatMap(({ one }) => one)[0] ?? all.flatMap(({ group }) => group)[0] ?? null;
    const copies = all.flatMap((deeds) => deeds.copies)[0] ?? null;
    return { source, copies, prunes: all.length > 0 && facts.some((fact) => prunes(fact, kept)) };
  };
};
