import { type FaultWords, listed } from './fault.ts';
import type { YamlNode } from './yaml-tree.ts';

const code = 'wrong-shape';

const both = (node: YamlNode, a: string, b: string, message: string): FaultWords => {
  const hasBoth = node.type === 'map' && node.entries.has(a) && node.entries.has(b);
  return { code, message, help: hasBoth ? `keep one of the two` : `add \`${a}\` or \`${b}\`` };
};

const identityShapes = '`appId` · `vault` with `managedIdentity` · `managedIdentity` alone · `user`';

const identity = (node: YamlNode): FaultWords => {
  const keys = node.type === 'map' ? [...node.entries.keys()] : [];
  if (keys.length === 0) return { code, message: 'an identity is empty', help: `it is one of: ${identityShapes}` };
  if (keys.join() === 'vault') {
    return {
      code,
      message: 'an identity names a `vault` without its `managedIdentity`',
      help: 'add `managedIdentity: system`, or the resource id of a user-assigned identity',
    };
  }
  if (keys.join() === 'objectId') {
    return {
      code,
      message: 'an identity has an `objectId` without its `appId`',
      help: 'add the `appId`; a user is named by `user`',
    };
  }
  return { code, message: `${listed(keys, 'and')} don't make one identity`, help: `it is one of: ${identityShapes}` };
};

/** One sentence for a map that has none, or more than one, of the shapes it may have, by the name of its schema. */
export const sayShape = (name: string, node: YamlNode): FaultWords | null => {
  // A value that is no map at all has been told so already.
  if (node.type !== 'map') return null;
  if (name === 'identity') return identity(node);
  if (name === 'azureRole')
    return both(node, 'role', 'roleId', 'an Azure role is named by `role` or by `roleId`, by one of them');
  if (name === 'presence') {
    return both(
      node,
      'appId',
      'userPrincipalName',
      'an app or user is named by `appId` or by `userPrincipalName`, by one of them',
    );
  }
  if (name === 'protects') {
    return {
      code,
      message: 'a workload has neither `operations` nor `elevations`',
      help: 'add `operations: [backup]`',
    };
  }
  return { code, message: "these keys don't go together", help: 'look the shapes up in the documentation' };
};
