import type { Fact } from '../../src/core/fact.ts';
import { permissionWithoutPurpose } from '../../src/rules/permission-without-purpose.ts';
import { appRole, azureRole, delegated, group } from '../support/facts.ts';
import { policy } from '../support/policies.ts';
import { type RuleCase, testRule } from '../support/test-rule.ts';

const asked = (...facts: readonly Fact[]): RuleCase => ({ facts, policy: policy({ desired: facts }) });
const mail = appRole('Mail.Read', { purpose: 'mail' });
const users = appRole('User.Read.All', { purpose: 'lists users' });

testRule(permissionWithoutPurpose, {
  pass: {
    'every line has one': asked(mail, users),
    'no line has one': asked(appRole('Mail.Read'), appRole('User.Read.All')),
    'half of them have one': asked(mail, appRole('Reports.Read.All')),
    'what nobody asked for': { facts: [appRole('Reports.Read.All')], policy: policy({ desired: [mail, users] }) },
    'what has no purpose to state': asked(mail),
  },
  fail: {
    'one of three': {
      ...asked(mail, users, appRole('Reports.Read.All')),
      says: [
        "low certain Reports.Read.All: `Reports.Read.All` has no purpose, and 2 of the policy's 3 permissions and roles have one",
      ],
    },
    'delegated scopes and roles as well': {
      ...asked(
        mail,
        users,
        appRole('Sites.Read.All', { purpose: 'sites' }),
        delegated('User.Read'),
        azureRole('Reader', group('rg-app')),
      ),
      says: [
        "low certain User.Read: `User.Read` has no purpose, and 3 of the policy's 5 permissions and roles have one",
        "low certain Reader: `Reader` has no purpose, and 3 of the policy's 5 permissions and roles have one",
      ],
    },
  },
});
