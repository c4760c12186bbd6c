import { permanentAdministratorForBackup } from '../../src/rules/permanent-administrator-for-backup.ts';
import { administrator } from '../support/door-facts.ts';
import { line, policy } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const named = { appId: null, userPrincipalName: 'BackupAdmin@contoso.example', purpose: null, place: line(40) };

testRule(permanentAdministratorForBackup, {
  pass: {
    nobody: [],
    'an identity of the policy, whose role another rule tells': [administrator({ by: 'identity' })],
    'an owner, who is there for more': [administrator({ by: 'owner' })],
    'one who has to be gone anyway': {
      facts: [administrator({ by: 'presence' })],
      policy: policy({ mustNotExist: [named] }),
    },
  },
  fail: {
    'an account called after backup': {
      facts: [administrator()],
      says: [
        'medium likely backupadmin@contoso.example: account `backupadmin@contoso.example` is there for the backup, and is `Global Administrator` of the whole tenant',
      ],
    },
    'an account that the policy wants to stay': {
      facts: [administrator({ by: 'presence', hasMailbox: false })],
      policy: policy({ mustExist: [named] }),
      says: [
        'medium likely backupadmin@contoso.example: account `backupadmin@contoso.example` is there for the backup, and is `Global Administrator` of the whole tenant',
      ],
    },
    'both roles': {
      facts: [administrator({ roles: ['Global Administrator', 'Privileged Role Administrator'] })],
      says: [
        'medium likely backupadmin@contoso.example: account `backupadmin@contoso.example` is there for the backup, and is `Global Administrator` and `Privileged Role Administrator` of the whole tenant',
      ],
    },
  },
});
