import { type AccessPolicy, bearsOnPrincipal, excludesUser, parseAccessPolicy } from '../core/conditional-access.ts';
import type { ConditionalAccessFact } from '../core/fact.ts';
import { findPeople, type Person } from '../core/find-users.ts';
import type { IdentityId } from '../core/ids.ts';
import {
  defineKind,
  type FoundIdentity,
  gapOf,
  mergeReadings,
  onlyJudged,
  type ReadInput,
  type Reading,
} from '../core/kind.ts';
import type { Policy } from '../core/policy.ts';
import type { Answer, GraphPort, ReadFailure } from '../core/ports.ts';
import { readRows } from '../core/read-rows.ts';
import { ok } from '../core/result.ts';
import { namedPeople } from '../knowledge/backup-people.ts';

const needs = 'Policy.Read.All';
const path = '/identity/conditionalAccess/policies';

type About = Pick<ConditionalAccessFact, 'bears' | 'about' | 'person'>;

const factOf = (identity: IdentityId, policy: AccessPolicy, about: About, whom = ''): ConditionalAccessFact => ({
  kind: 'conditional-access',
  key: `conditional-access/${identity.toLowerCase()}/${about.about}/${policy.id}${whom === '' ? '' : `/${whom}`}`,
  identity,
  subject: policy.id,
  displayName: policy.displayName,
  state: policy.state,
  blocks: policy.blocks,
  ...about,
});

/** What bears on an identity itself: on an app as a workload, on a person as a person. */
const onIdentity = (identity: FoundIdentity, isUser: boolean, rules: readonly AccessPolicy[]) => {
  const { id, objectId, displayName } = identity;
  if (objectId === null) return [];
  const person = displayName ?? objectId;
  return rules.flatMap((rule) => {
    if (isUser)
      return excludesUser(rule, objectId)
        ? [factOf(id, rule, { bears: 'excludes', about: 'administrators', person })]
        : [];
    const bears = bearsOnPrincipal(rule, objectId);
    return bears === null ? [] : [factOf(id, rule, { bears, about: 'workload-identity' })];
  });
};

/** People whom a policy names by their sign-in names, and who are excluded. */
const onPeople = (policy: Policy, rules: readonly AccessPolicy[], people: readonly Person[]) => {
  const [first] = policy.identities;
  const names = namedPeople(policy);
  const named = people.filter(({ userPrincipalName }) => names.includes(userPrincipalName?.toLowerCase() ?? ''));
  return first === undefined
    ? []
    : named.flatMap(({ id, userPrincipalName }) =>
        rules
          .filter((rule) => excludesUser(rule, id))
          .map((rule) =>
            factOf(first.id, rule, { bears: 'excludes', about: 'administrators', person: userPrincipalName ?? id }, id),
          ),
      );
};

const readFor = (
  policy: Policy,
  { identities }: ReadInput,
  rules: readonly AccessPolicy[],
  people: Answer<readonly Person[]>,
): Reading => {
  const [first] = policy.identities;
  const found = policy.identities.flatMap(({ id, type }) => {
    const identity = identities.find((one) => one.id.toLowerCase() === id.toLowerCase());
    return identity?.state === 'found' ? onIdentity(identity, type === 'user', rules) : [];
  });
  const codes = rules.filter(({ isOnDeviceCode }) => isOnDeviceCode);
  const onCodes =
    first === undefined ? [] : codes.map((rule) => factOf(first.id, rule, { bears: 'covers', about: 'device-code' }));
  const isOpen = first !== undefined && !people.ok && namedPeople(policy).length > 0;
  return {
    facts: [...found, ...onCodes, ...onPeople(policy, rules, people.ok ? people.value : [])],
    gaps: isOpen && !people.ok ? [gapOf('conditional-access', first, 'User.Read.All', people.error)] : [],
  };
};

/** A tenant without the licence can have no such policy (source: error of Conditional Access without Microsoft Entra ID P1). */
const isUnlicensed = ({ detail }: ReadFailure): boolean => /PremiumLicenseRequired|not licensed/i.test(detail);

const findNamed = async (graph: GraphPort, policies: readonly Policy[], rules: readonly AccessPolicy[]) => {
  const names = policies.flatMap(namedPeople);
  const isAnyoneOut = rules.some(({ excludedUsers }) => excludedUsers.length > 0);
  return isAnyoneOut && names.length > 0 ? findPeople(graph, 'userPrincipalName', names) : ok([]);
};

const read = async (input: ReadInput): Promise<Reading> => {
  const { policies, ports } = input;
  // One list a run: these calls are throttled at one a second, and no answer says for how long.
  const rules = readRows(await ports.graph.list(path), `GET ${path}`, parseAccessPolicy);
  if (!rules.ok)
    return isUnlicensed(rules.error)
      ? { facts: [], gaps: [] }
      : { facts: [], gaps: input.identities.map((one) => gapOf('conditional-access', one, needs, rules.error)) };
  const people = await findNamed(ports.graph, policies, rules.value);
  return mergeReadings(policies.map((policy) => readFor(policy, input, rules.value, people)));
};

/** Conditional Access policies that bear on backup: on its apps, on its administrators, on device codes. See docs/kinds/conditional-access.md */
export const conditionalAccess = defineKind<'conditional-access'>({
  id: 'conditional-access',
  title: 'Conditional Access policy',
  needs,
  asks: () => [],
  optional: needs,
  subjects: namedPeople,
  ...onlyJudged,
  read,
});
