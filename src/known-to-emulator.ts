import { apis } from './knowledge/apis.ts';
import { azureRoles } from './knowledge/azure-roles.ts';
import { permissions } from './knowledge/permissions.ts';

/** What the embedded tenant offers beside its state file: the APIs, permissions and Azure roles of our knowledge. */
export const knownToEmulator = () => ({
  knownApis: apis.map(({ appId, name }) => {
    const offered = (type: 'application' | 'delegated') =>
      permissions
        .filter((permission) => permission.api === appId && permission.type === type)
        .map(({ id, value }) => ({ id, value }));
    return { appId, displayName: name, appRoles: offered('application'), oauth2PermissionScopes: offered('delegated') };
  }),
  knownAzureRoles: azureRoles.map(({ id, name, permissions: blocks }) => ({ id, roleName: name, permissions: blocks })),
});
