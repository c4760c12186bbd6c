import { randomUUID } from 'node:crypto';
import { json, type Reply } from './api-request.ts';
import { bodyOf, type GraphCall, type GraphRoute, keyOf, objectAt } from './graph-call.ts';
import { badRequest, denied, GraphFailure, notFound } from './graph-failure.ts';
import { type Json, objectOf, objectsOf, sameText, textOf, textsOf } from './json.ts';

type Sort = 'applications' | 'servicePrincipals';

const WRITE = 'Application.ReadWrite.OwnedBy|Application.ReadWrite.All';
const MOST_FEDERATED = 20;
const YEAR = 365 * 86_400_000;
const NO_CONTENT: Reply = { status: 204 };

/** The object to change. With `Application.ReadWrite.OwnedBy` alone, only what the caller owns. */
const changeable = (call: GraphCall, sort: Sort): Json => {
  const row = objectAt(call, sort);
  const all = call.caller.roles.includes('Application.ReadWrite.All');
  const owns = textsOf(row, 'owners').some((id) => sameText(id, call.caller.objectId));
  if (!all && !owns) throw denied();
  return row;
};

const save = (call: GraphCall, sort: Sort, row: Json): void => call.directory[sort].put(row, call.lag);

const addPassword = (call: GraphCall, sort: Sort): Reply => {
  const row = changeable(call, sort);
  const wish = objectOf(bodyOf(call), 'passwordCredential');
  const secretText = `${randomUUID()}~${randomUUID()}`.slice(0, 40);
  const made: Json = {
    customKeyIdentifier: null,
    displayName: wish['displayName'] ?? null,
    endDateTime: textOf(wish, 'endDateTime') || new Date(call.now().getTime() + 2 * YEAR).toISOString(),
    hint: secretText.slice(0, 3),
    keyId: randomUUID(),
    secretText,
    startDateTime: textOf(wish, 'startDateTime') || call.now().toISOString(),
  };
  save(call, sort, { ...row, passwordCredentials: [...objectsOf(row, 'passwordCredentials'), made] });
  // The only answer that ever shows the secret.
  return json({
    '@odata.context': `${call.page.url}/${call.version}/$metadata#microsoft.graph.passwordCredential`,
    ...made,
  });
};

const removePassword = (call: GraphCall, sort: Sort): Reply => {
  const row = changeable(call, sort);
  const keyId = textOf(bodyOf(call), 'keyId');
  const kept = objectsOf(row, 'passwordCredentials').filter((each) => !sameText(textOf(each, 'keyId'), keyId));
  if (kept.length === objectsOf(row, 'passwordCredentials').length) {
    throw badRequest(`No password credential found with keyId '${keyId}'.`);
  }
  save(call, sort, { ...row, passwordCredentials: kept });
  return NO_CONTENT;
};

/** Properties of a certificate that a later PATCH may not change. */
const FIXED = ['customKeyIdentifier', 'displayName', 'endDateTime', 'startDateTime', 'type', 'usage'];

const checkKeys = (held: readonly Json[], wanted: readonly Json[]): readonly Json[] =>
  wanted.map((row) => {
    const old = held.find((each) => sameText(textOf(each, 'keyId'), textOf(row, 'keyId')));
    if (old === undefined) return row;
    const changed = FIXED.some((key) => key in row && (row[key] ?? null) !== (old[key] ?? null));
    if (!changed) return old;
    throw new GraphFailure(
      400,
      'KeyNotUpdatable',
      `Update to existing credential with KeyId '${textOf(row, 'keyId')}' is not allowed.`,
    );
  });

/** What a PATCH may set beside certificates. */
const PLAIN = [
  'displayName',
  'description',
  'notes',
  'tags',
  'signInAudience',
  'accountEnabled',
  'requiredResourceAccess',
  'appRoleAssignmentRequired',
];

