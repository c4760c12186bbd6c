import { administratorWithMailbox } from '../../src/rules/administrator-with-mailbox.ts';
import { administrator } from '../support/door-facts.ts';
import { directoryRole } from '../support/facts.ts';
import { testRule } from '../support/test-rule.ts';

testRule(administratorWithMailbox, {
  pass: {
    nobody: [],
    'an administrator without a mailbox': [administrator({ hasMailbox: false })],
    'one of whom nobody says it': [administrator({ hasMailbox: null })],
    'an app with the role': [directoryRole('Global Administrator')],
  },
  fail: {
    'an account called after backup': {
      facts: [administrator()],
      says: [
        'high certain backupadmin@contoso.example: account `backupadmin@contoso.example`, called after the backup, is `Global Administrator` and has a mailbox, in which it can be phished',
      ],
    },
    'the account with which the product signs in': {
      facts: [administrator({ by: 'identity', roles: ['Global Administrator', 'Privileged Role Administrator'] })],
      says: [
        'high certain backupadmin@contoso.example: account `backupadmin@contoso.example`, with which the backup product signs in, is `Global Administrator` and `Privileged Role Administrator` and has a mailbox, in which it can be phished',
      ],
    },
    'an owner, and one whom the policy names': {
      facts: [
        administrator({ by: 'owner', userPrincipalName: 'a@contoso.example' }),
        administrator({ by: 'presence', userPrincipalName: 'b@contoso.example' }),
      ],
      says: [
        'high certain a@contoso.example: account `a@contoso.example`, which owns the backup app, is `Global Administrator` and has a mailbox, in which it can be phished',
        'high certain b@contoso.example: account `b@contoso.example`, which the policy names, is `Global Administrator` and has a mailbox, in which it can be phished',
      ],
    },
  },
});
