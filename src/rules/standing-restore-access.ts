import type { ExchangeRoleAssignmentFact } from '../core/access-fact.ts';
import { addDuration, parseDuration } from '../core/duration.ts';
import type { AppRoleAssignmentFact, AzureRoleAssignmentFact } from '../core/fact.ts';
import { isManagedIdentity, isVaultIdentity } from '../core/identity-of.ts';
import type { Policy } from '../core/policy.ts';
import { lookAround } from '../core/protected-scopes.ts';
import { defineRule, type RuleSettings } from '../core/rule.ts';
import { isEverywhere, isWholeMailbox } from '../knowledge/exchange-power.ts';
import { nameGrant } from '../knowledge/name-grant.ts';
import { needsNoRole } from '../knowledge/needs-no-role.ts';
import { redundantKeys } from '../knowledge/redundant-keys.ts';
import { remedyOf } from '../knowledge/remedy-of.ts';
import { isRestoreRole } from '../knowledge/restore-role.ts';
import { isSure, workloadsOf } from '../knowledge/service.ts';
import { tellLeast } from '../knowledge/tell-least.ts';
import { isOrAre, tellList } from '../knowledge/tell-list.ts';
import { temporaryUse } from '../knowledge/temporary-use.ts';
import { vendorAsks } from '../knowledge/vendor-asks.ts';

type Grant = AppRoleAssignmentFact | AzureRoleAssignmentFact | ExchangeRoleAssignmentFact;

/** A role that was forgotten weighs more than one that somebody may still be restoring with. */
const isForgotten = (fact: Grant, { restoreGrace }: RuleSettings, now: Date): boolean => {
  const grace = parseDuration(restoreGrace);
  return (
    fact.kind === 'azure-role-assignment' &&
    fact.created !== null &&
    grace !== null &&
    addDuration(new Date(fact.created), grace) < now
  );
};

/**
 * Of restore roles of managed identities `restore-role-left-behind` tells, with their age; of a vault's role on something
 * that the policy doesn't name at all `vault-identity-reaches-unprotected`.
 */
const isToldElsewhere = (fact: Grant, policy: Policy): boolean => {
  // Of what opens everything in every mailbox `exchange-role-reaches-every-mailbox`.
  if (fact.kind === 'exchange-role-assignment') return isEverywhere(fact) && isWholeMailbox(fact.role);
  if (fact.kind !== 'azure-role-assignment' || !isManagedIdentity(policy, fact.identity)) return false;
  if (isRestoreRole(fact, policy)) return true;
  const { inside, whole } = lookAround(policy)(fact.scope);
  return isVaultIdentity(policy, fact.identity) && !needsNoRole(policy) && inside === 0 && !whole;
};

/** See docs/rules/standing-restore-access.md */
export const standingRestoreAccess = defineRule({
  id: 'standing-restore-access',
  summary: 'A permission or role that only a restore needs stands at all times',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['app-role-assignment', 'azure-role-assignment', 'exchange-role-assignment'],
  since: '0.1.0',
  *check({ facts, all, policy: { policy }, desired, now, settings }) {
    const redundant = redundantKeys(all, desired);
    for (const fact of facts) {
      const use = temporaryUse(fact, policy, 'restore', now);
      if (use === null || (redundant.has(fact.key) && !use.isAsked)) continue;
      if (isToldElsewhere(fact, policy)) continue;
      const workloads = workloadsOf(use.uses);
      const enough = use.least.length === 0 ? '' : `; ${tellList(use.least)} ${isOrAre(use.least)} enough for all else`;
      yield {
        at: fact,
        severity: isForgotten(fact, settings, now) ? 'high' : 'medium',
        confidence: isSure(use.uses) ? 'certain' : 'likely',
        message: `${nameGrant(fact)} stands at all times, and only restoring ${tellList(workloads)} needs it${enough}`,
        help: `${use.least.length === 0 ? 'remove it' : `use ${tellLeast(use.least, use.uses)} instead`}, and declare the restore under \`elevations\`, as \`{ operation: restore, maxDuration: PT8H }\`, or restore with an identity of its own${use.enough.length === 0 ? '' : `; it takes ${tellList(use.enough)} only`}${vendorAsks(fact, policy)}`,
        evidence: { workloads, least: use.least, enough: use.enough, declared: use.isAsked },
        // A restore that the policy asks for at all times moves to `elevations`, which a person words.
        ...(use.isAsked ? {} : { remedy: remedyOf(fact, use.least, all) }),
      };
    }
  },
});
