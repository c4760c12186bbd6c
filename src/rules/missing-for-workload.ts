import { identityOf } from '../core/identity-of.ts';
import type { IdentityId } from '../core/ids.ts';
import { type Complaint, defineRule } from '../core/rule.ts';
import { type MissingGrant, missingGrants } from '../knowledge/missing-grants.ts';
import {
  type AskedRoles,
  cureOfMissing,
  missingApi,
  missingKey,
  missingScope,
  missingSubject,
  nameMissing,
} from '../knowledge/name-missing.ts';
import { isMailboxNeed } from '../knowledge/need-cover.ts';
import { settleAccess } from '../knowledge/settle-access.ts';
import { tellList } from '../knowledge/tell-list.ts';

/** The gravest operation first: a backup that fails is missed when it is too late. */
const urgency = ({ operation: { operation } }: MissingGrant): number =>
  ['backup', 'discover', 'restore', 'onboard'].indexOf(operation);

const words = { backup: 'backup', discover: 'search', restore: 'restore', onboard: 'set-up' } as const;

const complain = (all: readonly MissingGrant[], identity: IdentityId, asked: AskedRoles): Complaint | null => {
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
      subject: missingSubject(need.grant, asked),
      api: missingApi(need.grant, asked),
      scope: missingScope(first, asked),
      place: operation.place,
    },
    severity: operation.operation === 'backup' || operation.operation === 'discover' ? 'high' : 'medium',
    confidence: isSure ? 'certain' : 'likely',
    message: `the next ${words[operation.operation]} of ${tellList(workloads)} would fail: ${nameMissing(first, asked)}`,
    help: `${cureOfMissing(first)}, since it ${need.grant.purpose}; or take the workload out of \`protects\``,
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
  *check({ all, policy: { policy, governs }, world, unread }) {
    const written = settleAccess(policy).access;
    const isJudged = (kind: 'app-role-assignment' | 'azure-role-assignment'): boolean =>
      world === 'asked' ? governs.has(kind) : unread?.has(kind) !== true;
    const planes = {
      application: isJudged('app-role-assignment'),
      azure: isJudged('azure-role-assignment'),
      keys: unread?.has('key-vault-access') !== true,
    };
    // Grants are read only on the sites of policies that manage them.
    const areSitesRead = world === 'held' && unread?.has('site-grant') === false;
    const isExchangeRead = world === 'held' && unread?.has('exchange-role-assignment') === false;
    const roles = written === 'minimal' ? [] : (written?.exchangeRoles ?? []);
    const asked = new Set(roles.map(({ role }) => role.toLowerCase()));
    for (const { id } of policy.identities) {
      const own = all.filter((fact) => identityOf(policy, fact.identity)?.id === id);
      const holdings = {
        permissions: own.filter((fact) => fact.kind === 'app-role-assignment'),
        roles: own.filter((fact) => fact.kind === 'azure-role-assignment'),
        written: written === 'minimal' ? null : written,
        keyVaults: own.filter((fact) => fact.kind === 'key-vault-access'),
        ...(isExchangeRead ? { exchange: own.filter((fact) => fact.kind === 'exchange-role-assignment') } : {}),
        ...(areSitesRead ? { siteGrants: own.filter((fact) => fact.kind === 'site-grant') } : {}),
      };
      const missing = missingGrants(policy, id, holdings, planes);
      for (const same of Map.groupBy(missing, (one) => missingKey(one, asked)).values()) {
        const complaint = complain(same, id, asked);
        if (complaint !== null) yield complaint;
      }
    }
  },
});
