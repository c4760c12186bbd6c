import { changeKind, type Drift } from '../core/change.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import { diff } from '../core/diff.ts';
import { type Fact, isOnlyThroughGroups, type KindId } from '../core/fact.ts';
import type { Worlds } from '../core/judge.ts';
import type { Kind } from '../core/kind.ts';
import { allows, type PolicyContent, policyContent, type Step, type Withheld } from '../core/plan.ts';
import type { Policy } from '../core/policy.ts';
import { policyProblem } from '../core/policy-problem.ts';
import type { Hash } from '../core/ports.ts';
import type { ResolvedPolicy } from '../core/resolved-policy.ts';
import { sameText } from '../core/same-text.ts';
import { sameArmId } from '../core/scope.ts';
import type { Gap, Snapshot } from '../core/snapshot.ts';
import { factsAfter } from '../guard/facts-after.ts';
import type { GuardSettings } from '../guard/guard-world.ts';
import { withhold } from '../guard/withhold.ts';
import { createNames } from './create-names.ts';
import { gapsOf } from './gaps-of.ts';
import { kindsReadFor } from './kinds-read-for.ts';
import { withHeldNames } from './names-of-held.ts';
import { planWrites, splitWritable } from './plan-writes.ts';
import { resolvePolicy } from './resolve-policy.ts';

/** Policies and what was seen of the tenant; `null`: nothing. */
export interface CompareInput {
  readonly policies: readonly Policy[];
  readonly snapshot: Snapshot | null;
  readonly kinds: readonly Kind[];
  readonly hash: Hash;
  /** What the configuration adds to the guards that keep changes out of a plan. */
  readonly guards: GuardSettings;
  readonly now: Date;
}

/** One policy with its two sides. */
export interface Side {
  readonly resolved: ResolvedPolicy;
  readonly actual: readonly Fact[];
  readonly gaps: readonly Gap[];
  /** Optional kinds that were left out for this policy. */
  readonly unread: ReadonlySet<KindId>;
  /** Names that stand for nothing, or an identity that isn't there, stopped it: it was compared with nothing. */
  readonly stopped: boolean;
  readonly drift: readonly Drift[];
}

/** Policies and tenant, compared, and what a merge would do about the differences. */
export interface Compared {
  readonly sides: readonly Side[];
  /** Names that stand for nothing, and identities that aren't there. */
  readonly problems: readonly Diagnostic[];
  /** Keys of what any policy asks for. */
  readonly asked: ReadonlySet<string>;
  readonly drift: readonly Drift[];
  readonly steps: readonly Step[];
  /** What the plan leaves out, though its policy would have it made. */
  readonly withheld: readonly Withheld[];
  /** What the policies ask for, as a digest covers it. */
  readonly contents: readonly PolicyContent[];
  /** What each policy's rules are heard on. */
  readonly worlds: readonly Worlds[];
}

/** Compares what policies ask for with what the tenant holds. */
export const comparePolicies = (input: CompareInput): Compared => {
  const { policies, snapshot, kinds } = input;
  const listed = createNames(snapshot?.names ?? null, saysWhichRoles(snapshot));
  const names = withHeldNames(listed, snapshot?.facts ?? []);
  const resolved = policies.map((policy) => resolvePolicy(policy, kinds, names));
  const wrong = resolved.flatMap(({ problems }) => problems);
  const lost = snapshot === null ? [] : policies.flatMap((policy) => lostIdentities(policy, snapshot));
  const problems = [...wrong, ...lost];
  const stopped = new Set(problems.flatMap(({ policy }) => policy ?? []));
  // What one policy asks for is not undeclared because another, of the same identity, doesn't.
  const asked = new Set(resolved.flatMap(({ policy }) => policy.desired.map(({ fact }) => fact.key)));
  const sides = resolved.map(({ policy }) => compare(policy, input, asked, stopped.has(policy.policy.name)));
  const drift = sides.flatMap((side) => side.drift);
  const wanted = drift.filter((found) => isPlanned(found, input));
  const { steps, withheld } = snapshot === null ? nothing : planGuarded(wanted, sides, { ...input, snapshot });
  const worlds = sides.map((side) => ({ ...worldsOf(side, snapshot !== null, steps), asked }));
  const contents = resolved.map(({ policy: { policy, desired } }) =>
    policyContent(
      policy,
      desired.map(({ fact }) => fact),
    ),
  );
  return { sides, problems, asked, drift, steps, withheld, contents, worlds };
};

const nothing = { steps: [], withheld: [] };

/** Policies, and a tenant that was seen. */
export type SeenInput = CompareInput & { readonly snapshot: Snapshot };

