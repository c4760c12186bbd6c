import { isValidCredential } from '../core/credential.ts';
import type { CredentialFact, SignInActivityFact } from '../core/fact.ts';
import { defineRule } from '../core/rule.ts';

const days = 90;
const day = 86_400_000;

const ageOf = (last: string, now: Date): number => Math.floor((now.getTime() - Date.parse(last)) / day);

/** Is another credential of the identity the one that is in use? */
const isAnotherUsed = ({ credentials }: SignInActivityFact, keyId: string, now: Date): boolean =>
  credentials.some((other) => other.keyId !== keyId && other.last !== null && ageOf(other.last, now) <= days);

/** See docs/rules/unused-credential.md */
export const unusedCredential = defineRule({
  id: 'unused-credential',
  summary: 'A credential was last used 90 days ago or more, while another one is in use',
  severity: 'low',
  confidence: 'likely',
  kinds: ['sign-in-activity', 'credential'],
  since: '0.1.0',
  *check({ facts, now }) {
    const valid = facts.filter(
      (fact): fact is CredentialFact => fact.kind === 'credential' && isValidCredential(fact, now),
    );
    for (const fact of facts) {
      if (fact.kind !== 'sign-in-activity') continue;
      for (const { keyId, last } of fact.credentials) {
        const held = valid.find((one) => one.subject === keyId && one.identity === fact.identity);
        if (held === undefined || last === null) continue;
        const age = ageOf(last, now);
        if (age <= days || !isAnotherUsed(fact, keyId, now)) continue;
        yield {
          at: held,
          message: `${held.type} \`${keyId}\` was last used on ${last.slice(0, 10)}, ${age} days ago, while another credential is in use`,
          help: 'delete it: what nobody uses is only good for somebody who found it',
          evidence: { last, days: age, on: held.on },
        };
      }
    }
  },
});
