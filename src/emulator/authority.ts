import { createHash, randomUUID, X509Certificate } from 'node:crypto';
import { appRoleNames, namesOfApi } from './api-principals.ts';
import { type ApiRequest, json, type Reply } from './api-request.ts';
import { type Applicant, findApplicant } from './applicant.ts';
import { authorityError } from './authority-error.ts';
import type { Directory } from './directory.ts';
import { judgeAssertion } from './federation.ts';
import type { Api } from './http.ts';
import { type Json, objectsOf, sameText, textOf } from './json.ts';
import type { TenantState } from './tenant-state.ts';
import { decodeJwt, isSignedBy, type TokenSigner } from './tokens.ts';

/** What the sign-in service needs of the tenant. */
export interface AuthorityContext {
  readonly url: string;
  readonly directory: Directory;
  readonly state: TenantState;
  readonly signer: TokenSigner;
  /** The signer of the embedded GitHub, whose assertions are checked. */
  readonly github: TokenSigner;
  readonly now: () => Date;
  /** Hosts of the embedded APIs by the app id that stands behind them. */
  readonly resources: () => ReadonlyMap<string, string>;
}

const LIFETIME = 3599;
const ARM = '797f4846-ba00-4fd7-ba43-dac1f8f63013';

/** Hosts of Microsoft's APIs by app id (source: Microsoft's pages on national clouds). */
const HOSTS: Readonly<Record<string, string>> = {
  'graph.microsoft.com': '00000003-0000-0000-c000-000000000000',
  'graph.microsoft.us': '00000003-0000-0000-c000-000000000000',
  'microsoftgraph.chinacloudapi.cn': '00000003-0000-0000-c000-000000000000',
  'management.azure.com': ARM,
  'management.core.windows.net': ARM,
  'management.usgovcloudapi.net': ARM,
  'management.chinacloudapi.cn': ARM,
  'outlook.office365.com': '00000002-0000-0ff1-ce00-000000000000',
  'vault.azure.net': 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093',
  'storage.azure.com': 'e406a681-f3d4-42a8-90b6-c2b029497af1',
};

const discovery = (context: AuthorityContext): Json => {
  const base = `${context.url}/${context.directory.tenantId}`;
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256', 'ES256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    tenant_region_scope: 'EU',
    cloud_instance_name: 'microsoftonline.com',
  };
};

