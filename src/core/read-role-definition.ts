import { roleId } from './ids.ts';
import type { Answer, ArmPort } from './ports.ts';
import { readAs } from './read-rows.ts';
import { parseRoleDefinition } from './role-rows.ts';
import { subscriptionOf } from './scope.ts';
import type { AzureRoleName } from './snapshot.ts';
import { objectOf } from './wire.ts';

/** Asks ARM itself for a role definition by its GUID; a custom one is known only within the subscriptions it is meant for. */
export const readRoleDefinition = async (role: string, scope: string, arm: ArmPort): Promise<Answer<AzureRoleName>> => {
  const subscription = subscriptionOf(scope);
  const within = subscription === null ? '' : `/subscriptions/${subscription}`;
  const path = `${within}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
  return readAs(await arm.get(path, '2022-04-01'), `GET ${path}`, (found) =>
    parseRoleDefinition(roleId(role), objectOf(found, 'a role definition')['properties']),
  );
};
