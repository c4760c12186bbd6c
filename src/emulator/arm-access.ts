import { canonicalScope } from '../core/scope.ts';
import { scopeChain } from './arm-scopes.ts';
import type { ArmStore } from './arm-store.ts';
import { type Json, objectOf, objectsOf, textOf, textsOf } from './json.ts';

/** May a principal do an action at a scope? */
export type ArmAccess = (principalId: string, action: string, scope: string) => boolean;

const patterns = new Map<string, RegExp>();

/** Does an action pattern (`Microsoft.Compute/disks/*`) cover an action? Azure compares without case. */
const matchesAction = (pattern: string, action: string): boolean => {
  let expression = patterns.get(pattern);
  if (expression === undefined) {
    const text = pattern.split('*').map((part) => part.replaceAll(/[.\\^$+?()[\]{}|]/g, '\\$&'));
    expression = new RegExp(`^${text.join('.*')}$`, 'i');
    patterns.set(pattern, expression);
  }
  return expression.test(action);
};

const covers = (permission: Json, action: string): boolean =>
  textsOf(permission, 'actions').some((pattern) => matchesAction(pattern, action)) &&
  !textsOf(permission, 'notActions').some((pattern) => matchesAction(pattern, action));

const namesOneOf = (list: readonly Json[], ids: ReadonlySet<string>): boolean =>
  list.some(
    (row) => ids.has(textOf(row, 'id').toLowerCase()) || textOf(row, 'id') === '00000000-0000-0000-0000-000000000000',
  );

const isDenied = (store: ArmStore, ids: ReadonlySet<string>, action: string, chain: readonly string[]): boolean =>
  store.denyAssignments.all().some((row) => {
    const properties = objectOf(objectOf(row, 'body'), 'properties');
    const scope = textOf(row, 'scope');
    const here = properties['doNotApplyToChildScopes'] === true ? chain[0] === scope : chain.includes(scope);
    return (
      here &&
      namesOneOf(objectsOf(properties, 'principals'), ids) &&
      !namesOneOf(objectsOf(properties, 'excludePrincipals'), ids) &&
      objectsOf(properties, 'permissions').some((permission) => covers(permission, action))
    );
  });

/** Judges by the role assignments of a principal and of its groups, at the scope and above. */
export const makeArmAccess = (store: ArmStore, groupIdsOf: (id: string) => ReadonlySet<string>): ArmAccess => {
  return (principalId, action, scope) => {
    const ids = new Set([principalId.toLowerCase(), ...groupIdsOf(principalId)]);
    const chain = scopeChain(store, canonicalScope(scope));
    const granted = [...ids].some((id) =>
      store.roleAssignments.find('principalId', id).some((row) => {
        if (!chain.includes(textOf(row, 'scope'))) return false;
        const properties = objectOf(objectOf(row, 'body'), 'properties');
        const guid = textOf(properties, 'roleDefinitionId').split('/').at(-1)?.toLowerCase() ?? '';
        const role = store.roleDefinitions.get(guid);
        return role !== undefined && objectsOf(role, 'permissions').some((permission) => covers(permission, action));
      }),
    );
    return granted && !isDenied(store, ids, action, chain);
  };
};
