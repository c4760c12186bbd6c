import type { KindId } from './fact.ts';

/** Kinds of which each fact is something that an identity may do, or reach: what a policy may manage, plane by plane. */
export const accessKinds: ReadonlySet<KindId> = new Set<KindId>([
  'app-role-assignment',
  'delegated-grant',
  'azure-role-assignment',
  'azure-role-eligibility',
  'directory-role-assignment',
  'exchange-role-assignment',
  'site-grant',
  'key-vault-access',
  'group-membership',
]);
