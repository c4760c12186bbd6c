import { type FaultWords, shown } from './fault.ts';

/** Kinds of Azure ids that a policy names. */
export type ArmIdType = 'scope' | 'vault' | 'key-vault' | 'user-assigned-identity' | 'resource';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const bad = (message: string, help: string, code = 'bad-scope'): FaultWords => ({ code, message, help });

const faultOfSpelling = (text: string): FaultWords | null => {
  if (text === '/' || text === '') {
    return bad(
      'the tenant root `/` is no scope for a backup',
      'name a subscription, resource group or resource',
      'scope-too-high',
    );
  }
  if (text.includes('*')) {
    return bad(`${shown(text)} holds a wildcard`, 'list the scopes one by one', 'wildcard-scope');
  }
  if (/^https?:/i.test(text)) {
    const id = /\/(?:subscriptions|resource\/subscriptions)\/.*$/i.exec(text.slice(0, 1200))?.[0];
    return bad(
      `${shown(text)} is an address, not an Azure id`,
      id === undefined
        ? 'write the resource id, which begins with `/subscriptions/`'
        : `write the resource id alone, as ${shown(id.replace(/^\/resource(?=\/subscriptions)/i, ''))}`,
    );
  }
  if (text.includes('%'))
    return bad(`${shown(text)} holds an encoded character`, 'write the id as Azure shows it, without `%`');
  if (/[\s?#\\<>"]/.test(text)) {
    return bad(`${shown(text)} holds a character that no Azure id has`, 'write the id as Azure shows it');
  }
  if (/^subscriptions\//i.test(text))
    return bad(`${shown(text)} lacks its leading \`/\``, `write ${shown(`/${text}`)}`);
  if (!text.startsWith('/')) return bad(`${shown(text)} is not an Azure id`, 'Azure ids begin with `/subscriptions/`');
  if (text.includes('//')) return bad(`${shown(text)} has an empty part between two \`/\``, 'drop one of the two `/`');
  if (text.endsWith('/')) return bad(`${shown(text)} ends with a \`/\``, `write ${shown(text.replace(/\/$/, ''))}`);
  if (text.split('/').some((segment) => segment === '..' || segment === '.')) {
    return bad(`${shown(text)} holds a \`.\` or \`..\` part`, 'write the id that is meant, without detours');
  }
  if (/…|\.\.\./.test(text)) return bad(`${shown(text)} is shortened`, 'write the whole id');
  return null;
};

const lower = (text: string | undefined): string => (text ?? '').toLowerCase();

const faultOfShape = (text: string): FaultWords | null => {
  const [root, id, third, ...rest] = text.slice(1).split('/');
  if (lower(root) === 'providers') {
    const isGroup = lower(id) === 'microsoft.management' && lower(third) === 'managementgroups' && rest.length === 1;
    return isGroup
      ? null
      : bad(`${shown(text)} is not an Azure id that holds backups`, 'Azure ids begin with `/subscriptions/`');
  }
  if (lower(root) !== 'subscriptions')
    return bad(`${shown(text)} is not an Azure id`, 'Azure ids begin with `/subscriptions/`');
  if (id === undefined || !guid.test(id) || /^[0-]+$/.test(id)) {
    return bad(
      `${shown(text)} has no subscription id behind \`/subscriptions/\``,
      'a subscription id is a GUID, other than the one of zeros',
    );
  }
  if (third === undefined) return null;
  if (lower(third) !== 'resourcegroups' && lower(third) !== 'providers') {
    return bad(
      `${shown(third)} is not expected in ${shown(text)}`,
      'behind the subscription come `resourceGroups` and a name, or `providers`',
    );
  }
  const tail = lower(third) === 'resourcegroups' ? rest.slice(1) : [third, ...rest];
  const isWhole = lower(third) === 'providers' ? true : rest.length >= 1;
  const resource = tail.slice(2);
  const isResource =
    tail.length === 0 || (lower(tail[0]) === 'providers' && resource.length >= 2 && resource.length % 2 === 0);
  return isWhole && isResource
    ? null
    : bad(
        `${shown(text)} stops half way or has a part too many`,
        'a resource is named by `providers`, its provider, its type and its name',
      );
};

const types: Readonly<Record<Exclude<ArmIdType, 'scope'>, readonly [RegExp, string, string]>> = {
  vault: [
    /\/providers\/(?:microsoft\.recoveryservices\/vaults|microsoft\.dataprotection\/backupvaults)\/[^/]+$/i,
    'a Recovery Services vault or Backup vault',
    'its id ends with `Microsoft.RecoveryServices/vaults/` or `Microsoft.DataProtection/backupVaults/` and a name',
  ],
  'key-vault': [
    /\/providers\/microsoft\.keyvault\/vaults\/[^/]+$/i,
    'a key vault',
    'its id ends with `Microsoft.KeyVault/vaults/` and a name',
  ],
  'user-assigned-identity': [
    /\/providers\/microsoft\.managedidentity\/userassignedidentities\/[^/]+$/i,
    'a user-assigned identity',
    'its id ends with `Microsoft.ManagedIdentity/userAssignedIdentities/` and a name',
  ],
  resource: [
    /\/resourcegroups\/[^/]+\/providers\/.+$/i,
    'a resource',
    'name the user-assigned identity or the machine itself',
  ],
};

/** Why a text is no Azure id of the kind asked for; `null` where it is one. */
export const faultOfArmId = (text: string, type: ArmIdType): FaultWords | null => {
  const fault = faultOfSpelling(text) ?? faultOfShape(text);
  if (fault !== null || type === 'scope') return fault;
  const [pattern, what, help] = types[type];
  return pattern.test(text) ? null : bad(`${shown(text)} is not ${what}`, help, 'wrong-resource');
};
