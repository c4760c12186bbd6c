import { endOfCredential, isExpiredCredential, managedIdentitiesIn, nameCredential } from '../core/credential.ts';
import { addDuration, countDays, daysBetween, parseDuration } from '../core/duration.ts';
import type { CredentialFact } from '../core/fact.ts';
import type { Policy } from '../core/policy.ts';
import { type Complaint, defineRule, type Severity } from '../core/rule.ts';

const defaultForSecrets = 'P180D';
const defaultForCertificates = 'P366D';
/** Beyond this a secret outlives every portal choice: it was set on purpose, or long ago. */
const twoYears = { text: 'P2Y', months: 24, days: 0, time: 0 };

interface Limit {
  readonly text: string;
  readonly days: number;
  readonly stated: boolean;
}

const limitOf = (fact: CredentialFact, policy: Policy, start: Date): Limit => {
  const written = policy.credentials?.maxLifetime ?? null;
  const stated = written === null ? null : parseDuration(written);
  const text = fact.type === 'secret' ? defaultForSecrets : defaultForCertificates;
  const limit = stated ?? parseDuration(text);
  if (limit === null) throw new Error(`not a duration: ${text}`);
  return { text: limit.text, days: daysBetween(start, addDuration(start, limit)), stated: stated !== null };
};

const severityOf = (fact: CredentialFact, start: Date, end: Date | null, limit: Limit): Severity => {
  if (fact.type === 'certificate') return limit.stated ? 'medium' : 'low';
  return end === null || daysBetween(addDuration(start, twoYears), end) > 0 ? 'high' : 'medium';
};

const complain = (fact: CredentialFact, policy: Policy, now: Date): Complaint | null => {
  const start = fact.start === null ? now : new Date(fact.start);
  const end = endOfCredential(fact);
  const limit = limitOf(fact, policy, start);
  const days = end === null ? null : daysBetween(start, end);
  if (days !== null && days <= limit.days) return null;
  const whose = limit.stated ? 'the policy allows' : 'the policy states no limit, the usual one is';
  const until = end === null ? (fact.end ?? 'none').slice(0, 10) : end.toISOString().slice(0, 10);
  const lives =
    days === null
      ? `never expires (its end is ${until})`
      : `${fact.start === null ? 'is valid for' : 'lives'} ${countDays(days)}, until ${until}`;
  return {
    at: fact,
    severity: severityOf(fact, start, end, limit),
    confidence: fact.start === null && end !== null ? 'likely' : 'certain',
    message: `${nameCredential(fact)} ${lives}; ${whose} ${countDays(limit.days)} (\`${limit.text}\`)`,
    help:
      fact.type === 'secret'
        ? 'use a managed identity or a federated credential, which have nothing to steal; else a certificate, else a secret that is renewed within the limit'
        : 'renew the certificate for a shorter time, with its key in a key vault or a hardware module',
    evidence: {
      start: fact.start,
      end: fact.end,
      days,
      limitDays: limit.days,
      limit: limit.text,
      on: fact.on,
      displayName: fact.displayName,
    },
  };
};

/** See docs/rules/long-lived-secret.md */
export const longLivedSecret = defineRule({
  id: 'long-lived-secret',
  summary: 'A secret or certificate is valid for longer than the policy allows',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['credential'],
  since: '0.1.0',
  *check({ facts, all, policy, now }) {
    const managed = managedIdentitiesIn(all);
    for (const fact of facts) {
      if (managed.has(fact.identity) || isExpiredCredential(fact, now)) continue;
      const complaint = complain(fact, policy.policy, now);
      if (complaint !== null) yield complaint;
    }
  },
});
