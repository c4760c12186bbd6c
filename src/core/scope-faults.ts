import { faultOfArmId } from './arm-id-fault.ts';
import { type Fault, type FaultWords, shown } from './fault.ts';
import { faultOfGuid, isGuid } from './guid-fault.ts';
import { at, entriesOf, itemsOf, textOf, type YamlNode } from './yaml-tree.ts';

const isAzureWorkload = (workload: string): boolean => /^(?:azure|sap|sql|vault)-/.test(workload);

const isMicrosoft365Workload = (workload: string): boolean =>
  /^(?:exchange-|todo$|planner$|onedrive$|onenote$|sharepoint|teams-|groups$|entra-|microsoft-365-)/.test(workload);

const siteUrl = /^https:\/\/[A-Za-z0-9.-]+(?:\/[^\s?#*\\]*)?$/;

/** Microsoft 365: a site's address, a group's id, or the name of an Exchange custom application scope. */
const faultOfMicrosoft365Scope = (text: string): FaultWords | null => {
  if (text.startsWith('/')) {
    return {
      code: 'bad-scope',
      message: `${shown(text)} is a path, which no Microsoft 365 workload has`,
      help: 'write a site address, a group id, or the display name of an Exchange custom application scope',
    };
  }
  if (text.includes('*')) {
    const help = 'list the scopes one by one, or leave `scopes` out for the whole tenant';
    return { code: 'wildcard-scope', message: `${shown(text)} holds a wildcard`, help };
  }
  if (/^[a-z]+:\/\//i.test(text) && !siteUrl.test(text)) {
    return {
      code: 'bad-scope',
      message: `${shown(text)} is not the address of a site`,
      help: 'write it as `https://contoso.sharepoint.com/sites/finance`',
    };
  }
  const looksLikeGuid = /^[{(]?(?:urn:uuid:)?[0-9a-f]{8}-[0-9a-f-]{4,}[)}]?$/i.test(text.slice(0, 60));
  return looksLikeGuid && (!isGuid(text) || /^[0-]+$/.test(text)) ? faultOfGuid(text, 'scopes') : null;
};

const faultsOfProtects = (protects: YamlNode): readonly Fault[] => {
  const workload = textOf(at(protects, 'workload'));
  const scopes = at(protects, 'scopes');
  const lists = scopes?.type === 'map' ? entriesOf(scopes).map(([, entry]) => entry.value) : [scopes];
  // Of an unknown workload nobody knows what its scopes are.
  if (workload === null || !(isAzureWorkload(workload) || isMicrosoft365Workload(workload))) return [];
  return lists.flatMap(itemsOf).flatMap((node): Fault[] => {
    const text = textOf(node);
    if (text === null || text === '') return [];
    const words = isAzureWorkload(workload) ? faultOfArmId(text, 'scope') : faultOfMicrosoft365Scope(text);
    return words === null ? [] : [{ ...words, span: node.span, subject: text }];
  });
};

const faultOfRoleScope = (role: YamlNode): readonly Fault[] => {
  const node = at(role, 'scope');
  const text = textOf(node);
  const words = text === null ? null : faultOfArmId(text, 'scope');
  return node === null || words === null ? [] : [{ ...words, span: node.span, subject: text }];
};

/** Scopes that name nothing, name too much, or name it in a way that could be read otherwise. */
export const faultsOfScopes = (root: YamlNode): readonly Fault[] => [
  ...itemsOf(at(root, 'spec', 'protects')).flatMap(faultsOfProtects),
  ...itemsOf(at(root, 'spec', 'access', 'azureRoles')).flatMap(faultOfRoleScope),
];
