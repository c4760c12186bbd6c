import { orphanedAssignment } from '../../src/rules/orphaned-assignment.ts';
import { azureRole, backupObject, group } from '../support/facts.ts';
import { testRule } from '../support/test-rule.ts';

testRule(orphanedAssignment, {
  pass: {
    'a role held by an identity that exists': [azureRole('Reader', group('rg-app'))],
    'a role that a policy asks for, held by nobody yet': [azureRole('Reader', group('rg-app'), { principal: null })],
  },
  fail: {
    'a role held by an identity that is gone': {
      facts: [azureRole('Contributor', group('rg-app'), { orphaned: true })],
      says: [
        `medium certain Contributor: \`Contributor\` on \`${group('rg-app')}\` is held by principal \`${backupObject}\`, which no longer exists`,
      ],
    },
  },
});
