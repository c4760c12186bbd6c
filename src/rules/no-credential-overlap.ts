import { endOfCredential, isExpiredCredential, managedIdentitiesIn, nameCredential } from '../core/credential.ts';
import { countDays, daysBetween } from '../core/duration.ts';
import type { CredentialFact } from '../core/fact.ts';
import { placeOfIdentity } from '../core/identity-of.ts';
import { type Complaint, defineRule } from '../core/rule.ts';

interface Span {
  readonly fact: CredentialFact;
  readonly start: Date;
  /** `null`: never. */
  readonly end: Date | null;
}

const spanOf = (fact: CredentialFact): Span => ({
  fact,
  start: new Date(fact.start ?? 0),
  end: endOfCredential(fact),
});

/** The first time, from now on, in which no credential works although a later one is there. */
const findGap = (spans: readonly Span[], now: Date): { readonly last: Span | null; readonly next: Span } | null => {
  let last: Span | null = null;
  let covered = now;
  for (const span of spans.toSorted((a, b) => a.start.getTime() - b.start.getTime())) {
    if (span.start > covered) return { last, next: span };
    if (span.end === null) return null;
    if (span.end > covered) [covered, last] = [span.end, span];
  }
  return null;
};

const tell = (last: Span | null, next: Span, now: Date): string => {
  const from = last?.end ?? now;
  const days = daysBetween(from, next.start);
  const gap = `${from.toISOString().slice(0, 10)} to ${next.start.toISOString().slice(0, 10)}`;
  const before = last === null ? 'nothing valid is there before' : `${nameCredential(last.fact)} ends before`;
  return `backups stop from ${gap}, for ${days === 0 ? 'less than a day' : countDays(days)}: ${before} ${nameCredential(next.fact)} begins`;
};

/** See docs/rules/no-credential-overlap.md */
export const noCredentialOverlap = defineRule({
  id: 'no-credential-overlap',
  summary: 'One credential ends before the next one begins',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['credential', 'service-principal'],
  since: '0.1.0',
  *check({ facts, all, policy: { policy }, now }): Iterable<Complaint> {
    const managed = managedIdentitiesIn(all);
    const own = facts.filter((fact) => fact.kind === 'credential').filter(({ identity }) => !managed.has(identity));
    for (const [identity, credentials] of Map.groupBy(own, (fact) => fact.identity)) {
      const gap = findGap(credentials.filter((fact) => !isExpiredCredential(fact, now)).map(spanOf), now);
      // That none works at this moment and one has expired is told by `expired-credential`.
      if (gap === null || (gap.last === null && credentials.some((fact) => isExpiredCredential(fact, now)))) continue;
      const isLocal = all.every(
        (fact) => fact.kind !== 'service-principal' || fact.identity !== identity || fact.hasApplication,
      );
      const isSure = isLocal && policy.credentials?.allow?.includes('federated') !== true;
      yield {
        at: null,
        about: { identity, subject: gap.next.fact.subject, place: placeOfIdentity(policy, identity) },
        confidence: isSure ? 'certain' : 'likely',
        message: `${tell(gap.last, gap.next, now)}${isSure ? '' : ', unless it signs in by a credential that is not seen here'}`,
        help: 'add a credential that begins before the current one ends, and change the product over in between',
        evidence: { ends: gap.last?.fact.end ?? null, begins: gap.next.fact.start },
      };
    }
  },
});
