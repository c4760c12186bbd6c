import { constants, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign, verify } from 'node:crypto';
import { isJson, type Json, parseJson, textOf, textsOf } from './json.ts';

/** What an access token says of its holder. */
export interface TokenClaims {
  readonly tenantId: string;
  readonly objectId: string;
  readonly appId: string;
  readonly audience: string;
  readonly roles: readonly string[];
  /** Seconds since 1970. */
  readonly expires: number;
}

/** A signing key and the tokens made with it. */
export interface TokenSigner {
  readonly keyId: string;
  readonly sign: (claims: Json) => string;
  /** The claims of a token that this key signed, `null` for any other. Expiry is not looked at. */
  readonly verify: (token: string) => Json | null;
  /** The key set, as `jwks_uri` serves it. */
  readonly jwks: Json;
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Header and claims of a JWT without looking at its signature; `null` where it is none. */
export const decodeJwt = (token: string): { readonly header: Json; readonly claims: Json } | null => {
  const [head, body, signature, more] = token.split('.');
  if (head === undefined || body === undefined || signature === undefined || more !== undefined) return null;
  const read = (text: string): unknown => parseJson(Buffer.from(text, 'base64url').toString('utf8'));
  const header = read(head);
  const claims = read(body);
  return isJson(header) && isJson(claims) ? { header, claims } : null;
};

/** How to check a signature by the algorithm that a JWT names. */
const CHECKS: Readonly<Record<string, object>> = {
  ES256: { dsaEncoding: 'ieee-p1363' },
  RS256: { padding: constants.RSA_PKCS1_PADDING },
  PS256: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
};

/** Is the signature of a JWT that of this key? Takes ES256, RS256 and PS256. */
export const isSignedBy = (token: string, key: KeyObject): boolean => {
  const check = CHECKS[textOf(decodeJwt(token)?.header ?? {}, 'alg')];
  if (check === undefined) return false;
  const end = token.lastIndexOf('.');
  const signature = Buffer.from(token.slice(end + 1), 'base64url');
  return verify('sha256', Buffer.from(token.slice(0, end)), { key, ...check }, signature);
};

/** A signer with a key of its own. */
export const makeTokenSigner = (): TokenSigner => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = createPublicKey(privateKey);
  const keyId = randomUUID();
  const known = new Map<string, Json>();
  return {
    keyId,
    sign: (claims) => {
      const text = `${part({ typ: 'JWT', alg: 'ES256', kid: keyId })}.${part(claims)}`;
      const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      const token = `${text}.${signature.toString('base64url')}`;
      known.set(token, claims);
      return token;
    },
    verify: (token) => {
      const remembered = known.get(token);
      if (remembered !== undefined) return remembered;
      const decoded = decodeJwt(token);
      return decoded !== null && isSignedBy(token, publicKey) ? decoded.claims : null;
    },
    jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: keyId, use: 'sig', alg: 'ES256' }] },
  };
};

/** Reads claims as Entra writes them. */
export const readClaims = (claims: Json): TokenClaims => ({
  tenantId: textOf(claims, 'tid'),
  objectId: textOf(claims, 'oid'),
  appId: textOf(claims, 'appid'),
  audience: textOf(claims, 'aud'),
  roles: textsOf(claims, 'roles'),
  expires: Number(claims['exp'] ?? 0),
});