/** Steps for what may be done; what can't be written comes before the guards, so that none of them counts on it. */
export const planGuarded = (
  wanted: readonly Drift[],
  sides: readonly Side[],
  input: SeenInput,
): Pick<Compared, 'steps' | 'withheld'> => {
  const { snapshot, guards: settings, now } = input;
  const { identities, facts } = snapshot;
  const policies = sides.map(({ resolved: { policy }, gaps, unread }) => ({ policy, gaps, unread }));
  const written = splitWritable(wanted, input);
  const world = { tenant: snapshot.tenant.id, policies, identities, facts, settings, now };
  const guarded = withhold(written.writable, world);
  return { steps: planWrites(guarded.planned, input), withheld: [...written.withheld, ...guarded.withheld] };
};

/** An identity that the tenant doesn't have, or that the policy names wrongly: nothing can be said of its access. */
const lostIdentities = (policy: Policy, { identities }: Snapshot): Diagnostic[] =>
  policy.identities.flatMap((identity) => {
    const known = identities.find(({ id }) => sameText(id, identity.id));
    // A retired policy stays until its file is deleted, and its app may be gone by then.
    const isMissed = identity.type === 'app' && known?.state === 'absent' && policy.state !== 'retired';
    const absent = isMissed ? `the tenant has no service principal with the app id \`${identity.id}\`` : null;
    const mistake = known?.mistake ?? absent;
    if (mistake === null) return [];
    const help = 'check the app id and the object id in the Entra admin centre under Enterprise applications';
    return [
      policyProblem(policy, identity.place, { code: 'unknown-identity', subject: identity.id, message: mistake, help }),
    ];
  });

/** Did the tenant say which Azure roles there are? Where nobody could be asked about, no role was named to it either. */
const saysWhichRoles = (snapshot: Snapshot | null): boolean =>
  snapshot !== null &&
  snapshot.names.azureRoles.length > 0 &&
  !snapshot.gaps.some(({ kind }) => kind === 'azure-role-assignment');

/** Will the merge make this change? Some kinds are only ever judged. */
const isPlanned = ({ change, policy: name }: Drift, { policies, kinds }: CompareInput): boolean => {
  const enforcement = policies.find((policy) => policy.name === name)?.enforcement ?? 'report';
  if (change.before !== null && isOnlyThroughGroups(change.before)) return false;
  return allows(change, enforcement) && kinds.some(({ id, planned }) => planned && id === changeKind(change));
};

/** Some facts only explain others: that one lies in the deleted items. */
const canDrift = (fact: Fact, policy: Policy, kinds: readonly Kind[]): boolean =>
  kinds.find(({ id }) => id === fact.kind)?.drifts?.(fact, policy) ?? true;

const compare = (
  resolved: ResolvedPolicy,
  { snapshot, kinds }: CompareInput,
  asked: ReadonlySet<string>,
  stopped: boolean,
): Side => {
  const { policy, desired, governs } = resolved;
  const mine = (id: string) => policy.identities.some((identity) => sameText(identity.id, id));
  const actual = (snapshot?.facts ?? []).filter((fact) => mine(fact.identity) || isOnOwnVault(fact, policy));
  const gaps = snapshot === null ? [] : gapsOf(policy, snapshot, kinds);
  const wasRead = (fact: Fact) => !gaps.some((gap) => gap.kind === fact.kind && sameText(gap.identity, fact.identity));
  const changes =
    snapshot === null || stopped
      ? []
      : diff({
          kinds,
          desired: desired.map(({ fact }) => fact),
          actual,
          governs: (fact) => governs.has(fact.kind) && !asked.has(fact.key) && canDrift(fact, policy, kinds),
          wasRead,
        });
  const read = snapshot === null ? [] : kindsReadFor(policy, snapshot, kinds);
  // Of a kind that isn't optional, a policy that asks for nothing of it gives nothing to look at.
  const leftOut = kinds.filter(({ id, optional }) => optional !== undefined && !read.some((kind) => kind.id === id));
  const unread = new Set(leftOut.map(({ id }) => id));
  return { resolved, actual, gaps, unread, stopped, drift: changes.map((change) => ({ change, policy: policy.name })) };
};

/** After the merge: the tenant with the changes of all plans made; where no tenant is seen, what the policy asks. */
const worldsOf = (
  { resolved, actual, gaps, unread }: Side,
  seen: boolean,
  planned: readonly Drift[],
): Omit<Worlds, 'asked'> => {
  const own = resolved.desired.map(({ fact }) => fact);
  if (!seen) return { policy: resolved, tenant: null, after: own, gaps, unread };
  // Another policy of the same identity may be the one whose plan grants or removes.
  const mine = (fact: Fact) => resolved.policy.identities.some(({ id }) => sameText(id, fact.identity));
  const made = planned.filter(({ change: { after } }) => after === null || mine(after)).map(({ change }) => change);
  return { policy: resolved, tenant: actual, after: factsAfter(actual, made), gaps, unread };
};

/** A further identity of a vault that the policy speaks of belongs to what it has to answer for. */
const isOnOwnVault = (fact: Fact, { identities }: Policy): boolean =>
  fact.kind === 'vault-identity' &&
  identities.some(
    (identity) =>
      (identity.type === 'vault-system' || identity.type === 'vault-user') && sameArmId(identity.vault, fact.vault),
  );
