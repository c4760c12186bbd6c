import { appId } from '../../src/core/ids.ts';
import { forbiddenAppPresent } from '../../src/rules/forbidden-app-present.ts';
import { otherApp } from '../support/facts.ts';
import { line, policy } from '../support/policies.ts';
import { namedApp, namedUser } from '../support/safety-facts.ts';
import { testRule } from '../support/test-rule.ts';

const name = 'backupadmin@contoso.example';
const id = 'ca000000-0000-4000-8000-00000000000f';
const named = { userPrincipalName: null, purpose: null, place: line(30) };
const unwanting = policy({
  mustNotExist: [
    { ...named, appId: appId(otherApp) },
    { ...named, appId: null, userPrincipalName: name },
  ],
});
const gone = ', and `mustNotExist` says that it has to be gone';
const says = (severity: string, subject: string, what: string) => `${severity} certain ${subject}: ${what}${gone}`;

testRule(forbiddenAppPresent, {
  pass: {
    'nobody of them': { facts: [], policy: unwanting },
    'one that lies in the deleted items': { facts: [namedApp(otherApp, { state: 'deleted' })], policy: unwanting },
    'one that has to be there': {
      facts: [namedApp(otherApp)],
      policy: policy({ mustExist: [{ ...named, appId: appId(otherApp) }] }),
    },
    'a retired policy': { facts: [namedApp(otherApp)], policy: policy({ ...unwanting.policy, state: 'retired' }) },
    'another policy’s': [namedUser(name)],
  },
  fail: {
    'an app': {
      facts: [namedApp(otherApp)],
      policy: unwanting,
      says: [says('medium', otherApp, `app \`${otherApp}\` is still in the tenant`)],
    },
    'an app with a role': {
      facts: [namedApp(otherApp, { roles: ['Reports Reader'] })],
      policy: unwanting,
      says: [says('high', otherApp, `app \`${otherApp}\` is still in the tenant: it holds \`Reports Reader\``)],
    },
    'an app that is switched off': {
      facts: [namedApp(otherApp, { enabled: false })],
      policy: unwanting,
      says: [says('low', otherApp, `app \`${otherApp}\` is still in the tenant: it can not sign in as it is`)],
    },
    'a user with a mailbox': {
      facts: [namedUser(name, { licences: 2, hasMailbox: true })],
      policy: unwanting,
      says: [says('high', id, `user \`${name}\` is still in the tenant: it has a mailbox and has 2 licences`)],
    },
    'a user who controls the tenant': {
      facts: [namedUser(name, { roles: ['Global Administrator'], licences: 1, hasMailbox: true })],
      policy: unwanting,
      says: [
        says(
          'critical',
          id,
          `user \`${name}\` is still in the tenant: it holds \`Global Administrator\`, has a mailbox and has 1 licence`,
        ),
      ],
    },
  },
});
