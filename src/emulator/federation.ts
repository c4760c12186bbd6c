import { type Json, listOf, objectOf, sameText, textOf, textsOf } from './json.ts';
import { decodeJwt, type TokenSigner } from './tokens.ts';

const audiencesOf = (claims: Json): readonly string[] =>
  Array.isArray(claims['aud']) ? textsOf(claims, 'aud') : [textOf(claims, 'aud')];

/** Does a flexible credential's expression (`claims['sub'] matches 'repo:contoso/*'`) cover a subject? */
const matchesExpression = (row: Json, subject: string): boolean => {
  const text = textOf(objectOf(row, 'claimsMatchingExpression'), 'value');
  const match = /^claims\['sub'\]\s+(eq|matches)\s+'([^']*)'$/.exec(text.trim());
  if (match?.[2] === undefined) return false;
  const parts = match[2]
    .split(/([*?])/)
    .map((part) => (part === '*' ? '.*' : part === '?' ? '.' : part.replaceAll(/[.\\^$+()[\]{}|]/g, '\\$&')));
  return match[1] === 'eq' ? match[2] === subject : new RegExp(`^${parts.join('')}$`, 's').test(subject);
};

const secondsOf = (claims: Json, key: string, otherwise: number): number =>
  typeof claims[key] === 'number' ? claims[key] : otherwise;

/**
 * Why a federated assertion is refused, `null` where a credential matches. Issuer, subject and audience are compared
 * with case, as Entra does. Assertions of the embedded GitHub must carry its signature; those of others are believed.
 */
export const judgeAssertion = (
  assertion: string,
  claims: Json,
  credentials: readonly Json[],
  github: TokenSigner,
  now: Date,
): { readonly code: number; readonly word: string } | null => {
  const issuer = textOf(claims, 'iss');
  const subject = textOf(claims, 'sub');
  const seconds = now.getTime() / 1000;
  const early = secondsOf(claims, 'nbf', 0) > seconds + 300;
  if (early || secondsOf(claims, 'exp', Number.POSITIVE_INFINITY) < seconds) return { code: 700024, word: '' };
  if (textOf(decodeJwt(assertion)?.header ?? {}, 'kid') === github.keyId && github.verify(assertion) === null) {
    return { code: 50013, word: '' };
  }
  const ofIssuer = credentials.filter((row) => textOf(row, 'issuer') === issuer);
  if (ofIssuer.length === 0) return { code: 700211, word: issuer };
  const ofSubject = ofIssuer.filter(
    (row) => subject !== '' && (textOf(row, 'subject') === subject || matchesExpression(row, subject)),
  );
  if (ofSubject.length === 0) {
    const nearly = ofIssuer.some((row) => sameText(textOf(row, 'subject'), subject));
    return { code: nearly ? 7002138 : 700213, word: subject };
  }
  const audiences = audiencesOf(claims);
  const heard = ofSubject.some((row) =>
    listOf(row, 'audiences').some((audience) => audiences.includes(String(audience))),
  );
  return heard ? null : { code: 700212, word: audiences.join(',') };
};
