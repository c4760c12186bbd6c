import type { Policy, WrittenAccess } from '../core/policy.ts';
import type { Gap, UnreadPlane } from '../core/snapshot.ts';
import { settleAccess } from '../knowledge/settle-access.ts';

const detail = 'this version does not read it yet';

/** Of computed access nobody sees what is meant, so its grants are named. */
const detailOf = (kind: UnreadPlane, policy: Policy, access: WrittenAccess | null): string => {
  if (policy.access !== 'minimal') return detail;
  const roles = kind === 'exchange-role-assignment' ? (access?.exchangeRoles ?? []) : [];
  const sites = kind === 'site-grant' ? (access?.siteGrants ?? []) : [];
  const grants = [
    ...roles.map(({ role, scope }) => `\`${role}\` on \`${scope}\``),
    ...sites.map(({ role, site }) => `\`${role}\` on \`${site}\``),
  ];
  return grants.length === 0 ? detail : `${detail}; the minimal access holds ${grants.join(', ')}`;
};

/** What a policy declares and this version can't read: said as a gap, since silence would look like compliance. */
export const unreadPlanes = (policy: Policy): Gap[] => {
  const settled = settleAccess(policy).access;
  const access = settled === 'minimal' ? null : settled;
  const declared: Readonly<Record<UnreadPlane, boolean>> = {
    'azure-role-eligibility': access?.azureRoles?.some(({ eligible }) => eligible) ?? false,
    'directory-role-eligibility': access?.directoryRoles?.some(({ eligible }) => eligible) ?? false,
    'exchange-role-assignment': access?.exchangeRoles != null,
    'site-grant': access?.siteGrants != null,
    'key-vault-access': access?.keyVaultAccess != null,
    'group-membership': access?.groups != null,
    'app-presence': policy.mustExist.length + policy.mustNotExist.length > 0,
  };
  const planes = Object.entries(declared).flatMap(([plane, is]) => (is ? [plane as UnreadPlane] : []));
  return planes.flatMap((kind) =>
    policy.identities.slice(0, 1).map(({ id }) => ({
      kind,
      identity: id,
      reason: 'not-supported' as const,
      needs: 'a later version',
      request: `policy ${policy.name}`,
      detail: detailOf(kind, policy, access),
    })),
  );
};