/** The API that a scope asks a token for, and the audience that the token gets. */
const apiOf = (
  context: AuthorityContext,
  scope: string,
): { readonly principal: Json; readonly audience: string } | null => {
  const resource = scope.endsWith('/.default') ? scope.slice(0, -'/.default'.length) : '';
  if (resource === '' || scope.includes(' ')) return null;
  const principals = context.directory.servicePrincipals;
  const url = URL.parse(resource);
  const byHost = context.resources().get(resource.replace(/\/$/, '')) ?? (url === null ? undefined : HOSTS[url.host]);
  const bare = resource.replace(/^api:\/\//, '');
  const sharePoint =
    url?.host.endsWith('.sharepoint.com') === true ? '00000003-0000-0ff1-ce00-000000000000' : undefined;
  const found =
    principals.find('appId', byHost ?? sharePoint ?? bare)[0] ??
    (byHost === undefined
      ? principals.all().find((row) => namesOfApi(row).some((name) => sameText(name, resource)))
      : undefined);
  return found === undefined ? null : { principal: found, audience: resource };
};

const isCertificateGood = (applicant: Applicant, token: string, header: Json): boolean => {
  const print = textOf(header, 'x5t#S256') || textOf(header, 'x5t');
  const keys = [applicant.application ?? {}, applicant.principal].flatMap((row) => objectsOf(row, 'keyCredentials'));
  return keys.some((key) => {
    const raw = Buffer.from(textOf(key, 'key'), 'base64');
    if (raw.length === 0) return false;
    const certificate = new X509Certificate(raw);
    const prints = ['sha256', 'sha1'].map((hash) => createHash(hash).update(certificate.raw).digest('base64url'));
    return prints.includes(print) && isSignedBy(token, certificate.publicKey);
  });
};

/** Why an applicant's proof is refused, `null` where it is good. */
const refuse = (context: AuthorityContext, applicant: Applicant, form: URLSearchParams): Reply | null => {
  const fail = (code: number, ...words: readonly string[]): Reply => authorityError(code, context.now(), words);
  const assertion = form.get('client_assertion');
  if (assertion !== null) {
    const decoded = decodeJwt(assertion);
    if (decoded === null) return fail(50027);
    if (sameText(textOf(decoded.claims, 'iss'), applicant.appId)) {
      return isCertificateGood(applicant, assertion, decoded.header) ? null : fail(700027, applicant.appId);
    }
    const refusal = judgeAssertion(assertion, decoded.claims, applicant.federation, context.github, context.now());
    return refusal === null ? null : fail(refusal.code, refusal.word);
  }
  const secret = form.get('client_secret');
  if (secret === null) return fail(7000218);
  const matching = applicant.secrets.filter((known) => known.text === secret);
  if (matching.length === 0) return fail(7000215, applicant.appId);
  const good = matching.some(({ end }) => end === null || Date.parse(end) > context.now().getTime());
  return good ? null : fail(7000222, applicant.appId);
};

const rolesOn = (context: AuthorityContext, principalId: string, api: Json): readonly string[] => {
  const held = context.directory.appRoleAssignments.find('principalId', principalId);
  const resource = textOf(api, 'id');
  const ids = held
    .filter((row) => textOf(row, 'resourceId') === resource)
    .map((row) => textOf(row, 'appRoleId').toLowerCase());
  return appRoleNames(api, new Set(ids));
};

const token = (context: AuthorityContext, request: ApiRequest): Reply => {
  const fail = (code: number, ...words: readonly string[]): Reply => authorityError(code, context.now(), words);
  const form = new URLSearchParams(request.body);
  if (request.method !== 'POST') return fail(900561);
  const clientId = form.get('client_id');
  if (clientId === null || clientId === '') return fail(900144, 'client_id');
  const grant = form.get('grant_type');
  if (grant === null) return fail(900144, 'grant_type');
  if (grant !== 'client_credentials') return fail(70003, grant);
  const scope = form.get('scope');
  if (scope === null || scope === '') return fail(900144, 'scope');
  const applicant = findApplicant(context.directory, context.state, clientId);
  if (applicant === null) return fail(700016, clientId, context.directory.name);
  const refusal = refuse(context, applicant, form);
  if (refusal !== null) return refusal;
  if (applicant.principal['accountEnabled'] === false)
    return fail(7000112, clientId, textOf(applicant.principal, 'displayName'));
  const api = apiOf(context, scope);
  if (api === null) return fail(70011, scope);
  const oid = textOf(applicant.principal, 'id');
  const roles = rolesOn(context, oid, api.principal);
  const issued = Math.floor(context.now().getTime() / 1000);
  const access_token = context.signer.sign({
    aud: api.audience,
    iss: `https://sts.windows.net/${context.directory.tenantId}/`,
    iat: issued,
    nbf: issued,
    exp: issued + LIFETIME,
    app_displayname: textOf(applicant.principal, 'displayName'),
    appid: applicant.appId,
    appidacr: form.has('client_assertion') ? '2' : '1',
    idp: `https://sts.windows.net/${context.directory.tenantId}/`,
    idtyp: 'app',
    oid,
    ...(roles.length === 0 ? {} : { roles }),
    sub: oid,
    tid: context.directory.tenantId,
    uti: randomUUID(),
    ver: '1.0',
  });
  return json({ token_type: 'Bearer', expires_in: LIFETIME, ext_expires_in: LIFETIME, access_token });
};

const handle = (context: AuthorityContext, request: ApiRequest): Reply => {
  const [, tenant = '', ...rest] = request.path.split('/');
  const known = [context.directory.tenantId, context.directory.name].some((name) =>
    sameText(name, decodeURIComponent(tenant)),
  );
  if (!known) return authorityError(90002, context.now(), [tenant]);
  switch (rest.join('/').toLowerCase()) {
    case 'v2.0/.well-known/openid-configuration':
      return json(discovery(context));
    case 'oauth2/v2.0/token':
      return token(context, request);
    case 'discovery/v2.0/keys':
      return json(context.signer.jwks);
    default:
      return { status: 404, body: '' };
  }
};

const STATUS_CODES: Readonly<Record<number, number>> = { 400: 70011, 401: 7000215, 429: 90055 };

/** The sign-in service: discovery and client-credential tokens. */
export const makeAuthority = (context: AuthorityContext): Api => ({
  handle: (request) => handle(context, request),
  callerOf: (request) => new URLSearchParams(request.body).get('client_id'),
  errorBody: (status) => authorityError(STATUS_CODES[status] ?? 90033, context.now(), ['']).body,
  emptyPage: () => ({}),
  addressOf: (target) => `${context.url}${target}`,
});
