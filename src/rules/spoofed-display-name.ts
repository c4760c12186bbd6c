import type { ServicePrincipalFact } from '../core/fact.ts';
import { defineRule } from '../core/rule.ts';

/** Characters that show nothing, or turn what follows around. */
const unseen = /[\p{Cf}\p{Cc}\u115f\u1160\u3164\uffa0]/u;
/** Letters of two alphabets in one word, of which some look alike. */
const mixed =
  /(?=[\p{L}\p{M}\d]*\p{Script=Latin})(?=[\p{L}\p{M}\d]*[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}])[\p{L}\p{M}\d]+/u;

/** A name as the eye reads it, near enough. */
const seen = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();

const flawOf = (name: string): string | null => {
  if (unseen.test(name)) return 'has characters that nobody sees';
  return mixed.test(name.normalize('NFKC')) ? 'mixes letters of two alphabets that look alike in one word' : null;
};

const twinOf = (fact: ServicePrincipalFact, facts: readonly ServicePrincipalFact[]): ServicePrincipalFact | null =>
  facts
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .find((other) => other.appId !== fact.appId && seen(other.displayName) === seen(fact.displayName)) ?? null;

/** See docs/rules/spoofed-display-name.md */
export const spoofedDisplayName = defineRule({
  id: 'spoofed-display-name',
  summary: 'The display name of an identity looks like another one',
  severity: 'medium',
  confidence: 'likely',
  kinds: ['service-principal'],
  since: '0.1.0',
  *check({ facts }) {
    // A vault's identity bears the vault's name, and names of vaults repeat.
    const apps = facts.filter((fact) => fact.type === 'Application' && fact.displayName !== '');
    for (const fact of apps) {
      const flaw = flawOf(fact.displayName);
      const twin = twinOf(fact, apps);
      if (flaw === null && twin === null) continue;
      const what = flaw ?? `reads like that of app \`${twin?.appId ?? twin?.objectId}\`, which the policy names too`;
      yield {
        at: fact,
        message: `the display name of app \`${fact.appId ?? fact.objectId}\` ${what}: people who go by names will take one for the other`,
        help: 'find out who registered it and when; rename it, or remove it if it is not what its name says',
        evidence: { displayName: fact.displayName, twin: twin?.appId ?? null },
      };
    }
  },
});
