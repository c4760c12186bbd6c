import type { DirectoryRoleAssignmentFact } from '../core/fact.ts';
import { findDirectoryRole } from './directory-roles.ts';

/**
 * Roles whose holder needs nothing and nobody else to hold more: they assign roles, reset the sign-in of those who do,
 * or add credentials to stronger applications
 * (source: learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference).
 */
const escalating: ReadonlySet<string> = new Set(
  [
    'Global Administrator',
    'Privileged Role Administrator',
    'Privileged Authentication Administrator',
    'Application Administrator',
    'Cloud Application Administrator',
    'Partner Tier2 Support',
  ].map((name) => {
    const role = findDirectoryRole(name);
    if (role === null) throw new Error(`no such directory role in the knowledge: ${name}`);
    return role.id;
  }),
);

/** How the holder of a directory role grants itself more, once it has it: `it …`; `null` where it can't, or only within a part of the directory. */
export const escalatingDirectoryRole = ({
  role,
  scope,
}: Pick<DirectoryRoleAssignmentFact, 'role' | 'scope'>): string | null =>
  scope === '/' && escalating.has(role) ? `it ${findDirectoryRole(role)?.reach ?? 'assigns roles'}` : null;
