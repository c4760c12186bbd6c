import { defineRule } from '../core/rule.ts';
import { asksForIds, trustOf } from '../knowledge/federated-trust.ts';

/** See docs/rules/federated-subject-by-name.md */
export const federatedSubjectByName = defineRule({
  id: 'federated-subject-by-name',
  summary: 'A federated credential trusts a GitHub repository by its name alone',
  severity: 'low',
  confidence: 'likely',
  kinds: ['federated-credential'],
  since: '0.1.0',
  *check({ facts }) {
    for (const fact of facts) {
      const { isByName, open, repository } = trustOf(fact);
      // Where any repository of an owner will do, its name is not what matters.
      if (!isByName || open === 'anything' || asksForIds(fact.expression)) continue;
      yield {
        at: fact,
        message: `federated credential \`${fact.name}\` trusts GitHub repository \`${repository}\` by its name: whoever gets the name after it was given up signs in as the backup`,
        help: 'have GitHub put the ids into the subject (`use_immutable_subject`), and write it with them: `repo:owner@123/repository@456:…`',
        evidence: { issuer: fact.issuer, claim: fact.claim, expression: fact.expression },
      };
    }
  },
});
