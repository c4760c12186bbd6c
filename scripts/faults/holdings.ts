import type { ServedCall } from '../../src/emulator/http.ts';

/** What is held, by what makes it this grant and no other; a role's condition and a vault's permissions are its value. */
export type Holdings = ReadonlyMap<string, string>;

/** What a write makes of one grant; `null`: not held. */
export interface Effect {
  readonly key: string;
  readonly before: string | null;
  readonly after: string | null;
}

type Row = Readonly<Record<string, unknown>>;

const lower = (...parts: readonly unknown[]): string => parts.map((part) => String(part ?? '').toLowerCase()).join(' ');
const lastOf = (id: string): string => id.split('/').at(-1) ?? '';
const wordsOf = (text: unknown): readonly string[] =>
  String(text ?? '')
    .split(' ')
    .filter((word) => word !== '');

export const roleKey = (principal: unknown, resource: unknown, role: unknown): string =>
  lower('role', principal, resource, role);
export const consentKey = (client: unknown, resource: unknown, consent: unknown, user: unknown): string =>
  lower('scope', client, resource, consent, user);
export const azureKey = (scope: unknown, principal: unknown, role: unknown): string =>
  lower('azure', scope, principal, lastOf(String(role)));
export const vaultKey = (vault: unknown, principal: unknown): string => lower('vault', vault, principal);

export const spell = (permissions: unknown): string =>
  JSON.stringify(
    Object.entries((permissions ?? {}) as Record<string, readonly string[]>)
      .filter(([, list]) => list.length > 0)
      .map(([type, list]) => [type, list.map((one) => one.toLowerCase()).sort()])
      .sort(),
  );

/** Everything that is held, and the ids of the objects that hold it. */
export interface Truth {
  readonly held: Map<string, string>;
  /** Keys by object id, also of objects that are gone. */
  readonly ids: Map<string, string>;
}

const propertiesOf = (row: Row): Row => (row['properties'] ?? {}) as Row;

/** What an object holds, as keys and values. */
export const entriesOf = (row: Row): readonly (readonly [string, string])[] => {
  if ('appRoleId' in row) return [[roleKey(row['principalId'], row['resourceId'], row['appRoleId']), '']];
  if ('clientId' in row) {
    const consent = consentKey(row['clientId'], row['resourceId'], row['consentType'], row['principalId']);
    return wordsOf(row['scope']).map((scope) => [`${consent} ${scope.toLowerCase()}`, '']);
  }
  const { scope, principalId, roleDefinitionId, condition } = propertiesOf(row);
  return [[azureKey(scope, principalId, roleDefinitionId), String(condition ?? '')]];
};

/** How an object is known by its id: its key, of a delegated grant that of its consent. */
export const keyOfRow = (row: Row): string =>
  'clientId' in row
    ? consentKey(row['clientId'], row['resourceId'], row['consentType'], row['principalId'])
    : (entriesOf(row)[0]?.[0] ?? '');

const gives = ({ held }: Truth, key: string, after: string | null): Effect => ({
  key,
  before: held.get(key) ?? null,
  after,
});

const scopesUnder = ({ held }: Truth, consent: string): readonly string[] =>
  [...held.keys()].filter((key) => key.startsWith(`${consent} `));

/** What a write asks for, beside what is held now; `null`: nobody knows what it would do. */
export const effectsOf = ({ method, target, body }: ServedCall, truth: Truth): readonly Effect[] | null => {
  const [path = ''] = decodeURIComponent(target).split('?');
  const row = (body === '' ? {} : JSON.parse(body)) as Row;
  const known = truth.ids.get(lastOf(path).toLowerCase());
  if (/\/appRoleAssignedTo/i.test(path)) {
    if (method === 'POST') return entriesOf(row).map(([key, value]) => gives(truth, key, value));
    return method === 'DELETE' && known !== undefined ? [gives(truth, known, null)] : null;
  }
  if (/\/oauth2PermissionGrants/i.test(path)) {
    if (method === 'POST') return entriesOf(row).map(([key, value]) => gives(truth, key, value));
    if (known === undefined) return null;
    const wanted = method === 'PATCH' ? wordsOf(row['scope']).map((one) => `${known} ${one.toLowerCase()}`) : [];
    const now = scopesUnder(truth, known);
    const changed = [...wanted.filter((key) => !now.includes(key)), ...now.filter((key) => !wanted.includes(key))];
    // A change that changes nothing asks for what is there.
    const asked = changed.length > 0 ? changed : wanted.slice(0, 1);
    return asked.map((key) => gives(truth, key, wanted.includes(key) ? '' : null));
  }
  const [, scope] = /^(.*)\/providers\/Microsoft\.Authorization\/roleAssignments\/[^/]+$/i.exec(path) ?? [];
  if (scope !== undefined) {
    if (method === 'DELETE') return known === undefined ? null : [gives(truth, known, null)];
    const properties = { ...propertiesOf(row), scope };
    return entriesOf({ properties }).map(([key, value]) => gives(truth, key, value));
  }
  const [, vault] = /^(.*)\/accessPolicies\/replace$/i.exec(path) ?? [];
  const [policy] = (propertiesOf(row)['accessPolicies'] ?? []) as readonly Row[];
  if (vault === undefined || policy === undefined) return null;
  return [gives(truth, vaultKey(vault, policy['objectId']), spell(policy['permissions']))];
};

/** Makes what a write did part of what is held. */
export const carryOut = (truth: Truth, effects: readonly Effect[], call: ServedCall, answer: unknown): void => {
  for (const { key, after } of effects) {
    if (after === null) truth.held.delete(key);
    else truth.held.set(key, after);
  }
  if (call.method === 'POST' && typeof answer === 'object' && answer !== null && 'id' in answer)
    truth.ids.set(lastOf(String(answer.id)).toLowerCase(), keyOfRow(answer as Row));
  if (call.method === 'PUT') {
    const [path = ''] = decodeURIComponent(call.target).split('?');
    if (/\/roleAssignments\//i.test(path)) truth.ids.set(lastOf(path).toLowerCase(), effects[0]?.key ?? '');
  }
};
