import { type ArmIdType, faultOfArmId } from './arm-id-fault.ts';
import type { Fault, FaultWords } from './fault.ts';
import { at, entriesOf, itemsOf, textOf, type YamlNode } from './yaml-tree.ts';

const armFault = (node: YamlNode | null, type: ArmIdType): Fault[] => {
  const text = textOf(node);
  if (node === null || text === null) return [];
  const words = faultOfArmId(text, type);
  return words === null ? [] : [{ ...words, span: node.span, subject: text }];
};

const said = (node: YamlNode, words: FaultWords): Fault[] => [{ ...words, span: node.span, subject: textOf(node) }];

const managedIdentityFault = (node: YamlNode | null, hasVault: boolean): Fault[] => {
  const text = textOf(node);
  if (node === null || text === null) return [];
  if (text === 'system') {
    if (hasVault) return [];
    return said(node, {
      code: 'wrong-shape',
      message: "`managedIdentity: system` doesn't say whose identity it is",
      help: 'add the `vault`, or name the machine that owns the identity by its resource id',
    });
  }
  if (hasVault) {
    if (text.startsWith('/')) return armFault(node, 'user-assigned-identity');
    return said(node, {
      code: 'unknown-value',
      message: `\`${text.slice(0, 80).replace(/[^\x20-\x5f\x61-\x7e]/g, '?')}\` is no \`managedIdentity\` of a vault`,
      help: 'write `system`, or the resource id of a user-assigned identity',
    });
  }
  const isVault = faultOfArmId(text, 'vault') === null;
  if (!isVault) return armFault(node, 'resource');
  return said(node, {
    code: 'wrong-shape',
    message: "a vault's identity is named by `vault` and `managedIdentity` together",
    help: "write the vault's id as `vault`, and beside it `managedIdentity: system` or a user-assigned identity",
  });
};

/** Ids of vaults, managed identities and key vaults that don't name such a thing. */
export const faultsOfIdentities = (root: YamlNode): readonly Fault[] => [
  ...itemsOf(at(root, 'spec', 'identities')).flatMap((identity) => [
    ...armFault(at(identity, 'vault'), 'vault'),
    ...managedIdentityFault(
      at(identity, 'managedIdentity'),
      entriesOf(identity).some(([key]) => key === 'vault'),
    ),
  ]),
  ...itemsOf(at(root, 'spec', 'access', 'keyVaultAccess')).flatMap((entry) =>
    armFault(at(entry, 'vault'), 'key-vault'),
  ),
];