const patch = (call: GraphCall, sort: Sort): Reply => {
  const row = changeable(call, sort);
  const body = bodyOf(call);
  const stray = Object.keys(body).find((key) => key !== 'keyCredentials' && !PLAIN.includes(key));
  if (stray !== undefined) throw badRequest(`Property '${stray}' is read-only and cannot be set.`);
  const keys =
    'keyCredentials' in body
      ? { keyCredentials: checkKeys(objectsOf(row, 'keyCredentials'), objectsOf(body, 'keyCredentials')) }
      : {};
  save(call, sort, { ...row, ...body, ...keys });
  return NO_CONTENT;
};

const addFederated = (call: GraphCall): Reply => {
  const row = changeable(call, 'applications');
  const held = objectsOf(row, 'federatedIdentityCredentials');
  const body = bodyOf(call);
  if (held.length >= MOST_FEDERATED) {
    throw badRequest(
      `The application has ${held.length} federated identity credentials, the limit is ${MOST_FEDERATED}.`,
    );
  }
  if (textsOf(body, 'audiences').length !== 1)
    throw badRequest('A federated identity credential needs exactly one audience.');
  const same = (each: Json, ...keys: readonly string[]): boolean =>
    keys.every((key) => textOf(each, key) === textOf(body, key));
  if (held.some((each) => same(each, 'name') || same(each, 'issuer', 'subject'))) {
    throw new GraphFailure(
      409,
      'Request_MultipleObjectsWithSameKeyValue',
      `FederatedIdentityCredential with name ${textOf(body, 'name')} already exists.`,
    );
  }
  const made: Json = { id: randomUUID(), description: null, ...body };
  save(call, 'applications', { ...row, federatedIdentityCredentials: [...held, made] });
  const context = `applications('${textOf(row, 'id')}')/federatedIdentityCredentials/$entity`;
  return json({ '@odata.context': `${call.page.url}/${call.version}/$metadata#${context}`, ...made }, 201);
};

const removeFederated = (call: GraphCall): Reply => {
  const row = changeable(call, 'applications');
  const wanted = keyOf(call, 1);
  const held = objectsOf(row, 'federatedIdentityCredentials');
  const kept = held.filter((each) => !sameText(textOf(each, 'id'), wanted) && textOf(each, 'name') !== wanted);
  if (kept.length === held.length) throw notFound(wanted);
  save(call, 'applications', { ...row, federatedIdentityCredentials: kept });
  return NO_CONTENT;
};

const remove = (call: GraphCall, sort: Sort): Reply => {
  const row = changeable(call, sort);
  const type = sort === 'applications' ? 'application' : 'servicePrincipal';
  const gone = { ...row, '@odata.type': `#microsoft.graph.${type}`, deletedDateTime: call.now().toISOString() };
  call.directory.deletedItems.put(gone, call.lag);
  call.directory[sort].remove(textOf(row, 'id'), call.lag);
  return NO_CONTENT;
};

const both = (sort: Sort): readonly GraphRoute[] => {
  const path = `${sort.toLowerCase()}/{}`;
  return [
    { method: 'POST', path: `${path}/addpassword`, needs: WRITE, run: (call) => addPassword(call, sort) },
    { method: 'POST', path: `${path}/removepassword`, needs: WRITE, run: (call) => removePassword(call, sort) },
    { method: 'PATCH', path, needs: WRITE, run: (call) => patch(call, sort) },
    { method: 'DELETE', path, needs: WRITE, run: (call) => remove(call, sort) },
  ];
};

/** Secrets, certificates and federated credentials of applications and service principals: the writing half. */
export const CREDENTIAL_ROUTES: readonly GraphRoute[] = [
  ...both('applications'),
  ...both('servicePrincipals'),
  { method: 'POST', path: 'applications/{}/federatedidentitycredentials', needs: WRITE, run: addFederated },
  { method: 'DELETE', path: 'applications/{}/federatedidentitycredentials/{}', needs: WRITE, run: removeFederated },
];
