import { isRead, type Kind, type Need } from '../core/kind.ts';
import { graphAppId, type PermissionList, type RequiredPermission } from '../core/permission-list.ts';
import type { Policy } from '../core/policy.ts';
import { canonicalScope, scopeContains } from '../core/scope.ts';
import { findPermission } from '../knowledge/permissions.ts';
import { identityNeeds } from './identity-needs.ts';

/** A need with the kind and the policy that it comes from. */
interface Wanted {
  readonly need: Need;
  readonly kind: string;
  readonly policy: string;
}

/** What applies reads first all that a check reads: it judges by what it sees itself. */
const wantedFor = (
  policy: Policy,
  kinds: readonly Kind[],
  purpose: PermissionList['purpose'],
  held: ReadonlySet<string>,
): readonly Wanted[] =>
  kinds.flatMap((kind) => {
    const reads = kind.asks(policy);
    const found =
      kind.standsAlone === true || !isRead(kind, policy, held) ? [] : policy.identities.flatMap(identityNeeds);
    const written = purpose === 'apply' ? (kind.writes?.(policy) ?? []) : [];
    const needs = [...found, ...reads, ...written].filter((need) => need.api !== 'azure' || need.soft !== true);
    return needs.map((need) => ({ need, kind: kind.id, policy: policy.name }));
  });

const nameOf = (need: Need): string => {
  if (need.api === 'graph') return need.permission;
  return need.api === 'azure' ? (need.role ?? 'Reader') : need.command;
};

const scopeOf = (need: Need): string | null => (need.api === 'azure' ? canonicalScope(need.scope) : null);

const keyOf = (need: Need): string => `${need.api}/${nameOf(need)}@${scopeOf(need) ?? ''}`;

/** `/` is any place, which is no certain one. */
const reaches = (outer: string, inner: string): boolean => outer !== '/' && scopeContains(outer, inner);

/** Do `chosen` needs, held, meet this one? */
const meets = (chosen: Need, need: Need): boolean => {
  if (chosen.api === 'graph' && need.api === 'graph')
    return [need.permission, ...(need.or ?? [])].includes(chosen.permission);
  if (chosen.api === 'azure' && need.api === 'azure')
    return nameOf(chosen) === nameOf(need) && (need.scope === '/' || reaches(chosen.scope, need.scope));
  return keyOf(chosen) === keyOf(need);
};

/** The fewest needs that meet all: those that nothing else in the list stands in for, then what is still unmet. */
const choose = (needs: readonly Need[]): readonly Need[] => {
  const unique = [...new Map(needs.map((need) => [JSON.stringify([keyOf(need), need]), need])).values()];
  const alone = unique.filter((need) => !unique.some((other) => keyOf(other) !== keyOf(need) && meets(other, need)));
  const chosen = [...new Map(alone.map((need) => [keyOf(need), need])).values()];
  for (const need of unique) if (!chosen.some((one) => meets(one, need))) chosen.push(need);
  return chosen;
};

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].sort(byText);

/** Kinds and policies that can't do without this one: those of which no other chosen one meets the need. */
const required = (need: Need, chosen: readonly Need[], wanted: readonly Wanted[]): RequiredPermission => {
  const only = wanted.filter(
    (one) => meets(need, one.need) && !chosen.some((other) => other !== need && meets(other, one.need)),
  );
  const permission = need.api === 'graph' ? findPermission(graphAppId, 'application', need.permission) : null;
  return {
    api: need.api,
    name: nameOf(need),
    scope: scopeOf(need),
    kinds: distinct(only.map(({ kind }) => kind)),
    policies: distinct(only.map(({ policy }) => policy)),
    or: need.api === 'graph' ? (need.or ?? []) : [],
    roleId: permission?.id ?? null,
  };
};

const apiRank = { graph: 0, azure: 1, evidence: 2 };

/** Subscriptions that the configuration expects are looked into for every policy. */
const expected = (subscriptions: readonly string[], policies: readonly Policy[]): readonly Wanted[] =>
  subscriptions.flatMap((id) =>
    policies.map((policy) => ({
      need: { api: 'azure', scope: `/subscriptions/${id}` },
      kind: 'azure-role-assignment',
      policy: policy.name,
    })),
  );

/** The least that the program needs to check (or to apply) exactly these policies, `subscriptions` being expected. */
export const permissionsFor = (
  policies: readonly Policy[],
  subscriptions: readonly string[],
  kinds: readonly Kind[],
  purpose: PermissionList['purpose'],
): PermissionList => {
  const concerned = purpose === 'check' ? policies : policies.filter(({ enforcement }) => enforcement !== 'report');
  const wantedWith = (held: ReadonlySet<string>): readonly Wanted[] => [
    ...concerned.flatMap((policy) => wantedFor(policy, kinds, purpose, held)),
    ...expected(subscriptions, concerned),
  ];
  const asked = choose(wantedWith(new Set()).map(({ need }) => need));
  // What one policy asks for lets kinds be read for the others too, which then rest on the same identities.
  const wanted = wantedWith(new Set(asked.map(nameOf)));
  const chosen = choose(wanted.map(({ need }) => need));
  const optional = purpose === 'check' ? kinds.filter(({ optional }) => optional !== undefined) : [];
  const useful = [...Map.groupBy(optional, ({ optional }) => optional ?? '')]
    .map(([name, some]) => ({ name, kinds: distinct(some.map(({ id }) => id)) }))
    .filter(({ name }) => !chosen.some((need) => nameOf(need) === name));
  return {
    purpose,
    required: chosen
      .map((need) => required(need, chosen, wanted))
      .sort(
        (a, b) => apiRank[a.api] - apiRank[b.api] || byText(a.name, b.name) || byText(a.scope ?? '', b.scope ?? ''),
      ),
    useful: useful.sort((a, b) => byText(a.name, b.name)),
  };
};
