import type { ApplicationAccessPolicyFact, ExchangeRoleAssignmentFact } from '../../src/core/access-fact.ts';
import { appId, identityId } from '../../src/core/ids.ts';
import type { ExchangeAccountFact } from '../../src/core/safety-fact.ts';
import { backupApp } from './facts.ts';

/** A role in Exchange, on every mailbox unless told. */
export const exchangeRole = (
  role: string,
  scope = 'organization',
  more: Partial<Pick<ExchangeRoleAssignmentFact, 'parent' | 'roleGroup' | 'commands'>> & { identity?: string } = {},
): ExchangeRoleAssignmentFact => {
  const { identity = backupApp, ...rest } = more;
  return {
    kind: 'exchange-role-assignment',
    key: `exchange-role-assignment/${identity}/${role.toLowerCase()}/${scope.toLowerCase()}`,
    identity: identityId(identity),
    subject: role,
    role,
    scope,
    parent: null,
    roleGroup: null,
    commands: null,
    assignmentId: null,
    ...rest,
  };
};

/** An account of which nothing is wrong unless told, under the backup app unless told. */
export const exchangeAccount = (
  userPrincipalName: string,
  more: Partial<Pick<ExchangeAccountFact, 'powerShell' | 'auditBypass' | 'publicFolders'>> & { identity?: string } = {},
): ExchangeAccountFact => {
  const { identity = backupApp, ...rest } = more;
  return {
    kind: 'exchange-account',
    key: `exchange-account/${identity}/${userPrincipalName}`,
    identity: identityId(identity),
    subject: userPrincipalName,
    userPrincipalName,
    powerShell: false,
    auditBypass: false,
    publicFolders: [],
    ...rest,
  };
};

/** An application access policy on the backup app. */
export const accessPolicy = (
  scope: string,
  right: ApplicationAccessPolicyFact['right'] = 'RestrictAccess',
): ApplicationAccessPolicyFact => ({
  kind: 'application-access-policy',
  key: `application-access-policy/${backupApp}/${right.toLowerCase()}/${scope.toLowerCase()}`,
  identity: identityId(backupApp),
  subject: scope,
  appId: appId(backupApp),
  right,
  scope,
});
