import { identityOf } from '../core/identity-of.ts';
import type { IdentityId } from '../core/ids.ts';
import { type Complaint, defineRule } from '../core/rule.ts';
import { findApi } from '../knowledge/apis.ts';
import { type MissingGrant, missingGrants } from '../knowledge/missing-grants.ts';
import { isMailboxNeed } from '../knowledge/need-cover.ts';
import { grantName } from '../knowledge/role-service.ts';
import { settleAccess } from '../knowledge/settle-access.ts';
import { tellList } from '../knowledge/tell-list.ts';
import type { LeastGrant } from '../knowledge/workloads.ts';

const subjectOf = (grant: LeastGrant): string => {
  if (grant.plane === 'application') return grant.permission;
  if (grant.plane === 'exchange') return grant.exchangeRole;
  return grant.plane === 'site' ? grant.siteRole : grantName(grant);
};

/** A permission is missing once, whichever scopes an Exchange role for it would have. */
const scopeOf = ({ need, scope }: MissingGrant): string | null => (need.grant.plane === 'application' ? null : scope);

const apiOf = (grant: LeastGrant) => (grant.plane === 'application' ? grant.api : null);

const keyOf = (missing: MissingGrant): string =>
  JSON.stringify([subjectOf(missing.need.grant), apiOf(missing.need.grant), scopeOf(missing)?.toLowerCase() ?? null]);

const nameMissing = (missing: MissingGrant): string => {
  const { grant } = missing.need;
  const name = `\`${subjectOf(grant)}\``;
  const scope = scopeOf(missing);
  if (grant.plane === 'application') return `${name} on ${findApi(grant.api)?.name ?? grant.api} is missing`;
  if (scope !== null) return `${name} on \`${scope}\` is missing`;
  return `at` in grant
    ? `${name} is missing, and the policy names no \`${grant.at}\` scope for it`
    : `${name} is missing`;
};

const cureOf = ({ need: { grant, scopes } }: MissingGrant): string => {
  const role = grant.plane === 'application' ? grant.exchangeRole : null;
  if (role !== null) return `assign the Exchange role \`${role}\` on ${tellList(scopes)}`;
  return 'at' in grant && scopes.length === 0 ? `name the \`${grant.at}\` scope and assign it there` : 'grant it';
};

/** The gravest operation first: a backup that fails is missed when it is too late. */
const urgency = ({ operation: { operation } }: MissingGrant): number =>
  ['backup', 'discover', 'restore', 'onboard'].indexOf(operation);

const words = { backup: 'backup', discover: 'search', restore: 'restore', onboard: 'set-up' } as const;

const complain = (all: readonly MissingGrant[], identity: IdentityId): Complaint | null => {
  const [first] = all.toSorted((a, b) => urgency(a) - urgency(b));
  if (first === undefined) return null;
  const { operation, need } = first;
  const same = all.filter((one) => one.operation.operation === operation.operation);
  const isSure =
    operation.trust === 'high' && !isMailboxNeed(need) && !('at' in need.grant && need.scopes.length === 0);
  const workloads = [...new Set(same.map((one) => one.operation.workload))];
  return {
    at: null,
    about: {
      identity,
      subject: subjectOf(need.grant),
      api: apiOf(need.grant),
      scope: scopeOf(first),
      place: operation.place,
    },
    severity: operation.operation === 'backup' || operation.operation === 'discover' ? 'high' : 'medium',
    confidence: isSure ? 'certain' : 'likely',
    message: `the next ${words[operation.operation]} of ${tellList(workloads)} would fail: ${nameMissing(first)}`,
    help: `${cureOf(first)}, since it ${need.grant.purpose}; or take the workload out of \`protects\``,
    evidence: { operation: operation.operation, workloads, purpose: need.grant.purpose, source: operation.source },
  };
};

/** See docs/rules/missing-for-workload.md */
export const missingForWorkload = defineRule({
  id: 'missing-for-workload',
  summary: 'Something that a declared operation cannot do without is not granted',
  severity: 'high',
  confidence: 'certain',
  kinds: ['app-role-assignment', 'azure-role-assignment'],
  since: '0.1.0',
  *check({ facts, policy: { policy, governs }, world, unread }) {
    const written = settleAccess(policy).access;
    const isJudged = (kind: 'app-role-assignment' | 'azure-role-assignment'): boolean =>
      world === 'asked' ? governs.has(kind) : unread?.has(kind) !== true;
    const planes = { application: isJudged('app-role-assignment'), azure: isJudged('azure-role-assignment') };
    for (const { id } of policy.identities) {
      const own = facts.filter((fact) => identityOf(policy, fact.identity)?.id === id);
      const holdings = {
        permissions: own.filter((fact) => fact.kind === 'app-role-assignment'),
        roles: own.filter((fact) => fact.kind === 'azure-role-assignment'),
        written: written === 'minimal' ? null : written,
      };
      const missing = missingGrants(policy, id, holdings, planes);
      for (const same of Map.groupBy(missing, keyOf).values()) {
        const complaint = complain(same, id);
        if (complaint !== null) yield complaint;
      }
    }
  },
});
