import type { AzureRoleAssignmentFact } from '../core/fact.ts';
import { placeOfIdentity } from '../core/identity-of.ts';
import type { Policy, ScopePurpose } from '../core/policy.ts';
import { lookAround } from '../core/protected-scopes.ts';
import { type Complaint, defineRule } from '../core/rule.ts';
import { scopeContains, scopeLevel } from '../core/scope.ts';
import {
  deletesGroups,
  destroysKeys,
  destroysSnapshots,
  destroysVault,
  endOfSource,
  hasData,
} from '../knowledge/destroying-actions.ts';
import type { Power } from '../knowledge/escalation.ts';
import { excessPowers } from '../knowledge/excess-powers.ts';
import { intersects } from '../knowledge/role-algebra.ts';

interface Deed {
  readonly fact: AzureRoleAssignmentFact;
  readonly power: Power;
}

const tell = ({ fact, power }: Deed): string =>
  `${power.why} (\`${power.action}\`) by \`${fact.subject}\` on \`${fact.scope}\``;

interface Source {
  readonly scope: string;
  /** What ends it; `null`: only what ends its group. */
  readonly end: RegExp | null;
}

const sourcesOf = ({ protects }: Policy): readonly Source[] =>
  protects
    .filter(({ workload }) => hasData(workload))
    .flatMap(({ workload, scopes }) =>
      scopes.flatMap(({ purpose, scope }) => (purpose === 'source' ? [{ scope, end: endOfSource(workload) }] : [])),
    );

const scopesFor = ({ protects }: Policy, wanted: ScopePurpose): readonly string[] =>
  protects.flatMap(({ scopes }) => scopes.filter(({ purpose }) => purpose === wanted).map(({ scope }) => scope));

const vaultsOf = ({ identities }: Policy): readonly string[] =>
  identities.flatMap((one) => (one.type === 'vault-system' || one.type === 'vault-user' ? [one.vault] : []));

const reaches = (fact: AzureRoleAssignmentFact, scopes: readonly string[]): boolean =>
  scopes.some((one) => scopeContains(fact.scope, one) || scopeContains(one, fact.scope));

const endsSource = ({ fact, power: { action } }: Deed, { scope, end }: Source): boolean =>
  reaches(fact, [scope]) &&
  (end?.test(action) === true || (deletesGroups.test(action) && scopeLevel(fact.scope) !== 'resource'));

const judge = (facts: readonly AzureRoleAssignmentFact[], policy: Policy): Omit<Complaint, 'at' | 'about'> | null => {
  const sources = sourcesOf(policy);
  const named = scopesFor(policy, 'snapshots');
  // Where the policy names no group for them, snapshots lie beside what they are snapshots of.
  const snapshots = named.length > 0 ? named : sources.map(({ scope }) => scope);
  const keys = scopesFor(policy, 'key');
  const vaults = vaultsOf(policy);
  const deeds = facts.flatMap((fact) => excessPowers(fact, policy).map((power): Deed => ({ fact, power })));
  const ending = deeds.filter((deed) => sources.some((one) => endsSource(deed, one)));
  const source = ending.find(({ power }) => !deletesGroups.test(power.action)) ?? ending[0];
  const copy = deeds.find(
    ({ fact, power: { action } }) =>
      (destroysVault.test(action) && reaches(fact, vaults)) ||
      (destroysSnapshots.test(action) && reaches(fact, snapshots)) ||
      (destroysKeys.test(action) && reaches(fact, keys)),
  );
  if (source === undefined && copy === undefined) return null;
  const prunes = facts.some(
    (fact) =>
      !fact.orphaned &&
      fact.permissions !== null &&
      reaches(fact, snapshots) &&
      intersects(fact.permissions, ['Microsoft.Compute/snapshots/delete']) !== null,
  );
  const said = [source, copy].filter((deed) => deed !== undefined).map(tell);
  const both = source !== undefined && (copy !== undefined || prunes);
  const own = copy === undefined && prunes ? ', beside the snapshots that it prunes' : '';
  return {
    severity: both ? 'high' : 'medium',
    confidence: [source, copy].every((deed) => deed === undefined || deed.fact.condition === null)
      ? 'certain'
      : 'likely',
    message: `the identity that backs up can also destroy ${both ? 'both the source and its copies' : source === undefined ? 'the copies' : 'the source'}: it ${said.join(', and ')}${own}`,
    help: 'give it the least roles of what it backs up; deleting, and changing a vault, are for another identity, which backs nothing up',
    evidence: { source: source?.power.action ?? null, copies: copy?.power.action ?? null, prunes },
  };
};

/** See docs/rules/backup-and-delete.md */
export const backupAndDelete = defineRule({
  id: 'backup-and-delete',
  summary: 'One identity can both back up and destroy the source or its copies',
  severity: 'high',
  confidence: 'certain',
  kinds: ['azure-role-assignment'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    if (!lookAround(policy)('/').any) return;
    for (const [identity, own] of Map.groupBy(facts, (fact) => fact.identity)) {
      const byKey = own.toSorted((a, b) => (a.key < b.key ? -1 : 1));
      const complaint = judge(byKey, policy);
      const place = placeOfIdentity(policy, identity);
      if (complaint !== null) yield { at: null, about: { identity, subject: identity, place }, ...complaint };
    }
  },
});
