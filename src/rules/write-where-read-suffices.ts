import type { ExchangeRoleAssignmentFact } from '../core/access-fact.ts';
import type { AppRoleAssignmentFact } from '../core/fact.ts';
import { defineRule } from '../core/rule.ts';
import { isEverywhere, isWholeMailbox } from '../knowledge/exchange-power.ts';
import { findExchangeRole } from '../knowledge/exchange-roles.ts';
import { nameGrant } from '../knowledge/name-grant.ts';
import { readsOnly } from '../knowledge/reads-only.ts';
import { redundantKeys } from '../knowledge/redundant-keys.ts';
import { remedyOf } from '../knowledge/remedy-of.ts';
import { isSure, workloadsOf } from '../knowledge/service.ts';
import { serviceOf } from '../knowledge/service-of.ts';
import { tellLeast } from '../knowledge/tell-least.ts';
import { isOrAre, tellList } from '../knowledge/tell-list.ts';
import { isTier0 } from '../knowledge/tier0.ts';
import { isTakenByBackup, vendorAsks } from '../knowledge/vendor-asks.ts';

type Grant = AppRoleAssignmentFact | ExchangeRoleAssignmentFact;

/** Told by `tier0-permission` and `exchange-role-reaches-every-mailbox`, with the same cure. */
const isToldElsewhere = (fact: Grant): boolean =>
  fact.kind === 'app-role-assignment' ? isTier0(fact) : isEverywhere(fact) && isWholeMailbox(fact.role);

const isReader = (fact: Grant): boolean =>
  fact.kind === 'app-role-assignment'
    ? readsOnly(fact.subject)
    : findExchangeRole(fact.role)?.permissions.every(({ value }) => readsOnly(value)) === true;

/** See docs/rules/write-where-read-suffices.md */
export const writeWhereReadSuffices = defineRule({
  id: 'write-where-read-suffices',
  summary: 'A permission writes where the declared backups only read',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['app-role-assignment', 'exchange-role-assignment'],
  since: '0.1.0',
  *check({ facts, all, policy: { policy }, desired }) {
    const redundant = redundantKeys(all, desired);
    for (const fact of facts) {
      if (redundant.has(fact.key) || isToldElsewhere(fact) || isReader(fact)) continue;
      if (isTakenByBackup(fact, policy)) continue;
      const service = serviceOf(fact, policy);
      if (service?.state !== 'wider') continue;
      const { uses, least } = service;
      const workloads = workloadsOf(uses);
      yield {
        at: fact,
        severity: fact.subject.includes('FullControl') ? 'high' : 'medium',
        confidence: isSure(uses) ? 'certain' : 'likely',
        message: `${nameGrant(fact)} writes, and backing up ${tellList(workloads)} only reads: ${tellList(least)} ${isOrAre(least)} enough`,
        help: `use ${tellLeast(least, uses)} instead, and declare a restore as an elevation, which grants more for its hours${vendorAsks(fact, policy)}`,
        evidence: { least, workloads },
        remedy: remedyOf(fact, least, all),
      };
    }
  },
});
