import { identityId, objectId } from '../../src/core/ids.ts';
import { administratorWithRemotePowershell } from '../../src/rules/administrator-with-remote-powershell.ts';
import { exchangeAccount } from '../support/exchange-facts.ts';
import { directoryRole } from '../support/facts.ts';
import { line, policy } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const account = 'backupadmin@contoso.example';
const person = 'b270dc32-9ede-4648-9d40-c8a1070aba97';
const ofPerson = policy({
  identities: [{ type: 'user', id: identityId(person), objectId: objectId(person), place: line(8) }],
});
const open = exchangeAccount(account, { identity: person, powerShell: true });
const holds = (role: string) => directoryRole(role, { identity: person });

testRule(administratorWithRemotePowershell, {
  pass: {
    'an account that administers nothing': { facts: [open], policy: ofPerson },
    'an account that reads the directory': { facts: [open, holds('Directory Readers')], policy: ofPerson },
    'an administrator who may not': {
      facts: [exchangeAccount(account, { identity: person }), holds('Global Administrator')],
      policy: ofPerson,
    },
    'an administrator of whom nobody told': {
      facts: [exchangeAccount(account, { identity: person, powerShell: null }), holds('Global Administrator')],
      policy: ofPerson,
    },
    'a role of the app, not of the account': [
      exchangeAccount(account, { powerShell: true }),
      directoryRole('Global Administrator'),
    ],
  },
  fail: {
    'an administrator who may': {
      facts: [open, holds('Global Administrator')],
      policy: ofPerson,
      says: [
        `low certain ${account}: account \`${account}\`, which holds \`Global Administrator\`, may use Exchange by PowerShell at any time`,
      ],
    },
  },
});
