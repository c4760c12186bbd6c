import type { AppRoleAssignmentFact, DelegatedGrantFact, Fact, KindId } from '../core/fact.ts';
import type { Policy } from '../core/policy.ts';
import type { ProposedAccess, ProposedApi, ProposedAzureRole, ProposedDirectoryRole } from '../core/proposal.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { findApi } from '../knowledge/apis.ts';

const isGuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A role that the API no longer offers has only its id: no policy can name it. */
const isNamed = ({ subject }: { readonly subject: string }): boolean => !isGuid(subject);

const byApi = (facts: readonly (AppRoleAssignmentFact | DelegatedGrantFact)[]): readonly ProposedApi[] =>
  [...Map.groupBy(facts.filter(isNamed), ({ api }) => findApi(api)?.name ?? api)]
    .map(([api, own]) => ({ api, permissions: [...new Set(own.map(({ subject }) => subject))].sort() }))
    .sort((a, b) => byText(a.api, b.api));

const azureRoles = (facts: readonly Fact[]): readonly ProposedAzureRole[] =>
  facts
    .flatMap((fact) => (fact.kind === 'azure-role-assignment' || fact.kind === 'azure-role-eligibility' ? [fact] : []))
    .map((fact) => ({
      role: fact.roleType === 'BuiltInRole' && isNamed(fact) ? fact.subject : null,
      roleId: fact.role,
      scope: fact.scope,
      condition: fact.condition,
      eligible: fact.kind === 'azure-role-eligibility',
    }))
    .sort((a, b) => byText(`${a.scope}/${a.role}/${a.roleId}`, `${b.scope}/${b.role}/${b.roleId}`));

const directoryRoles = (facts: readonly Fact[]): readonly ProposedDirectoryRole[] =>
  facts
    .flatMap((fact) => (fact.kind === 'directory-role-assignment' && isNamed(fact) ? [fact] : []))
    .map(({ subject, scope, eligible }) => ({ role: subject, scope: scope === '/' ? null : scope, eligible }))
    .sort((a, b) => byText(`${a.role}/${a.scope}`, `${b.role}/${b.scope}`));

/** Kinds whose facts have no name that a policy could write. */
const unnamedOf = (facts: readonly Fact[]): readonly string[] =>
  facts.flatMap((fact) => {
    if (isNamed(fact)) return [];
    if (fact.kind === 'app-role-assignment' || fact.kind === 'delegated-grant')
      return [`${fact.subject} on ${fact.apiName}`];
    return fact.kind === 'directory-role-assignment' ? [`directory role ${fact.subject}`] : [];
  });

/** What a policy's only identity holds, as that policy would write it. */
export const heldAccess = ({ identities }: Policy, snapshot: Snapshot): ProposedAccess => {
  const isMine = (identity: string): boolean =>
    identities.some(({ id }) => id.toLowerCase() === identity.toLowerCase());
  const facts = snapshot.facts.filter((fact) => isMine(fact.identity));
  const isRead = (kind: KindId): boolean =>
    !snapshot.gaps.some((gap) => gap.kind === kind && isMine(gap.identity)) && kind in snapshot.asked;
  const where = <T>(kind: KindId, rows: T): T | null => (isRead(kind) ? rows : null);
  return {
    applicationPermissions: where(
      'app-role-assignment',
      byApi(facts.flatMap((fact) => (fact.kind === 'app-role-assignment' ? [fact] : []))),
    ),
    delegatedPermissions: where(
      'delegated-grant',
      byApi(facts.flatMap((fact) => (fact.kind === 'delegated-grant' ? [fact] : []))),
    ),
    azureRoles: where('azure-role-assignment', azureRoles(facts)),
    directoryRoles: where('directory-role-assignment', directoryRoles(facts)),
    unnamed: unnamedOf(facts),
  };
};
