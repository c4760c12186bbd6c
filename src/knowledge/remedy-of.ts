import type { Fact } from '../core/fact.ts';
import type { Remedy } from '../core/fix.ts';
import { sameArmId } from '../core/scope.ts';

type Grant = Extract<Fact, { kind: 'app-role-assignment' | 'azure-role-assignment' | 'exchange-role-assignment' }>;

/** Is a grant of that name there already, in the same place and for the same identity? */
const isThere = (grant: Grant, name: string, facts: readonly Fact[]): boolean =>
  facts.some((fact) => {
    if (fact.kind !== grant.kind || fact.identity !== grant.identity || fact.subject !== name) return false;
    if (grant.kind === 'app-role-assignment') return fact.kind === grant.kind && fact.api === grant.api;
    return fact.kind !== 'app-role-assignment' && 'scope' in fact && sameArmId(fact.scope, grant.scope);
  });

/** A group and an administrative unit of Exchange are written as a map of one. */
const writtenScope = ({ kind, scope }: Exclude<Grant, { kind: 'app-role-assignment' }>): string => {
  const [, what, id] = /^(group|administrativeUnit):(.+)$/.exec(kind === 'exchange-role-assignment' ? scope : '') ?? [];
  return what === undefined ? scope : `{ ${what}: ${id} }`;
};

/** The least grants in the place of a wider one, less those that are there already; nothing left: it goes. */
export const remedyOf = (grant: Grant, least: readonly string[], facts: readonly Fact[]): Remedy => {
  const wanted = least.filter((name) => !isThere(grant, name, facts));
  if (wanted.length === 0) return { type: 'remove' };
  if (grant.kind === 'app-role-assignment') return { type: 'replace', entries: wanted };
  return { type: 'replace', entries: wanted.map((role) => `{ role: ${role}, scope: ${writtenScope(grant)} }`) };
};
