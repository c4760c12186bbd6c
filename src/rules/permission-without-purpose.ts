import type { Fact } from '../core/fact.ts';
import { defineRule } from '../core/rule.ts';

type Stated = Extract<Fact, { purpose: string | null }>;

const isStated = (fact: Fact): fact is Stated => 'purpose' in fact;

/** See docs/rules/permission-without-purpose.md */
export const permissionWithoutPurpose = defineRule({
  id: 'permission-without-purpose',
  summary: 'A permission or role is asked for without a word on what it is for, among others that say it',
  severity: 'low',
  confidence: 'certain',
  kinds: ['app-role-assignment', 'delegated-grant', 'azure-role-assignment'],
  since: '0.1.0',
  *check({ facts, policy: { desired } }) {
    // Several identities of a policy are asked for by one line.
    const stated = [...new Map(desired.map(({ fact, place }) => [JSON.stringify(place), fact])).values()].filter(
      isStated,
    );
    const withPurpose = stated.filter(({ purpose }) => purpose !== null).length;
    // Where purposes are rare, nobody here writes them.
    if (withPurpose * 2 <= stated.length) return;
    const silent = new Set(desired.flatMap(({ fact }) => (isStated(fact) && fact.purpose === null ? [fact.key] : [])));
    for (const fact of facts) {
      if (!silent.has(fact.key)) continue;
      yield {
        at: fact,
        message: `\`${fact.subject}\` has no purpose, and ${withPurpose} of the policy's ${stated.length} permissions and roles have one`,
        help: `write what it is for, as \`{ ${fact.kind === 'azure-role-assignment' ? 'role' : 'permission'}: ${fact.subject}, purpose: … }\`; if nobody knows, remove it`,
        evidence: { withPurpose, all: stated.length },
      };
    }
  },
});
