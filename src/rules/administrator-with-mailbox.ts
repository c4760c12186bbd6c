import type { AdministratorFact } from '../core/fact.ts';
import { defineRule } from '../core/rule.ts';
import { tellList } from '../knowledge/tell-list.ts';

const how: Readonly<Record<AdministratorFact['by'], string>> = {
  identity: 'with which the backup product signs in',
  presence: 'which the policy names',
  owner: 'which owns the backup app',
  name: 'called after the backup',
};

/** See docs/rules/administrator-with-mailbox.md */
export const administratorWithMailbox = defineRule({
  id: 'administrator-with-mailbox',
  summary: 'An account of the backup rules the tenant and reads mail',
  severity: 'high',
  confidence: 'certain',
  kinds: ['administrator'],
  since: '0.1.0',
  *check({ facts }) {
    for (const fact of facts) {
      if (fact.hasMailbox !== true) continue;
      yield {
        at: fact,
        message: `account \`${fact.subject}\`, ${how[fact.by]}, is ${tellList(fact.roles)} and has a mailbox, in which it can be phished`,
        help: 'take the role away, or the mailbox: an account without mail that activates the role for an hour does what the page of a product asks of an administrator',
        evidence: { roles: fact.roles, by: fact.by },
      };
    }
  },
});
