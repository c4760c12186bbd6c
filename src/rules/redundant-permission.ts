import type { AppRoleAssignmentFact, AzureRoleAssignmentFact, DelegatedGrantFact, Fact } from '../core/fact.ts';
import type { Policy } from '../core/policy.ts';
import { type Complaint, defineRule } from '../core/rule.ts';
import { findApi } from '../knowledge/apis.ts';
import { type CoveredExchangeRole, coveredExchangeRoles } from '../knowledge/covered-exchange-roles.ts';
import type { Covered } from '../knowledge/covered-roles.ts';
import { impliedBy } from '../knowledge/lattice.ts';
import { nameGrant } from '../knowledge/name-grant.ts';
import { redundantRoles } from '../knowledge/redundant-keys.ts';
import { serviceOf } from '../knowledge/service-of.ts';

type ApiPermission = AppRoleAssignmentFact | DelegatedGrantFact;

/** Does a delegated scope reach everyone whom the other reaches? A policy doesn't say who consents: then it does. */
const reachesAll = (broader: ApiPermission, narrower: ApiPermission): boolean => {
  if (broader.kind === 'app-role-assignment' || narrower.kind === 'app-role-assignment') return true;
  return narrower.consents.every((consent) =>
    broader.consents.some(
      (other) =>
        other.type === 'AllPrincipals' || (consent.type === 'Principal' && other.principal === consent.principal),
    ),
  );
};

type Grant = AppRoleAssignmentFact | AzureRoleAssignmentFact | CoveredExchangeRole['narrow'];

/** Mending the policy may not take away what is needed and leave what is too much. */
const remedyBeside = (narrow: Grant, broad: Grant | undefined, policy: Policy): Pick<Complaint, 'remedy'> => {
  const isNeeded = (grant: Grant): boolean => serviceOf(grant, policy)?.state === 'needed';
  return isNeeded(narrow) && broad !== undefined && !isNeeded(broad) ? {} : { remedy: { type: 'remove' } };
};

const impliedPermission = (fact: ApiPermission, held: readonly ApiPermission[], policy: Policy): Complaint | null => {
  const others = held.filter((other) => other !== fact && reachesAll(other, fact)).map((other) => other.subject);
  const type = fact.kind === 'app-role-assignment' ? 'application' : 'delegated';
  const implication = impliedBy(fact.api, type, fact.subject, new Set(others));
  if (implication === null) return null;
  const api = findApi(fact.api)?.name ?? fact.api;
  const broad = held
    .filter((other) => other.kind === 'app-role-assignment')
    .find(({ subject }) => subject === implication.broader);
  return {
    at: fact,
    confidence: implication.proved ? 'certain' : 'likely',
    message: `${type} permission \`${fact.subject}\` on ${api} adds nothing to \`${implication.broader}\`, which is held too`,
    help: `remove \`${fact.subject}\`; or, if it is all that the workloads need, keep it and remove \`${implication.broader}\``,
    evidence: { broader: implication.broader, path: implication.path, proved: implication.proved },
    ...(fact.kind === 'app-role-assignment' ? remedyBeside(fact, broad, policy) : { remedy: { type: 'remove' } }),
  };
};

/** The broader role, with its scope where the name alone would be the narrower one's too. */
const nameBroad = ({ narrow, broad, sameScope }: Covered): string =>
  !sameScope && broad.subject === narrow.subject
    ? `\`${broad.subject}\` on \`${broad.scope}\``
    : `\`${broad.subject}\``;

const complainOfRole = ({ narrow, broad, sameScope }: Covered, policy: Policy): Complaint => ({
  at: narrow,
  message: `\`${narrow.subject}\` on \`${narrow.scope}\` adds nothing to \`${broad.subject}\` ${sameScope ? 'at the same scope' : `on \`${broad.scope}\``}: every action of it is among that role's`,
  help: `remove \`${narrow.subject}\`; or, if it is all that the workloads need, keep it and remove ${nameBroad({ narrow, broad, sameScope })}`,
  evidence: { broader: broad.subject, broaderScope: broad.scope },
  ...remedyBeside(narrow, broad, policy),
});

const complainOfExchangeRole = ({ narrow, broad }: CoveredExchangeRole, policy: Policy): Complaint => ({
  at: narrow,
  message: `${nameGrant(narrow)} adds nothing to ${nameGrant(broad)}, which is held too`,
  help: `remove \`${narrow.role}\`; or, if it is all that the workloads need, keep it and remove \`${broad.subject}\``,
  evidence: { broader: broad.subject },
  ...remedyBeside(narrow, broad, policy),
});

const planeOf = (fact: ApiPermission): string => `${fact.kind} ${fact.api}`;
const isApiPermission = (fact: Fact): fact is ApiPermission =>
  fact.kind === 'app-role-assignment' || fact.kind === 'delegated-grant';

/** See docs/rules/redundant-permission.md */
export const redundantPermission = defineRule({
  id: 'redundant-permission',
  summary: 'A permission or role allows nothing that another one held by the same identity does not allow already',
  severity: 'low',
  confidence: 'certain',
  kinds: ['app-role-assignment', 'delegated-grant', 'azure-role-assignment', 'exchange-role-assignment'],
  since: '0.1.0',
  *check({ facts, desired, policy: { policy } }) {
    // Beside something broader that nobody asked for, what was asked for is what shall stay.
    const isAsked = (fact: Fact): boolean => desired.has(fact.key);
    for (const own of Map.groupBy(facts, (fact) => fact.identity).values()) {
      for (const held of Map.groupBy(own.filter(isApiPermission), planeOf).values()) {
        for (const fact of held) {
          const complaint = impliedPermission(fact, isAsked(fact) ? held.filter(isAsked) : held, policy);
          if (complaint !== null) yield complaint;
        }
      }
      const roles = own.filter((fact) => fact.kind === 'azure-role-assignment');
      for (const covered of redundantRoles(roles, desired)) yield complainOfRole(covered, policy);
      for (const covered of coveredExchangeRoles(own, desired)) yield complainOfExchangeRole(covered, policy);
    }
  },
});
