import type { Fact, FederatedCredentialFact } from '../core/fact.ts';
import { defineRule, type Severity } from '../core/rule.ts';

/** Audiences that Microsoft Entra recommends, one a cloud (source: workload identity federation, Microsoft Entra). */
const recommended: ReadonlySet<string> = new Set([
  'api://azureadtokenexchange',
  'api://azureadtokenexchangeusgov',
  'api://azureadtokenexchangechina',
]);

interface Oddity {
  readonly severity: Severity;
  readonly says: string;
  readonly help: string;
}

const entraTenant = (issuer: string): string | null =>
  /^https:\/\/(?:login\.microsoftonline\.(?:com|us)|login\.partner\.microsoftonline\.cn|sts\.windows\.net)\/([0-9a-f-]{36})(?:\/|$)/i
    .exec(issuer)?.[1]
    ?.toLowerCase() ?? null;

/** Tenants in which the application is at home, of the identity's service principal. */
const homeOf = (fact: FederatedCredentialFact, all: readonly Fact[]): string | null => {
  const principal = all.find((other) => other.kind === 'service-principal' && other.identity === fact.identity);
  return principal?.kind === 'service-principal' ? principal.ownerTenant : null;
};

const oddityOf = (fact: FederatedCredentialFact, home: string | null): Oddity | null => {
  if (/^http:/i.test(fact.issuer))
    return {
      severity: 'high',
      says: `fetches the keys of issuer \`${fact.issuer}\` without encryption: whoever sits on the way signs in as the identity`,
      help: 'trust an issuer with an `https` address, or delete the credential',
    };
  const tenant = entraTenant(fact.issuer);
  if (tenant !== null && home !== null && tenant !== home)
    return {
      severity: 'medium',
      says: `trusts an identity of another Microsoft Entra tenant, \`${tenant}\`, which this one can neither see nor switch off`,
      help: 'confirm with the people of that tenant what signs in there; else delete the credential',
    };
  const audience = fact.audiences.find((one) => !recommended.has(one.toLowerCase()));
  return audience === undefined
    ? null
    : {
        severity: 'low',
        says: `takes tokens that were made for \`${audience}\`: whoever receives such a token can use it here`,
        help: 'have the token made for `api://AzureADTokenExchange`, which nobody else takes',
      };
};

/** See docs/rules/federated-from-elsewhere.md */
export const federatedFromElsewhere = defineRule({
  id: 'federated-from-elsewhere',
  summary: 'A federated credential trusts an issuer, a tenant or an audience that is out of place',
  severity: 'medium',
  confidence: 'likely',
  kinds: ['federated-credential', 'service-principal'],
  since: '0.1.0',
  *check({ facts, all }) {
    for (const fact of facts) {
      if (fact.kind !== 'federated-credential') continue;
      const oddity = oddityOf(fact, homeOf(fact, all));
      if (oddity === null) continue;
      yield {
        at: fact,
        severity: oddity.severity,
        message: `federated credential \`${fact.name}\` ${oddity.says}`,
        help: oddity.help,
        evidence: { issuer: fact.issuer, audiences: fact.audiences },
      };
    }
  },
});
