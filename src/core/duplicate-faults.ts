import type { Fault } from './fault.ts';
import { canonicalScope } from './scope.ts';
import { at, entriesOf, itemsOf, textOf, type YamlNode } from './yaml-tree.ts';

type KeyOf = (node: YamlNode) => string | null;

const lower = (node: YamlNode | null): string | null => textOf(node)?.toLowerCase() ?? null;
const scope = (node: YamlNode | null): string | null => {
  const text = textOf(node);
  if (text === null) return null;
  return text.startsWith('/') ? canonicalScope(text) : text.toLowerCase().replace(/\/$/, '');
};
const all = (...parts: readonly (string | null)[]): string | null => (parts.includes(null) ? null : parts.join('\n'));
const isEligible = (node: YamlNode): string => {
  const eligible = at(node, 'eligible');
  return eligible?.type === 'scalar' && eligible.value === true ? 'eligible' : 'active';
};

/** A key that two entries share which ask for the same; `null`: can't be told, and then nothing is said. */
const keys = {
  text: lower,
  scope,
  permission: (node) => lower(node) ?? lower(at(node, 'permission')),
  identity: (node) =>
    lower(at(node, 'appId')) ??
    lower(at(node, 'user')) ??
    all(scope(at(node, 'vault')) ?? '', scope(at(node, 'managedIdentity'))),
  directoryRole: (node) =>
    all(lower(node) ?? lower(at(node, 'role')), lower(at(node, 'scope')) ?? '/', isEligible(node)),
  azureRole: (node) =>
    all(lower(at(node, 'role')) ?? lower(at(node, 'roleId')), scope(at(node, 'scope')), isEligible(node)),
  exchangeRole: (node) => {
    const where = at(node, 'scope');
    const [shape] = entriesOf(where);
    const named = shape === undefined ? null : all(shape[0], lower(shape[1].value));
    return all(lower(at(node, 'role')), lower(where) ?? named);
  },
  site: (node) => scope(at(node, 'site')),
  vault: (node) => scope(at(node, 'vault')),
  presence: (node) => lower(at(node, 'appId')) ?? lower(at(node, 'userPrincipalName')),
  elevation: (node) => lower(at(node, 'operation')),
  exception: (node) => all(lower(at(node, 'rule')), lower(at(node, 'subject')), scope(at(node, 'identity')) ?? ''),
} as const satisfies Record<string, KeyOf>;

const repeats = (list: YamlNode | null, what: string, keyOf: KeyOf): Fault[] => {
  const seen = new Map<string, number>();
  return itemsOf(list).flatMap((node, index): Fault[] => {
    const key = keyOf(node);
    if (key === null || key === '') return [];
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, index);
      return [];
    }
    return [
      {
        code: 'duplicate-entry',
        message: `entry ${index + 1} of \`${what}\` asks for the same as entry ${first + 1}`,
        help: 'keep one of the two',
        span: node.span,
        subject: textOf(node) ?? key.split('\n')[0] ?? null,
      },
    ];
  });
};

const contradictions = (spec: YamlNode | null): Fault[] => {
  const wanted = new Set(itemsOf(at(spec, 'mustExist')).map(keys.presence));
  return itemsOf(at(spec, 'mustNotExist')).flatMap((node): Fault[] => {
    const key = keys.presence(node);
    if (key === null || !wanted.has(key)) return [];
    const message = `\`${key}\` is in \`mustExist\` and in \`mustNotExist\``;
    return [{ code: 'contradiction', message, help: 'keep one of the two', span: node.span, subject: key }];
  });
};

const protectsRepeats = (protects: YamlNode): Fault[] => {
  const scopes = at(protects, 'scopes');
  return [
    ...repeats(at(protects, 'operations'), 'operations', keys.text),
    ...repeats(at(protects, 'elevations'), 'elevations', keys.elevation),
    ...repeats(scopes, 'scopes', keys.scope),
    ...entriesOf(scopes).flatMap(([purpose, entry]) => repeats(entry.value, purpose, keys.scope)),
  ];
};

/** Entries that ask for the same twice: one of them was meant to be something else. */
export const faultsOfDuplicates = (root: YamlNode): readonly Fault[] => {
  const spec = at(root, 'spec');
  const access = at(spec, 'access');
  const byApi = ['applicationPermissions', 'delegatedPermissions'].flatMap((plane) => entriesOf(at(access, plane)));
  return [
    ...repeats(at(spec, 'identities'), 'identities', keys.identity),
    ...itemsOf(at(spec, 'protects')).flatMap(protectsRepeats),
    ...byApi.flatMap(([api, entry]) => repeats(entry.value, api, keys.permission)),
    ...repeats(at(access, 'directoryRoles'), 'directoryRoles', keys.directoryRole),
    ...repeats(at(access, 'azureRoles'), 'azureRoles', keys.azureRole),
    ...repeats(at(access, 'exchangeRoles'), 'exchangeRoles', keys.exchangeRole),
    ...repeats(at(access, 'siteGrants'), 'siteGrants', keys.site),
    ...repeats(at(access, 'keyVaultAccess'), 'keyVaultAccess', keys.vault),
    ...itemsOf(at(access, 'keyVaultAccess')).flatMap((entry) =>
      entriesOf(at(entry, 'permissions')).flatMap(([type, list]) => repeats(list.value, type, keys.text)),
    ),
    ...repeats(at(access, 'groups'), 'groups', keys.text),
    ...repeats(at(spec, 'credentials', 'allow'), 'allow', keys.text),
    ...repeats(at(spec, 'mustExist'), 'mustExist', keys.presence),
    ...repeats(at(spec, 'mustNotExist'), 'mustNotExist', keys.presence),
    ...contradictions(spec),
    ...repeats(at(spec, 'exceptions'), 'exceptions', keys.exception),
  ];
};
