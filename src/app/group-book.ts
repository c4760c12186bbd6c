import { objectId } from '../core/ids.ts';
import type { FoundIdentity, MemberOf, ReadInput } from '../core/kind.ts';
import type { Answer, GraphPort } from '../core/ports.ts';
import { readAs } from '../core/read-rows.ts';
import { ok } from '../core/result.ts';
import { objectOf, optionalBooleanOf, optionalStringOf, stringOf } from '../core/wire.ts';

/** Directory roles and administrative units come in the same list; a row that doesn't say what it is may be a group. */
const isGroup = (row: unknown): boolean =>
  stringOf(objectOf(row, 'a membership'), '@odata.type') === '#microsoft.graph.group';

/** Of a group that the reader may not read, only the id comes back. */
const parseGroup = (row: unknown): MemberOf => {
  const wire = objectOf(row, 'a group');
  return {
    group: objectId(stringOf(wire, 'id')),
    displayName: optionalStringOf(wire, 'displayName'),
    roleAssignable: optionalBooleanOf(wire, 'isAssignableToRole'),
  };
};

/**
 * Asks for the groups of an identity, nested ones too, once each (source: list transitive memberOf of a service principal,
 * and of a user, Microsoft Graph v1.0). One that could not be found out is asked nothing: its kinds have gaps.
 */
export const createGroupBook = (graph: GraphPort): ReadInput['groupsOf'] => {
  const asked = new Map<string, Promise<Answer<readonly MemberOf[]>>>();
  const ask = async (path: string): Promise<Answer<readonly MemberOf[]>> =>
    readAs(await graph.list(path), `GET ${path}`, (rows) => rows.filter(isGroup).map(parseGroup));
  return (identity: FoundIdentity) => {
    if (identity.objectId === null || identity.state !== 'found') return Promise.resolve(ok([]));
    const collection = identity.servicePrincipal === null ? 'users' : 'servicePrincipals';
    const path = `/${collection}/${identity.objectId}/transitiveMemberOf?$select=id,displayName,isAssignableToRole`;
    const known = asked.get(path) ?? ask(path);
    asked.set(path, known);
    return known;
  };
};
