import type { FactOf } from '../../src/core/fact.ts';
import { appId, identityId } from '../../src/core/ids.ts';
import { presenceKey } from '../../src/core/presence.ts';
import { backupApp } from './facts.ts';

type Fields<K extends Parameters<typeof kindOf>[0]> = Partial<Omit<FactOf<K>, 'kind' | 'identity'>>;
const kindOf = (kind: 'federated-credential' | 'app-presence' | 'sign-in-activity' | 'directory-audit') => kind;

export const github = 'https://token.actions.githubusercontent.com';

/** A federated credential of the backup app, for a GitHub environment with ids unless told. */
export const federated = (more: Fields<'federated-credential'> = {}): FactOf<'federated-credential'> => {
  const { subject = 'fic-1' } = more;
  return {
    kind: 'federated-credential',
    key: `federated-credential/${backupApp}/${subject}`,
    identity: identityId(backupApp),
    subject,
    name: 'github',
    issuer: github,
    claim: more.expression == null ? 'repo:contoso@123/backup@456:environment:backup' : null,
    expression: null,
    audiences: ['api://AzureADTokenExchange'],
    on: 'application',
    ...more,
  };
};

const presence = (
  named: { readonly appId: ReturnType<typeof appId> | null; readonly userPrincipalName: string | null },
  more: Fields<'app-presence'>,
): FactOf<'app-presence'> => ({
  kind: 'app-presence',
  key: presenceKey(identityId(backupApp), named, more.state),
  identity: identityId(backupApp),
  subject: named.appId ?? 'ca000000-0000-4000-8000-00000000000f',
  what: named.appId === null ? 'user' : 'app',
  ...named,
  displayName: 'left over',
  state: 'present',
  enabled: true,
  roles: [],
  licences: 0,
  hasMailbox: false,
  ...more,
});

/** An app that a policy names, present unless told. */
export const namedApp = (id: string, more: Fields<'app-presence'> = {}) =>
  presence({ appId: appId(id), userPrincipalName: null }, more);

/** A user that a policy names, present unless told. */
export const namedUser = (userPrincipalName: string, more: Fields<'app-presence'> = {}) =>
  presence({ appId: null, userPrincipalName }, more);

/** When the backup app last signed in. */
export const signIns = (
  last: string | null,
  credentials: FactOf<'sign-in-activity'>['credentials'] = [],
): FactOf<'sign-in-activity'> => ({
  kind: 'sign-in-activity',
  key: `sign-in-activity/${backupApp}`,
  identity: identityId(backupApp),
  subject: backupApp,
  last,
  credentials,
});

/** An administrator with a role that is held for good. */
export const administrator: FactOf<'directory-audit'>['actor'] = {
  type: 'user',
  id: 'ca000000-0000-4000-8000-0000000000ad',
  name: 'admin@contoso.example',
  roles: ['Global Administrator'],
};

/** An entry of the audit log about the backup app. */
export const audit = (
  activity: string,
  at: string,
  actor: FactOf<'directory-audit'>['actor'] = administrator,
): FactOf<'directory-audit'> => ({
  kind: 'directory-audit',
  key: `directory-audit/${backupApp}/${at}/${activity}/${actor.id}`,
  identity: identityId(backupApp),
  subject: activity,
  activity,
  at,
  actor,
});
