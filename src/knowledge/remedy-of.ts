import type { AppRoleAssignmentFact, AzureRoleAssignmentFact, Fact } from '../core/fact.ts';
import type { Remedy } from '../core/fix.ts';
import { sameArmId } from '../core/scope.ts';

type Grant = AppRoleAssignmentFact | AzureRoleAssignmentFact;

/** Is a grant of that name there already, in the same place and for the same identity? */
const isThere = (grant: Grant, name: string, facts: readonly Fact[]): boolean =>
  facts.some((fact) => {
    if (fact.kind !== grant.kind || fact.identity !== grant.identity || fact.subject !== name) return false;
    return grant.kind === 'app-role-assignment'
      ? fact.kind === 'app-role-assignment' && fact.api === grant.api
      : fact.kind === 'azure-role-assignment' && sameArmId(fact.scope, grant.scope);
  });

/** The least grants in the place of a wider one, less those that are there already; nothing left: it goes. */
export const remedyOf = (grant: Grant, least: readonly string[], facts: readonly Fact[]): Remedy => {
  const wanted = least.filter((name) => !isThere(grant, name, facts));
  if (wanted.length === 0) return { type: 'remove' };
  const entries =
    grant.kind === 'app-role-assignment' ? wanted : wanted.map((role) => `{ role: ${role}, scope: ${grant.scope} }`);
  return { type: 'replace', entries };
};
