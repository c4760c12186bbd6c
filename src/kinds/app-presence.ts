import type { AppPresenceFact } from '../core/fact.ts';
import { type Presence as Found, findApps, findUsers } from '../core/find-presence.ts';
import { findRoleNames } from '../core/find-role-names.ts';
import type { IdentityId } from '../core/ids.ts';
import { defineKind, gapOf, graphNeed, mergeReadings, type ReadInput, type Reading } from '../core/kind.ts';
import type { Policy, Presence } from '../core/policy.ts';
import type { Answer } from '../core/ports.ts';
import { mustBeGone, presenceKey, presenceName, presencesOf } from '../core/presence.ts';
import { ok } from '../core/result.ts';

const needs = { app: 'Application.Read.All', user: 'User.Read.All', role: 'RoleManagement.Read.Directory' } as const;

type Roles = ReadonlyMap<string, readonly string[]>;

const factOf = (identity: IdentityId, found: Found, roles: Roles): AppPresenceFact => {
  const { id, isPrincipal: _, ...rest } = found;
  return {
    kind: 'app-presence',
    key: presenceKey(identity, found, found.state),
    identity,
    subject: found.appId ?? id,
    what: found.appId === null ? 'user' : 'app',
    roles: roles.get(id) ?? [],
    ...rest,
  };
};

/** The one that says most: what is there before what was deleted, a service principal before a registration. */
const tellingOf = (all: readonly Found[], named: Presence): Found | undefined => {
  const own = all.filter((found) => presenceName(found) === presenceName(named));
  const rank = ({ state, isPrincipal }: Found): number => (state === 'present' ? 0 : 2) + (isPrincipal ? 0 : 1);
  return own.toSorted((a, b) => rank(a) - rank(b))[0];
};

interface Read {
  readonly apps: Answer<readonly Found[]>;
  readonly users: Answer<readonly Found[]>;
  readonly roles: Answer<Roles>;
}

const readFor = (policy: Policy, { apps, users, roles }: Read): Reading => {
  const [identity] = policy.identities;
  if (identity === undefined) return { facts: [], gaps: [] };
  const named = presencesOf(policy);
  const ofApps = named.filter(({ appId }) => appId !== null);
  const ofUsers = named.filter(({ appId }) => appId === null);
  const all = [...(apps.ok ? apps.value : []), ...(users.ok ? users.value : [])];
  const failures = [
    ...(ofApps.length === 0 || apps.ok ? [] : [{ need: needs.app, error: apps.error }]),
    ...(ofUsers.length === 0 || users.ok ? [] : [{ need: needs.user, error: users.error }]),
    ...(roles.ok ? [] : [{ need: needs.role, error: roles.error }]),
  ];
  return {
    facts: named.flatMap((one) => {
      const found = tellingOf(all, one);
      return found === undefined ? [] : [factOf(identity.id, found, roles.ok ? roles.value : new Map())];
    }),
    gaps: failures.map(({ need, error }) => gapOf('app-presence', identity, need, error)),
  };
};

const read = async ({ policies, ports: { graph } }: ReadInput): Promise<Reading> => {
  const named = policies.flatMap(presencesOf);
  const appIds = [...new Set(named.flatMap(({ appId }) => appId ?? []))];
  const names = [...new Set(named.flatMap(({ userPrincipalName }) => userPrincipalName?.toLowerCase() ?? []))];
  const [apps, users] = await Promise.all([findApps(graph, appIds), findUsers(graph, names)]);
  const found = [...(apps.ok ? apps.value : []), ...(users.ok ? users.value : [])];
  const holders = found.filter(({ state, isPrincipal }) => state === 'present' && isPrincipal).map(({ id }) => id);
  const roles = holders.length === 0 ? ok(new Map()) : await findRoleNames(graph, [...new Set(holders)]);
  return mergeReadings(policies.map((policy) => readFor(policy, { apps, users, roles })));
};

/** What a policy wants to be there, as far as it can say. */
const wanted = (identity: IdentityId, { appId, userPrincipalName }: Presence): AppPresenceFact => ({
  kind: 'app-presence',
  key: presenceKey(identity, { appId, userPrincipalName }),
  identity,
  subject: appId ?? userPrincipalName ?? '',
  what: appId === null ? 'user' : 'app',
  appId,
  userPrincipalName,
  displayName: null,
  state: 'present',
  enabled: null,
  roles: [],
  licences: 0,
  hasMailbox: false,
});

/** Apps and users that a policy wants to be there, or to be gone; told under the first identity of the policy. */
export const appPresence = defineKind<'app-presence'>({
  id: 'app-presence',
  title: 'Presence of apps and users',
  needs: needs.app,
  standsAlone: true,
  subjects: (policy) => presencesOf(policy).map(presenceName),
  asks: (policy) => {
    const named = presencesOf(policy);
    return [
      ...(named.some(({ appId }) => appId !== null) ? [graphNeed(needs.app)] : []),
      ...(named.some(({ appId }) => appId === null) ? [graphNeed(needs.user)] : []),
      ...(named.length > 0 ? [graphNeed(needs.role)] : []),
    ];
  },
  planned: false,
  governs: (policy) => presencesOf(policy).length > 0,
  drifts: (fact, policy) => fact.kind === 'app-presence' && fact.state === 'present' && mustBeGone(policy, fact),
  desired: (policy) => {
    const [first] = policy.identities;
    const stated = first === undefined || policy.state === 'retired' ? [] : policy.mustExist;
    return {
      facts: stated.flatMap((one) => (first === undefined ? [] : [{ fact: wanted(first.id, one), place: one.place }])),
      problems: [],
    };
  },
  read,
  same: () => true,
});
