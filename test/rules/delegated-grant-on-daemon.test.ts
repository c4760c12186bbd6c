import { objectId } from '../../src/core/ids.ts';
import { delegatedGrantOnDaemon } from '../../src/rules/delegated-grant-on-daemon.ts';
import { appRole, backupObject, delegated, forUser, serviceManagement } from '../support/facts.ts';
import { line, policy } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const impersonation = delegated('user_impersonation', { api: serviceManagement });
const asked = delegated('Domain.Read.All', { consents: [], purpose: 'lists the domains during set-up' });
const user = policy({
  identities: [{ type: 'user', id: impersonation.identity, objectId: objectId(backupObject), place: line(8) }],
});

testRule(delegatedGrantOnDaemon, {
  pass: {
    'application permissions only': [appRole('Mail.Read'), appRole('User.Read.All')],
    'an identity that is a person': { facts: [impersonation], policy: user },
    'a policy that declares a scope which nobody holds': { facts: [], policy: policy({ desired: [asked] }) },
    'nothing at all': [],
    'an application permission that is named like a delegated one': [appRole('User.Read')],
  },
  fail: {
    'acting on Azure as any user': {
      facts: [impersonation],
      says: [
        'high certain user_impersonation: delegated permission `user_impersonation` on Windows Azure Service Management API does nothing for an app that signs in as itself, and only lets it act on Azure with all roles of any user who signs in to it',
      ],
    },
    'acting on Azure as one user, and as a policy asks for it': {
      facts: [delegated('user_impersonation', { api: serviceManagement, consents: [forUser(backupObject)] })],
      says: [
        'medium certain user_impersonation: delegated permission `user_impersonation` on Windows Azure Service Management API does nothing for an app that signs in as itself, and only lets it act on Azure with all roles of a user who signs in to it',
      ],
    },
    'sign-in scopes beside one that keeps the sign-in': {
      facts: [delegated('User.Read'), delegated('offline_access')],
      says: [
        'low certain User.Read: delegated permission `User.Read` on Microsoft Graph does nothing for an app that signs in as itself, and is never used',
        'medium certain offline_access: delegated permission `offline_access` on Microsoft Graph does nothing for an app that signs in as itself, and only lets it act as any user who signs in to it',
      ],
    },
    'a scope that reaches control of the tenant': {
      facts: [delegated('Application.ReadWrite.All')],
      says: [
        'high certain Application.ReadWrite.All: delegated permission `Application.ReadWrite.All` on Microsoft Graph does nothing for an app that signs in as itself, and only lets it act as any user who signs in to it',
      ],
    },
    'a scope that the policy declares with a purpose': {
      facts: [delegated('Domain.Read.All')],
      policy: policy({ desired: [asked] }),
      says: [
        'medium likely Domain.Read.All: delegated permission `Domain.Read.All` on Microsoft Graph does nothing for an app that signs in as itself, and only lets it act as any user who signs in to it; the policy states a purpose for it, so a person should look',
      ],
    },
  },
});
