import { randomUUID } from 'node:crypto';
import { canonicalScope } from '../core/scope.ts';
import { json, type Reply } from './api-request.ts';
import { type ArmCall, armBody, need } from './arm-call.ts';
import { ArmFailure, resourceNotFound } from './arm-failure.ts';
import { isJson, type Json, objectOf, textOf } from './json.ts';
import { guidFrom } from './make-id.ts';

/** Long-running operations by lower-case path of their status, with the polls that are still to come. */
export type ArmOperations = Map<string, { readonly name: string; readonly started: string; polls: number }>;

/** Vaults answer a change with 202 and a status to poll; other resources at once. */
const SLOW = /\/providers\/(microsoft\.recoveryservices\/vaults|microsoft\.dataprotection\/backupvaults)\/[^/]+$/i;
const POLLS = 1;

/** Identities after a change: a user-assigned one set to `null` goes, a system-assigned one gets a principal. */
const mergeIdentity = (call: ArmCall, id: string, old: Json, change: Json): Json => {
  const type = textOf(change, 'type') || textOf(old, 'type') || 'None';
  const assigned: Json = { ...objectOf(old, 'userAssignedIdentities') };
  for (const [key, value] of Object.entries(objectOf(change, 'userAssignedIdentities'))) {
    const known = Object.keys(assigned).find((each) => each.toLowerCase() === key.toLowerCase());
    if (known !== undefined) delete assigned[known];
    if (value === null) continue;
    const identity = objectOf(call.store.resources.get(canonicalScope(key)) ?? {}, 'properties');
    assigned[key] = {
      principalId: identity['principalId'] ?? guidFrom(`${key}/principal`),
      clientId: identity['clientId'] ?? guidFrom(`${key}/client`),
    };
  }
  const system = /systemassigned/i.test(type)
    ? { principalId: old['principalId'] ?? guidFrom(`${canonicalScope(id)}/principal`), tenantId: call.store.tenantId }
    : {};
  const user = /userassigned/i.test(type) ? { userAssignedIdentities: assigned } : {};
  return { type, ...system, ...user };
};

const merged = (call: ArmCall, path: string, old: Json, change: Json): Json => {
  const identity = isJson(change['identity'])
    ? { identity: mergeIdentity(call, path, objectOf(old, 'identity'), change['identity']) }
    : {};
  const properties = isJson(change['properties'])
    ? { properties: { ...objectOf(old, 'properties'), ...change['properties'] } }
    : {};
  return { ...old, ...change, ...identity, ...properties };
};

/** Changes a resource by PATCH; ARM's refusal for any other method. */
export const changeResource = (call: ArmCall, operations: ArmOperations, path: string): Reply => {
  const { method } = call.request;
  const at = path.toLowerCase().lastIndexOf('/providers/');
  const parts = path.slice(at + '/providers/'.length).split('/');
  const type = [parts[0], ...parts.slice(1).filter((_, index) => index % 2 === 0)].join('/');
  if (method !== 'PATCH' || at === -1) {
    throw new ArmFailure(
      405,
      'MethodNotAllowed',
      `The method '${method}' is not supported by the embedded tenant for this resource.`,
    );
  }
  need(call, `${type}/write`, path);
  const old = call.store.resources.get(canonicalScope(path));
  if (old === undefined)
    throw resourceNotFound(type, parts.at(-1) ?? '', /\/resourcegroups\/([^/]+)/i.exec(path)?.[1] ?? '');
  const next = merged(call, path, old, armBody(call));
  call.store.resources.set(canonicalScope(path), next);
  if (!SLOW.test(path)) return json(next);
  const name = randomUUID();
  const status = `${path}/operationStatus/${name}`;
  operations.set(status.toLowerCase(), { name, started: call.now().toISOString(), polls: POLLS });
  const version = call.request.query.get('api-version') ?? '';
  return {
    status: 202,
    headers: {
      'azure-asyncoperation': `${call.url}${status}?api-version=${version}`,
      location: `${call.url}${path}/operationResults/${name}?api-version=${version}`,
      'retry-after': '1',
    },
  };
};

/** The state of a long-running operation, `null` where the path names none. */
export const readOperation = (operations: ArmOperations, path: string): Reply | null => {
  const operation = operations.get(path.toLowerCase().replace('/operationresults/', '/operationstatus/'));
  if (operation === undefined) return null;
  const done = operation.polls === 0;
  if (!done) operation.polls -= 1;
  const { name, started } = operation;
  return json(
    { id: path, name, status: done ? 'Succeeded' : 'InProgress', startTime: started },
    200,
    done ? {} : { 'retry-after': '1' },
  );
};
