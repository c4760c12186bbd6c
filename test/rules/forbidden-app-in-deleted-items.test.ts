import { appId } from '../../src/core/ids.ts';
import { forbiddenAppInDeletedItems } from '../../src/rules/forbidden-app-in-deleted-items.ts';
import { otherApp } from '../support/facts.ts';
import { line, policy } from '../support/policies.ts';
import { namedApp, namedUser } from '../support/safety-facts.ts';
import { testRule } from '../support/test-rule.ts';

const name = 'backupadmin@contoso.example';
const named = { userPrincipalName: null, purpose: null, place: line(30) };
const unwanting = policy({
  mustNotExist: [
    { ...named, appId: appId(otherApp) },
    { ...named, appId: null, userPrincipalName: name },
  ],
});

testRule(forbiddenAppInDeletedItems, {
  pass: {
    'nobody of them': { facts: [], policy: unwanting },
    'one that is still there, which is told otherwise': { facts: [namedApp(otherApp)], policy: unwanting },
    'one that has to be there': {
      facts: [namedApp(otherApp, { state: 'deleted' })],
      policy: policy({ mustExist: [{ ...named, appId: appId(otherApp) }] }),
    },
  },
  fail: {
    'an app': {
      facts: [namedApp(otherApp, { state: 'deleted' })],
      policy: unwanting,
      says: [
        `low certain ${otherApp}: app \`${otherApp}\` is deleted and can be restored with all that it held until 30 days are over`,
      ],
    },
    'a user': {
      facts: [namedUser(name, { state: 'deleted' })],
      policy: unwanting,
      says: [
        `low certain ca000000-0000-4000-8000-00000000000f: user \`${name}\` is deleted and can be restored with all that it held until 30 days are over`,
      ],
    },
  },
});
