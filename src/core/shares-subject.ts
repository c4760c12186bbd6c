import { type Fact, isOnlyThroughGroups } from './fact.ts';

/**
 * May another fact go by the same subject at the same place? A secret and a certificate may share one key id, an eligible
 * role and a group's under a condition go by the name of a held one: only their keys tell them apart.
 */
export const sharesSubject = (fact: Fact): boolean =>
  fact.kind === 'credential' ||
  fact.kind === 'azure-role-eligibility' ||
  (fact.kind === 'directory-role-assignment' && fact.eligible) ||
  (fact.kind === 'azure-role-assignment' && isOnlyThroughGroups(fact) && fact.key.includes('@'));
