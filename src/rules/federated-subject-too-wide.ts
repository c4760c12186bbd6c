import type { Fact, FederatedCredentialFact } from '../core/fact.ts';
import { defineRule, type Severity } from '../core/rule.ts';
import { type Trust, trustOf } from '../knowledge/federated-trust.ts';
import { readsOnly } from '../knowledge/reads-only.ts';

/** Can the identity change anything? What a pull request may read is its author's to read anyway, mostly. */
const canWrite = (fact: FederatedCredentialFact, all: readonly Fact[]): boolean =>
  all.some((other) => {
    if (other.identity !== fact.identity) return false;
    if (other.kind === 'app-role-assignment') return !readsOnly(other.subject);
    if (other.kind === 'azure-role-assignment') return other.subject !== 'Reader' && !other.orphaned;
    return other.kind === 'directory-role-assignment' && !/Reader$/.test(other.subject);
  });

const lower: Readonly<Record<Severity, Severity>> = { critical: 'high', high: 'medium', medium: 'low', low: 'low' };

const gravity = (trust: Trust, canChange: boolean): Severity => {
  if (trust.pullRequest) return canChange ? 'high' : 'low';
  const open: Severity = trust.open === 'ref' ? 'medium' : 'high';
  return trust.isOneWorkflow ? lower[open] : open;
};

const tell = ({ open, repository, pullRequest }: Trust): string => {
  if (pullRequest)
    return `any pull request of \`${repository}\`: whoever may push a branch there runs as the identity before anybody has reviewed it`;
  if (open === 'ref') return `any branch or environment of \`${repository}\` that fits its pattern`;
  return open === 'repository' || repository !== null
    ? `any repository of \`${repository?.split('/')[0]}\` that fits its pattern, those that are made tomorrow too`
    : 'tokens of anybody for whom the issuer signs';
};

/** See docs/rules/federated-subject-too-wide.md */
export const federatedSubjectTooWide = defineRule({
  id: 'federated-subject-too-wide',
  summary: 'A federated credential trusts more workflows than the one that needs the identity',
  severity: 'high',
  confidence: 'certain',
  kinds: ['federated-credential', 'app-role-assignment', 'azure-role-assignment', 'directory-role-assignment'],
  since: '0.1.0',
  *check({ facts, all }) {
    for (const fact of facts) {
      if (fact.kind !== 'federated-credential') continue;
      const trust = trustOf(fact);
      if (trust.open === null && !trust.pullRequest) continue;
      yield {
        at: fact,
        severity: gravity(trust, canWrite(fact, all)),
        message: `federated credential \`${fact.name}\` trusts ${tell(trust)}`,
        help: 'trust one protected environment or branch of one repository: `repo:owner@123/repository@456:environment:backup`',
        evidence: { issuer: fact.issuer, claim: fact.claim, expression: fact.expression },
      };
    }
  },
});
