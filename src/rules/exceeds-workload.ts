import type { ExchangeRoleAssignmentFact } from '../core/access-fact.ts';
import type { AppRoleAssignmentFact, AzureRoleAssignmentFact } from '../core/fact.ts';
import { isVaultIdentity } from '../core/identity-of.ts';
import type { Policy } from '../core/policy.ts';
import { lookAround } from '../core/protected-scopes.ts';
import { type Complaint, defineRule, type Severity } from '../core/rule.ts';
import { scopeLevel } from '../core/scope.ts';
import { exchangeOnline } from '../knowledge/apis.ts';
import { phaseAt, retirementOf } from '../knowledge/calendar.ts';
import { isEverywhere, isWholeMailbox } from '../knowledge/exchange-power.ts';
import { findExchangeRole } from '../knowledge/exchange-roles.ts';
import { nameGrant } from '../knowledge/name-grant.ts';
import { needsOf } from '../knowledge/needs.ts';
import { needsNoRole } from '../knowledge/needs-no-role.ts';
import { findPermission } from '../knowledge/permissions.ts';
import { readsOnly } from '../knowledge/reads-only.ts';
import { redundantKeys } from '../knowledge/redundant-keys.ts';
import { isToldByPower, onlyReads } from '../knowledge/role-remarks.ts';
import { isStanding, workloadsOf } from '../knowledge/service.ts';
import { serviceOf } from '../knowledge/service-of.ts';
import { tellLeast } from '../knowledge/tell-least.ts';
import { isOrAre, tellList } from '../knowledge/tell-list.ts';
import { isTier0 } from '../knowledge/tier0.ts';
import { isTakenByProduct, vendorAsks } from '../knowledge/vendor-asks.ts';

type Grant = AppRoleAssignmentFact | AzureRoleAssignmentFact | ExchangeRoleAssignmentFact;

/** Permissions of which another rule tells, with the same cure or a better one. */
const isPermissionTold = (fact: AppRoleAssignmentFact, policy: Policy, now: Date): boolean => {
  const retirement = retirementOf({ api: fact.api, type: 'application', value: fact.subject });
  const isGone = retirement !== null && phaseAt(retirement, now)?.final === true;
  const isMailboxes = fact.api === exchangeOnline && fact.subject === 'full_access_as_app';
  return isGone || isMailboxes || isTier0(fact) || isVaultIdentity(policy, fact.identity);
};

const isRoleTold = (fact: AzureRoleAssignmentFact, policy: Policy): boolean => {
  const level = scopeLevel(fact.scope);
  if (level !== 'resource' && level !== 'resourceGroup') return true;
  if (isToldByPower(fact, policy)) return true;
  if (!isVaultIdentity(policy, fact.identity)) return false;
  // `unneeded-vault-identity-role` tells why.
  if (needsNoRole(policy)) return true;
  const { inside, whole } = lookAround(policy)(fact.scope);
  return inside === 0 && !whole;
};

/** What opens everything in every mailbox is told by `exchange-role-reaches-every-mailbox`, with a better cure. */
const isTold = (fact: Grant, policy: Policy, now: Date): boolean => {
  if (fact.kind === 'azure-role-assignment') return isRoleTold(fact, policy);
  if (fact.kind === 'app-role-assignment') return isPermissionTold(fact, policy, now);
  return isEverywhere(fact) && isWholeMailbox(fact.role);
};

/** Does it read, and nothing more? */
const isReader = (fact: Grant): boolean => {
  if (fact.kind === 'app-role-assignment') return readsOnly(fact.subject);
  return (
    fact.kind === 'exchange-role-assignment' &&
    findExchangeRole(fact.role)?.permissions.every(({ value }) => readsOnly(value)) === true
  );
};

const severityOf = (fact: Grant): Severity => {
  if (fact.kind === 'azure-role-assignment') return onlyReads(fact) ? 'low' : 'medium';
  if (fact.kind === 'exchange-role-assignment') return isEverywhere(fact) ? 'medium' : 'low';
  const sensitivity = findPermission(fact.api, 'application', fact.subject)?.sensitivity;
  return sensitivity === 'high' || sensitivity === 'low' ? sensitivity : 'medium';
};

const complain = (fact: Grant, policy: Policy): Complaint | null => {
  const service = serviceOf(fact, policy);
  if (service?.state === 'unneeded') {
    const isDoubtful = needsOf(policy).some((need) => isStanding(need) && need.trust === 'low');
    return {
      at: fact,
      severity: severityOf(fact),
      confidence: isDoubtful ? 'likely' : 'certain',
      message: `${nameGrant(fact)} serves nothing that the policy protects`,
      help: `remove it; or, if it does serve something, name that under \`protects\`${vendorAsks(fact, policy)}`,
      evidence: { workloads: [...new Set(policy.protects.map(({ workload }) => workload))] },
      ...(isDoubtful ? {} : { remedy: { type: 'remove' } }),
    };
  }
  const isWiderReader = service?.state === 'wider' && isReader(fact);
  if (!isWiderReader) return null;
  const { least, uses } = service;
  return {
    at: fact,
    severity: 'low',
    confidence: 'likely',
    message: `${nameGrant(fact)} reads more than backing up ${tellList(workloadsOf(uses))} needs: ${tellList(least)} ${isOrAre(least)} enough`,
    help: `use ${tellLeast(least, uses)} instead${vendorAsks(fact, policy)}`,
    evidence: { least, workloads: workloadsOf(uses) },
  };
};

/** See docs/rules/exceeds-workload.md */
export const exceedsWorkload = defineRule({
  id: 'exceeds-workload',
  summary: 'A permission or role serves nothing that the policy protects',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['app-role-assignment', 'azure-role-assignment', 'exchange-role-assignment'],
  since: '0.1.0',
  *check({ facts, all, policy: { policy, desired: rows }, desired, governs, now }) {
    const redundant = redundantKeys(all, desired);
    const own = new Set(rows.map(({ fact }) => fact.key));
    for (const fact of facts) {
      // What nobody asked for is told by `undeclared-access`; what another policy asks for is for that one to explain.
      const isMine = governs(fact) ? own.has(fact.key) : policy.access === null;
      if (!isMine || redundant.has(fact.key) || isTakenByProduct(fact, policy)) continue;
      const complaint = isTold(fact, policy, now) ? null : complain(fact, policy);
      if (complaint !== null) yield complaint;
    }
  },
});
