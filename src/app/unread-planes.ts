import type { Policy } from '../core/policy.ts';
import type { Gap, UnreadPlane } from '../core/snapshot.ts';

const detail = 'this version does not read it yet';

/** What a policy declares and this version can't read: said as a gap, since silence would look like compliance. */
export const unreadPlanes = (policy: Policy): Gap[] => {
  const access = policy.access === 'minimal' ? null : policy.access;
  const declared: Readonly<Record<UnreadPlane, boolean>> = {
    'azure-role-eligibility': access?.azureRoles?.some(({ eligible }) => eligible) ?? false,
    'directory-role-eligibility': access?.directoryRoles?.some(({ eligible }) => eligible) ?? false,
    'exchange-role-assignment': access?.exchangeRoles != null,
    'site-grant': access?.siteGrants != null,
    'key-vault-access': access?.keyVaultAccess != null,
    'group-membership': access?.groups != null,
    'tenant-setting': policy.tenantSettings.length > 0,
    'app-presence': policy.mustExist.length + policy.mustNotExist.length > 0,
    'minimal-access': policy.access === 'minimal',
  };
  const planes = Object.entries(declared).flatMap(([plane, is]) => (is ? [plane as UnreadPlane] : []));
  return planes.flatMap((kind) =>
    policy.identities.slice(0, 1).map(({ id }) => ({
      kind,
      identity: id,
      reason: 'not-supported' as const,
      needs: 'a later version',
      request: `policy ${policy.name}`,
      detail,
    })),
  );
};
