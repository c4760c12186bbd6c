import { canonicalScope } from '../core/scope.ts';
import { json, type Reply } from './api-request.ts';
import { type ArmCall, armBody, need } from './arm-call.ts';
import { ArmFailure, resourceNotFound } from './arm-failure.ts';
import { putBehind } from './arm-lag.ts';
import { type Json, objectOf, objectsOf, sameText, textOf, textsOf } from './json.ts';

const TYPE = 'Microsoft.KeyVault/vaults';
const MOST = 1024;
const PATH =
  /^(\/subscriptions\/[^/]+\/resourcegroups\/([^/]+)\/providers\/microsoft\.keyvault\/vaults\/([^/]+))\/accesspolicies\/([^/]+)$/i;
const SORTS = ['keys', 'secrets', 'certificates', 'storage'];
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const refuse = (message: string): ArmFailure => new ArmFailure(400, 'BadRequest', message);

/** The same principal, and the same application on whose behalf it acts. */
const isSame = (a: Json, b: Json): boolean =>
  ['tenantId', 'objectId', 'applicationId'].every((key) => sameText(textOf(a, key), textOf(b, key)));

type Combine = (held: readonly string[], asked: readonly string[]) => readonly string[];

const has = (list: readonly string[], one: string): boolean => list.some((each) => sameText(each, one));

/** What each operation does to one sort of permission (source: Vaults - Update Access Policy, 2023-07-01). */
const OPERATIONS: Readonly<Record<string, Combine>> = {
  add: (held, asked) => [...held, ...asked.filter((one) => !has(held, one))],
  replace: (_, asked) => asked,
  remove: (held, asked) => held.filter((one) => !has(asked, one)),
};

const readPolicies = (call: ArmCall): readonly Json[] => {
  const policies = objectsOf(objectOf(armBody(call), 'properties'), 'accessPolicies');
  if (policies.length === 0) throw refuse("The parameter 'accessPolicies' is not specified.");
  for (const policy of policies) {
    for (const key of ['tenantId', 'objectId'])
      if (!GUID.test(textOf(policy, key))) throw refuse(`The access policy has an invalid value for '${key}'.`);
    if (!('permissions' in policy)) throw refuse("The access policy names no 'permissions'.");
  }
  return policies;
};

const combined = (held: Json | undefined, asked: Json, combine: Combine): Json => {
  const before = objectOf(held ?? {}, 'permissions');
  const change = objectOf(asked, 'permissions');
  const permissions = SORTS.flatMap((sort) => {
    const list = combine(textsOf(before, sort), textsOf(change, sort));
    return list.length === 0 && !(sort in before) && !(sort in change) ? [] : [[sort, list] as const];
  });
  return { ...(held ?? asked), permissions: Object.fromEntries(permissions) };
};

const isEmpty = (policy: Json): boolean =>
  SORTS.every((sort) => textsOf(objectOf(policy, 'permissions'), sort).length === 0);

/** Policies after an operation; one that gives nothing any more is gone. */
const merge = (held: readonly Json[], asked: readonly Json[], combine: Combine): readonly Json[] => {
  const after = [...held];
  for (const one of asked) {
    const at = after.findIndex((each) => isSame(each, one));
    after[at === -1 ? after.length : at] = combined(after[at], one, combine);
  }
  return after.filter((policy) => !isEmpty(policy));
};

/** Changes access policies of a key vault: those of others stay; `null` where the path names none. */
export const putAccessPolicies = (call: ArmCall, path: string): Reply | null => {
  const [, vault = '', group = '', name = '', operation = ''] = PATH.exec(path) ?? [];
  if (vault === '' || call.request.method !== 'PUT') return null;
  need(call, `${TYPE}/accessPolicies/write`, vault);
  const combine = OPERATIONS[operation.toLowerCase()];
  if (combine === undefined) throw refuse(`'${operation}' is not a supported access policy operation.`);
  const old = call.store.resources.get(canonicalScope(vault));
  if (old === undefined) throw resourceNotFound(TYPE, name, group);
  const properties = objectOf(old, 'properties');
  const accessPolicies = merge(objectsOf(properties, 'accessPolicies'), readPolicies(call), combine);
  if (accessPolicies.length > MOST) throw refuse(`A vault takes at most ${MOST} access policies.`);
  putBehind(call.store, vault, { ...old, properties: { ...properties, accessPolicies } }, call.lag);
  const type = `${TYPE}/accessPolicies`;
  return json({ id: `${vault}/accessPolicies/`, type, properties: { accessPolicies } });
};
