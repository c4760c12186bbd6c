import type { Place } from './diagnostic.ts';
import { armId, objectId, roleId } from './ids.ts';
import type { Policy, WrittenAccess, WrittenApiPermissions, WrittenAzureRole, WrittenPermission } from './policy.ts';
import { at, entriesOf, itemsOf, textOf, type YamlNode } from './yaml-tree.ts';

const required = (node: YamlNode | null): string => textOf(node) ?? '';
const isTrue = (node: YamlNode | null): boolean => node?.type === 'scalar' && node.value === true;

const permissionOf = (node: YamlNode, place: Place): WrittenPermission => ({
  name: textOf(node) ?? required(at(node, 'permission')),
  purpose: textOf(at(node, 'purpose')),
  place,
});

const azureRoleOf = (node: YamlNode, place: Place): WrittenAzureRole => {
  const id = textOf(at(node, 'roleId'));
  return {
    role: textOf(at(node, 'role')),
    roleId: id === null ? null : roleId(id),
    scope: armId(required(at(node, 'scope'))),
    condition: textOf(at(node, 'condition')),
    eligible: isTrue(at(node, 'eligible')),
    purpose: textOf(at(node, 'purpose')),
    place,
  };
};

/** One text for the three shapes: as written, `group:<id>` or `administrativeUnit:<id>`. */
const exchangeScopeOf = (node: YamlNode | null): string => {
  const [first] = entriesOf(node);
  return first === undefined ? required(node) : `${first[0]}:${required(first[1].value)}`;
};

/** The access map of a policy whose tree was found right; `null` where the policy has none. */
export const normaliseAccess = (access: YamlNode | null, placeFor: (node: YamlNode) => Place): Policy['access'] => {
  if (access === null) return null;
  if (textOf(access) === 'minimal') return 'minimal';
  // Absent and empty differ: an absent plane is not managed, an empty one may hold nothing.
  const each = <T>(plane: keyof WrittenAccess, read: (node: YamlNode, place: Place) => T): readonly T[] | null => {
    const list = at(access, plane);
    return list === null ? null : itemsOf(list).map((node) => read(node, placeFor(node)));
  };
  const apis = (plane: keyof WrittenAccess): readonly WrittenApiPermissions[] | null => {
    const map = at(access, plane);
    if (map === null) return null;
    return entriesOf(map).map(([api, { value, keySpan }]) => ({
      api,
      permissions: itemsOf(value).map((node) => permissionOf(node, placeFor(node))),
      // An error in the API's name belongs under the name, not under everything it is given.
      place: placeFor({ type: 'scalar', value: api, written: api, plain: false, span: keySpan }),
    }));
  };
  return {
    applicationPermissions: apis('applicationPermissions'),
    delegatedPermissions: apis('delegatedPermissions'),
    azureRoles: each('azureRoles', azureRoleOf),
    directoryRoles: each('directoryRoles', (node, place) => ({
      role: textOf(node) ?? required(at(node, 'role')),
      scope: textOf(at(node, 'scope')),
      eligible: isTrue(at(node, 'eligible')),
      place,
    })),
    exchangeRoles: each('exchangeRoles', (node, place) => ({
      role: required(at(node, 'role')),
      scope: exchangeScopeOf(at(node, 'scope')),
      place,
    })),
    siteGrants: each('siteGrants', (node, place) => ({
      site: required(at(node, 'site')),
      role: required(at(node, 'role')),
      place,
    })),
    keyVaultAccess: each('keyVaultAccess', (node, place) => ({
      vault: armId(required(at(node, 'vault'))),
      permissions: Object.fromEntries(
        entriesOf(at(node, 'permissions')).map(([type, entry]) => [type, itemsOf(entry.value).map(required)]),
      ),
      place,
    })),
    groups: each('groups', (node, place) => ({ id: objectId(required(node)), place })),
  };
};
