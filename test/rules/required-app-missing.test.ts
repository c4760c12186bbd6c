import { appId } from '../../src/core/ids.ts';
import { requiredAppMissing } from '../../src/rules/required-app-missing.ts';
import { otherApp } from '../support/facts.ts';
import { line, policy } from '../support/policies.ts';
import { namedApp, namedUser } from '../support/safety-facts.ts';
import { testRule } from '../support/test-rule.ts';

const name = 'helper@contoso.example';
const wanting = (more: Partial<Parameters<typeof policy>[0]> = {}) =>
  policy({
    mustExist: [{ appId: appId(otherApp), userPrincipalName: null, purpose: 'reads sites', place: line(30) }],
    ...more,
  });
const wantingUser = policy({ mustExist: [{ appId: null, userPrincipalName: name, purpose: null, place: line(30) }] });
const needed = ', and `mustExist` says that the backup needs it';

testRule(requiredAppMissing, {
  pass: {
    'an app that is there': { facts: [namedApp(otherApp)], policy: wanting() },
    'a user that is there, in other letters': { facts: [namedUser('Helper@Contoso.example')], policy: wantingUser },
    'an app that nothing says of whether it is on': {
      facts: [namedApp(otherApp, { enabled: null })],
      policy: wanting(),
    },
    'a policy that needs nobody': [],
    'a retired policy': { facts: [], policy: wanting({ state: 'retired' }) },
  },
  fail: {
    'an app that is not there': {
      facts: [],
      policy: wanting(),
      says: [`high certain ${otherApp}: app \`${otherApp}\` is not in the tenant (reads sites)${needed}`],
    },
    'an app that was deleted': {
      facts: [namedApp(otherApp, { state: 'deleted' })],
      policy: wanting(),
      says: [
        `high certain ${otherApp}: app \`${otherApp}\` was deleted, and lies in the deleted items until 30 days are over (reads sites)${needed}`,
      ],
    },
    'a user that is switched off': {
      facts: [namedUser(name, { enabled: false })],
      policy: wantingUser,
      says: [
        `high certain ca000000-0000-4000-8000-00000000000f: user \`${name}\` is switched off or has no service principal in this tenant${needed}`,
      ],
    },
  },
});
