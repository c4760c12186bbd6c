import { identityId, objectId } from '../../src/core/ids.ts';
import { administratorOwnsPublicFolders } from '../../src/rules/administrator-owns-public-folders.ts';
import { exchangeAccount } from '../support/exchange-facts.ts';
import { directoryRole } from '../support/facts.ts';
import { line, policy } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const account = 'backupadmin@contoso.example';
const person = 'b270dc32-9ede-4648-9d40-c8a1070aba97';
const ofPerson = policy({
  identities: [{ type: 'user', id: identityId(person), objectId: objectId(person), place: line(8) }],
});
const owner = exchangeAccount(account, { identity: person, publicFolders: ['\\'] });
const holds = (role: string) => directoryRole(role, { identity: person });

testRule(administratorOwnsPublicFolders, {
  pass: {
    'a plain account that owns them': { facts: [owner], policy: ofPerson },
    'an administrator who owns none': {
      facts: [exchangeAccount(account, { identity: person }), holds('Global Administrator')],
      policy: ofPerson,
    },
    'a role of the app, not of the account': [
      exchangeAccount(account, { publicFolders: ['\\'] }),
      directoryRole('Global Administrator'),
    ],
  },
  fail: {
    'an administrator who owns them all': {
      facts: [owner, holds('Global Administrator')],
      policy: ofPerson,
      says: [
        `medium certain ${account}: account \`${account}\`, which holds \`Global Administrator\`, owns public folders: \`\\\``,
      ],
    },
  },
});
