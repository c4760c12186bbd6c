import {
  endOfCredential,
  isExpiredCredential,
  isValidCredential,
  managedIdentitiesIn,
  nameCredential,
} from '../core/credential.ts';
import { addDuration, countDays, type Duration, daysBetween, parseDuration } from '../core/duration.ts';
import type { CredentialFact, Fact } from '../core/fact.ts';
import { type Complaint, defineRule } from '../core/rule.ts';

const defaultRenewBefore: Duration = { text: 'P14D', months: 0, days: 14, time: 0 };

/** What the rule knows beside the credential itself. */
interface Circumstances {
  readonly others: readonly CredentialFact[];
  /** May it sign in by a credential that this rule can't see: federated, or on an application of another tenant? */
  readonly otherWayIn: string | null;
  readonly renewBefore: Duration;
  readonly now: Date;
}

const isLastToExpire = (fact: CredentialFact, others: readonly CredentialFact[]): boolean =>
  others.every((other) => `${other.end} ${other.key}` < `${fact.end} ${fact.key}`);

const expired = (fact: CredentialFact, end: Date, around: Circumstances): Complaint => {
  const days = daysBetween(end, around.now);
  const when = `${nameCredential(fact)} expired ${days === 0 ? 'today' : `${countDays(days)} ago`}, on ${end.toISOString().slice(0, 10)}`;
  const dead = !around.others.some((other) => isValidCredential(other, around.now));
  const evidence = { end: fact.end, days, on: fact.on, displayName: fact.displayName };
  if (!dead || !isLastToExpire(fact, around.others))
    return {
      at: fact,
      severity: 'low',
      message: `${when}, and is still there`,
      help: 'delete it: it hides which credential is in use',
      evidence,
    };
  const help =
    'give the identity a new credential before the next backup runs, a federated one if the product can, then delete the expired one';
  return around.otherWayIn === null
    ? {
        at: fact,
        severity: 'high',
        message: `${when}, and no valid one remains: the next sign-in will fail`,
        help,
        evidence,
      }
    : {
        at: fact,
        severity: 'medium',
        confidence: 'likely',
        message: `${when}, and no valid one remains: the next sign-in will fail unless ${around.otherWayIn}`,
        help,
        evidence,
      };
};

const expiring = (fact: CredentialFact, end: Date, around: Circumstances): Complaint | null => {
  const deadline = addDuration(around.now, around.renewBefore);
  if (end.getTime() > deadline.getTime()) return null;
  const outlives = (other: CredentialFact): boolean => {
    const otherEnd = endOfCredential(other);
    return otherEnd === null || otherEnd.getTime() > deadline.getTime();
  };
  if (around.others.some(outlives)) return null;
  const days = daysBetween(around.now, end);
  const limit = daysBetween(around.now, deadline);
  const unless = around.otherWayIn === null ? '' : `, unless ${around.otherWayIn}`;
  return {
    at: fact,
    confidence: around.otherWayIn === null ? 'certain' : 'likely',
    message: `${nameCredential(fact)} expires in ${countDays(days)}, on ${end.toISOString().slice(0, 10)}, and nothing is there to follow it${unless}; it should be renewed ${countDays(limit)} before (\`${around.renewBefore.text}\`)`,
    help: 'add its successor now, change the product over, then delete the old one',
    evidence: { end: fact.end, days, renewBeforeDays: limit, on: fact.on, displayName: fact.displayName },
  };
};

const otherWayIn = (fact: CredentialFact, all: readonly Fact[], allowed: readonly string[] | null): string | null => {
  const own = all.find((other) => other.kind === 'service-principal' && other.identity === fact.identity);
  if (own?.kind === 'service-principal' && !own.hasApplication)
    return 'its application, registered in another tenant, has one';
  return allowed?.includes('federated') ? 'it signs in by federation' : null;
};

/** See docs/rules/expired-credential.md */
export const expiredCredential = defineRule({
  id: 'expired-credential',
  summary: 'A secret or certificate has expired, or is about to with nothing to follow it',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['credential', 'service-principal'],
  since: '0.1.0',
  *check({ facts, all, policy, now }) {
    const terms = policy.policy.credentials;
    const renewBefore = parseDuration(terms?.renewBefore ?? '') ?? defaultRenewBefore;
    const managed = managedIdentitiesIn(all);
    const credentials = facts
      .filter((fact) => fact.kind === 'credential')
      .filter((fact) => !managed.has(fact.identity));
    for (const fact of credentials) {
      const end = endOfCredential(fact);
      if (end === null) continue;
      const others = credentials.filter((other) => other !== fact && other.identity === fact.identity);
      const around = { others, otherWayIn: otherWayIn(fact, all, terms?.allow ?? null), renewBefore, now };
      const complaint = isExpiredCredential(fact, now) ? expired(fact, end, around) : expiring(fact, end, around);
      if (complaint !== null) yield complaint;
    }
  },
});
