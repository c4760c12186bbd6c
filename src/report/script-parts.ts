import type { Change } from '../core/change.ts';
import type { WriteRequest } from '../core/write.ts';
import type { TargetOf, WriteTarget } from '../core/write-target.ts';

/** Origins of a cloud's APIs: scheme, host and port. */
export interface ScriptCloud {
  readonly graph: string;
  readonly resourceManager: string;
}

const hex = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/** UTF-8 of a code point, percent-encoded; half of a surrogate pair stands for no character. */
const encodePoint = (character: string): string => {
  const point = character.codePointAt(0) ?? 0;
  if (point >= 0xd800 && point <= 0xdfff) return '%EF%BF%BD';
  return point < 0x80 ? hex(point) : encodeURIComponent(character);
};

/** A path as it may stand in an address: of printable ASCII, without white space. */
export const encodePath = (path: string): string => path.replace(/[^\x21-\x7e]/gu, encodePoint);

/** One word for a shell, whatever is in it: between single quotes nothing is special but they themselves. */
export const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** JSON in printable ASCII, so that neither shell nor locale has a say in it. */
export const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** What is read to see how something stands: an address, a query in JMESPath, and what the answer is to hold. */
export interface Sight {
  readonly path: string;
  readonly query: string;
  readonly expected: string;
}

/** Literal of JMESPath; ids have no apostrophe, names are not looked for. */
const literal = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const grantsOf = (client: string): string => `/v1.0/oauth2PermissionGrants?$filter=clientId eq '${client}'`;

const whichGrant = ({ resource, consent }: TargetOf<'delegated-grant'>): string =>
  `value[?resourceId==${literal(resource)} && consentType==${literal(consent)}]`;

/** How a grant is seen once it stands. */
export const sightOf = (target: WriteTarget): Sight => {
  switch (target.kind) {
    case 'app-role-assignment':
      return {
        path: `/v1.0/servicePrincipals/${target.principal}/appRoleAssignments?$top=999`,
        query: `join(' ', value[?resourceId==${literal(target.resource)}].appRoleId)`,
        expected: target.role,
      };
    case 'delegated-grant':
      return {
        path: grantsOf(target.client),
        query: `join(' ', ${whichGrant(target)}.scope)`,
        expected: target.scope,
      };
    case 'azure-role-assignment':
      return {
        path: `${target.assignmentId}?api-version=2022-04-01`,
        query: 'name',
        expected: target.assignmentId.slice(target.assignmentId.lastIndexOf('/') + 1),
      };
    case 'key-vault-access':
      return {
        path: `${target.vault}?api-version=2023-07-01`,
        query: "join(' ', properties.accessPolicies[].objectId)",
        expected: target.principal,
      };
  }
};

/** Where the id of a grant is found that an earlier step makes. */
export const grantMadeBefore = (target: TargetOf<'delegated-grant'>): Omit<Sight, 'expected'> => ({
  path: grantsOf(target.client),
  query: `${whichGrant(target)}.id | [0]`,
});

const words = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');
const without = (text: string, scope: string): string =>
  words(text)
    .filter((word) => word.toLowerCase() !== scope.toLowerCase())
    .join(' ');

/** A change of a delegated grant replaces its whole list: what the list has to be just before, or somebody else's edit is lost. */
export const scopesBefore = (
  { scope }: TargetOf<'delegated-grant'>,
  action: Change['action'],
  { body }: WriteRequest,
): string => {
  const sent = typeof body?.['scope'] === 'string' ? body['scope'] : '';
  return action === 'delete' ? `${without(sent, scope)} ${scope}`.trim() : without(sent, scope);
};
